// The page about the company's website, with a crawl behind it that found
// pages and failures.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Desk } from "../http/desk.mjs";
import { Site, link, page } from "../http/site.mjs";
import { inBrowser } from "./harness.mjs";

const PAGES = {
	"/": page("Start", link("/hilfe", "Hilfe"), link("/alt", "Alt"),
		link("/fehlt", "Fehlt"), link("/kaputt", "Kaputt")),
	"/hilfe": page("Hilfe"),
	"/alt": { status: 302, headers: { Location: "https://example.org/" } },
	"/kaputt": { status: 500 },
};

test("the website's page, wide and on a telephone", async () => {
	const site = await Site.start({ ...PAGES });
	const desk = new Desk({ config: { crawl_pause: "0s",
		sites: [`${site.url}/`], private_hosts: [site.host] } });
	try {
		await desk.during(async () => {
			await desk.start();
			await inBrowser(desk, { as: "brandt", lang: "de" },
				async ({ page: tab, accessible, fits, shot }) => {
					await tab.goto(`${desk.url}/website`);
					await tab.getByText("vollständig").first().waitFor();
					assert.equal(await tab.locator("tbody tr").count(), 3);
					assert.equal(await tab.locator(".crawls").count(), 0);
					await accessible();
					await fits();
					await shot("website-de");
					await tab.getByRole("button", { name: "Jetzt lesen" })
						.click();
					await tab.locator("#crawl .chip-ok").waitFor();
					await tab.reload();
					// The one read now is the state's, not one of before.
					assert.match(await tab.locator("#crawl").textContent(),
						/Brandt/);
					assert.match(await tab.locator(".crawls li")
						.allTextContents().then((runs) => runs.join("|")),
					/^[^|]*von selbst oder per Befehl[^|]*$/);
					await tab.locator(".crawls .chip-ok").waitFor();
				});
			await inBrowser(desk, { as: "brandt", lang: "en", width: 360,
				theme: "dark" }, async ({ page: tab, accessible, fits, shot }) => {
				await tab.goto(`${desk.url}/website`);
				await accessible();
				await fits();
				await shot("website-360-dark");
			});
		});
	} finally {
		await site.stop();
	}
});
