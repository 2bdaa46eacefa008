// Signing in as people do it: with the keyboard, in both languages, on every
// width, with and without JavaScript.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PASSWORD, spawnDesk } from "../http/desk.mjs";
import { inBrowser } from "./harness.mjs";

const WIDTHS = [360, 768, 1280, 1920];

test("the sign-in page fits and is accessible", async () => {
	const desk = await spawnDesk();
	await desk.during(async () => {
		for (const theme of ["light", "dark"])
			for (const lang of ["de", "en"])
				for (const width of WIDTHS)
					await inBrowser(desk, { theme, lang, width },
						async ({ page, fits, accessible, shot }) => {
							await page.goto("/sign-in");
							await fits();
							await accessible();
							await shot(`signin-${lang}-${theme}-${width}`);
						});
	});
});

for (const js of [true, false])
	test(`signing in ${js ? "by keyboard" : "without JavaScript"}`, async () => {
		const desk = await spawnDesk();
		await desk.during(() => inBrowser(desk, { js, lang: "en" },
			async ({ page, keys }) => {
				await page.goto("/tickets");
				assert.equal(new URL(page.url()).pathname, "/sign-in");
				await page.locator("#login:focus").waitFor();
				await keys("kaiser", "Tab", PASSWORD, "Enter");
				await page.waitForURL("/tickets");
			}));
	});

test("a wrong password says so, and keeps the login", async () => {
	const desk = await spawnDesk();
	await desk.during(() => inBrowser(desk, { lang: "en", allow: /401/ },
		async ({ page, keys, accessible }) => {
			await page.goto("/sign-in");
			await keys("kaiser", "Tab", "wrong", "Enter");
			await page.getByRole("alert").first().waitFor();
			assert.equal(await page.locator("#login").inputValue(), "kaiser");
			await accessible();
		}));
});
