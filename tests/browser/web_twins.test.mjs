// A customer that seems to be there already: the hint, and how it looks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inBrowser } from "./harness.mjs";
import { filledDesk } from "./web.mjs";

test("the hint names who, and saving again adds", async () => {
	const desk = await filledDesk();
	await desk.during(async () => {
		for (const [lang, theme, width] of [["de", "light", 1280],
			["en", "dark", 360]])
			await inBrowser(desk, { as: "kaiser", lang, theme, width,
				allow: /409/ },
			async ({ page, fits, accessible, shot }) => {
				await page.goto("/customers/new");
				await page.locator("#name").fill("Tischlerei Arndt GmbH");
				await page.locator("#city").fill("Köln");
				await page.locator(".form-end .btn-primary").click();
				await page.locator(".flash-warn").waitFor();
				assert.match(await page.locator(".flash-warn").innerText(),
					/10443-7/);
				await fits();
				await accessible();
				await shot(`twin-${lang}-${theme}-${width}`);
				await page.locator(".form-end .btn-primary").click();
				await page.waitForURL(/customers\/\d+/);
			});
	});
});
