// "Wrong customer", by keys while somebody is on the line, and how it looks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { customer } from "../http/web.mjs";
import { inBrowser } from "./harness.mjs";
import { begins, filledDesk, ready } from "./web.mjs";

const RIGHT = { name: "Arndt & Söhne KG", number: "30001-4",
	person: "Jan Arndt" };

async function mixedUp() {
	const desk = await filledDesk();
	await customer(await desk.signIn("kaiser"), RIGHT);
	return desk;
}

for (const js of [true, false])
	test(`a call is moved by ${js ? "keys" : "buttons, without JavaScript"}`,
		async () => {
			const desk = await mixedUp();
			await desk.during(async () => {
				await inBrowser(desk, { as: "kaiser" }, async ({ page, keys }) => {
					await begins(page, keys);
					if (!js)
						return;
					await keys("w");
					await page.waitForURL(/\/reassign$/);
					await ready(page);
					await keys("30001");
					await page.locator(".found-take").filter({ hasText: "Söhne" })
						.waitFor();
					await keys("4", "Enter");
					await page.locator("#reason").waitFor();
					await page.locator("#reason").fill("Zwei Firmen Arndt");
					await keys("Enter");
					await page.locator(".moved").waitFor();
					assert.match(await page.locator(".step-say").innerText(),
						/Worum geht es/);
				});
				if (js)
					return;
				await inBrowser(desk, { as: "kaiser", js }, async ({ page }) => {
					await page.goto("/calls/1");
					await page.getByRole("link", { name: "Falscher Kunde" }).click();
					await page.locator("#typed").fill("söhne");
					await page.getByRole("button", { name: "Nehmen" }).click();
					await page.locator(".found-take").click();
					await page.getByLabel("An der Stimme erkannt").check();
					await page.getByLabel("Jan Arndt").check();
					await page.locator("#reason").fill("Zwei Firmen Arndt");
					await page.getByRole("button", { name: /umbuchen/ }).click();
					await page.locator(".moved").waitFor();
					assert.match(await page.locator(".who").innerText(),
						/Arndt & Söhne KG[^]*Jan Arndt/);
				});
			});
		});

test("how it looks", async () => {
	const desk = await mixedUp();
	await desk.during(async () => {
		await inBrowser(desk, { as: "kaiser" },
			({ page, keys }) => begins(page, keys));
		for (const [lang, theme, width] of [["de", "light", 1280],
			["en", "dark", 1280], ["de", "dark", 360], ["en", "light", 360]])
			await inBrowser(desk, { as: "kaiser", lang, theme, width,
				allow: /422/ },
			async ({ page, fits, accessible, shot }) => {
				const look = `${lang}-${theme}-${width}`;

				await page.goto("/calls/1/reassign?typed=arndt");
				await fits();
				await accessible();
				await shot(`reassign-find-${look}`);
				await page.locator(".found-take").filter({ hasText: "Söhne" })
					.click();
				await page.locator("#reason").fill("x");
				await page.locator("form.form .btn-primary").click();
				await page.locator(".wrong").first().waitFor();
				await fits();
				await accessible();
				await shot(`reassign-${look}`);
			});
		const api = desk.api("kaiser");
		const moved = await api.json("POST", "/api/v1/calls/1/reassign",
			{ typed: RIGHT.number, identified: "number",
				reason: "Zwei Firmen Arndt verwechselt" });
		assert.equal(moved.status, 200, moved.text);
		for (const [lang, theme, width] of [["de", "light", 1280],
			["en", "dark", 360]])
			await inBrowser(desk, { as: "kaiser", lang, theme, width },
				async ({ page, fits, accessible, shot }) => {
					await page.goto("/calls/1");
					await fits();
					await accessible();
					await shot(`reassigned-${lang}-${theme}-${width}`);
				});
	});
});
