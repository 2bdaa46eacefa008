// Legal action that is announced shows on a supervisor's open page by itself,
// and takes nothing out of anybody's hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { spawnDesk } from "../http/desk.mjs";
import { inBrowser } from "./harness.mjs";
import { asks, filledDesk } from "./web.mjs";

const QUESTION = "Seit dem 3. November zeigt www.arndt.example ein Foto, für " +
	"das uns die Rechte fehlen; wir werden klagen.";

async function legal(desk, person = "Dr. Katharina Weiß") {
	const made = await desk.api("kaiser").json("POST", "/api/v1/tickets",
		{ kind: "legal", person, question: QUESTION });
	assert.equal(made.status, 201, made.text);
	return made.json();
}

test("it comes while a call is led, and the focus stays", async () => {
	const desk = await filledDesk();
	await desk.during(() => inBrowser(desk, { as: "brandt" },
		async ({ page, keys, accessible }) => {
			await keys("F2");
			await asks(page, "typed");
			await keys("104");
			const made = await legal(desk);

			await page.locator(".alarm").waitFor();
			await keys("43");
			assert.equal(await page.locator("#typed").inputValue(), "10443");
			assert.match(await page.locator(".alarm").innerText(),
				new RegExp(`${made.number}[^]*Dr. Katharina Weiß`));
			await page.waitForFunction(() => document.title.startsWith("⚠ 1 – 0:"));
			await accessible();

			// A second one; the button in use keeps the focus.
			await page.locator(".alarm button").focus();
			await legal(desk, "Kanzlei Roth");
			await page.locator(".alarm").nth(1).waitFor();
			assert.match(await page.evaluate(() =>
				document.activeElement.form.action), new RegExp(`/${made.id}/seen`));
			await keys("Enter");
			await page.waitForFunction(() =>
				document.querySelectorAll(".alarm").length === 1);
			assert.match(page.url(), /\/calls\/1$/);
			// By the mouse where it stands: nothing has to be scrolled for it.
			const { x, y, width, height } =
				await page.locator(".alarm button").boundingBox();
			await page.mouse.click(x + width / 2, y + height / 2);
			await page.locator(".alarm").waitFor({ state: "detached" });
			await page.waitForFunction(() => document.title.startsWith("0:"));
		}));
});

test("whoever presses the next one at once stays on the page", async () => {
	const desk = await filledDesk();
	await legal(desk);
	await legal(desk, "Kanzlei Roth");
	await desk.during(() => inBrowser(desk, { as: "brandt" },
		async ({ page, keys }) => {
			await page.goto("/customers/1");
			// In the very moment in which one is gone and one is left.
			await page.evaluate(() => new MutationObserver(() =>
				document.querySelectorAll(".alarm button").length === 1 &&
				document.querySelector(".alarm button").click())
				.observe(document.getElementById("alerts"), { childList: true }));
			await page.locator(".alarm button").first().focus();
			await keys("Enter");
			await page.waitForFunction(() =>
				document.querySelectorAll(".alarm").length === 0);
			assert.match(page.url(), /\/customers\/1$/);
		}));
});

test("agents see none of it and ask for none of it", async () => {
	const desk = await spawnDesk();
	await desk.during(async () => {
		await legal(desk);
		await inBrowser(desk, { as: "kaiser" }, async ({ page }) => {
			assert.equal(await page.locator("#alerts").count(), 0);
			assert.equal(await page.locator("script[src*=alerts]").count(), 0);
		});
	});
});

test("without JavaScript it stands in the next page", async () => {
	const desk = await spawnDesk();
	await desk.during(() => inBrowser(desk, { as: "brandt", js: false },
		async ({ page }) => {
			await legal(desk);
			await page.goto("/queue");
			assert.match(await page.title(), /^⚠ 1 – /);
			await page.locator(".alarm button").click();
			await page.waitForURL("**/queue");
			assert.equal(await page.locator(".alarm").count(), 0);
		}));
});

test("how it looks", async () => {
	const desk = await filledDesk();
	await desk.during(async () => {
		await legal(desk);
		await legal(desk, "Rechtsanwaltskanzlei Roth, Weiß & Partner, Dr. Roth");
		for (const [lang, theme, width] of [["de", "light", 1280],
			["en", "dark", 1280], ["de", "dark", 360], ["en", "light", 360]])
			await inBrowser(desk, { as: "brandt", lang, theme, width },
				async ({ page, fits, accessible, shot }) => {
					await page.goto("/customers/1");
					await fits();
					await accessible();
					// The page begins below the menu, all of it.
					const [menu, main] = [await page.locator(".bar-nav")
						.boundingBox(), await page.locator("main").boundingBox()];
					assert.ok(main.y >= menu.y + menu.height);
					await shot(`alerts-${lang}-${theme}-${width}`);
					await page.goto("/tickets/1");
					await page.locator("aside .fold summary").click();
					await accessible();
					await shot(`ticket-history-${lang}-${theme}-${width}`);
				});
	});
});
