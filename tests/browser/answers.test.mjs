// The gate on the call page by keys alone: searched while one types, taken,
// read out; or none of it, because.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answer } from "../http/web.mjs";
import { inBrowser } from "./harness.mjs";
import { QUESTION, asks, begins, filledDesk, ready, searched, stands } from "./web.mjs";

async function deskWithAnswers() {
	const desk = await filledDesk();
	const kaiser = await desk.signIn("kaiser");

	await answer(kaiser, { title: "Einrichten eines Postfachs",
		body: "Melden Sie sich im Kundenmenü an und wählen Sie „E-Mail“, " +
			"dann „Neues Postfach“.",
		url: "https://www.example.com/hilfe/postfach",
		clicks: "Start > Hilfe > E-Mail > Postfach anlegen" });
	await answer(kaiser, { title: "Postfach voll, Speicherplatz vergrößern",
		body: "Postfach voll, Speicherplatz vergrößern\n\n" +
			"Im Webmail den Papierkorb leeren.\nDann „Gesendet“.",
		clicks: "Start > Hilfe > E-Mail > Speicher" });
	return desk;
}

for (const [name, options] of [["de-light", {}],
	["en-dark", { lang: "en", theme: "dark" }], ["de-360", { width: 360 }]])
	test(`an answer is found while one types, and read out (${name})`,
		async () => {
			const desk = await deskWithAnswers();
			await desk.during(() => inBrowser(desk,
				{ as: "kaiser", ...options },
				async ({ page, keys, accessible, fits, shot }) => {
					await begins(page, keys);
					await keys("1");
					await asks(page, "search");
					await keys("postf einr");
					await searched(page);
					await page.locator("#found .hit mark").first().waitFor();
					await accessible();
					await fits();
					await shot(`gate-found-${name}`);
					await keys("Enter", "Enter");
					await page.locator(".taken").waitFor();
					await ready(page);
					assert.match(await page.locator(".taken").textContent(),
						/Einrichten eines Postfachs.*Start > Hilfe/s);
					await accessible();
					await fits();
					await shot(`gate-taken-${name}`);
					await keys("2");
					await stands(page, /sonst noch|anything else/);
					await page.goto("/answers");
					await keys("l");
					await page.waitForURL(/\/gaps$/);
					await page.goto("/answers");
					await accessible();
					await fits();
					await shot(`answers-${name}`);
				}));
		});

test("none of these, because", async () => {
	const desk = await deskWithAnswers();
	await desk.during(() => inBrowser(desk, { as: "kaiser" },
		async ({ page, keys, accessible, fits, shot }) => {
			await begins(page, keys);
			await keys("1");
			await asks(page, "search");
			// A headline that says the title again is not read out twice.
			await keys("papierkorb");
			await searched(page);
			await page.locator("#found .hit").first().waitFor();
			await keys("Enter", "Enter");
			await page.locator(".taken").waitFor();
			await ready(page);
			assert.deepEqual(await page.locator(".taken-body p")
				.allTextContents(),
			["Im Webmail den Papierkorb leeren.", "Dann „Gesendet“."]);
			await keys("3");
			await asks(page, "reason");
			await keys("Escape", "Backspace");
			await page.locator(".taken").waitFor();
			await ready(page);
			await keys("Backspace");
			await asks(page, "search");
			await keys("Control+a", "quantenschaum");
			await searched(page);
			await page.locator("#found").getByText(/keine Antwort/).waitFor();
			await keys("Enter", "0");
			await asks(page, "reason");
			await keys("Dazu gibt es nichts", "Enter", "1");
			await asks(page, "question");
			await keys(QUESTION);
			await page.locator(".verdict-ok").waitFor();
			await keys("Escape", "1");
			await stands(page, /lese Ihnen vor/);
			await keys("1");
			await stands(page, /über das Internet/);
			await keys("1");
			await stands(page, /sonst noch/);
			await page.goto("/gaps");
			await accessible();
			await fits();
			await shot("gaps");
			await page.getByRole("link", { name: "quantenschaum" }).click();
			await page.locator("#found").getByText(/keine Antwort/).waitFor();
			await keys("/", "Control+a", "papierkorb");
			await page.locator("#found .hit-title").getByText(/Postfach voll/)
				.waitFor();
			assert.equal(await page.locator("#q").inputValue(), "papierkorb");
			await accessible();
			await fits();
			await page.goto("/answers/new");
			await accessible();
			await fits();
			await shot("answer-new");
		}));
});
