// The instruction read, drawn and printed, in both languages and colours, on a
// telephone and on a wide screen; from a rule to its steps, from the chart to
// the text, from a call to its way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Call } from "../http/web.mjs";
import { inBrowser } from "./harness.mjs";
import { filledDesk } from "./web.mjs";

const ONE = "/instruction/versions/1";
const LOOKS = [
	{ lang: "de", theme: "light", width: 1920 },
	{ lang: "en", theme: "dark", width: 1280 },
	{ lang: "en", theme: "light", width: 360 },
	{ lang: "de", theme: "dark", width: 360 },
	{ lang: "de", theme: "light", width: 1024, js: false },
];

const name = ({ lang, theme, width, js = true }) =>
	`${lang}-${theme}-${width}${js ? "" : "-nojs"}`;

// Whether what was gone to can be seen, below the bar.
async function isSeen(page, selector) {
	const at = await page.locator(selector).evaluate((e) => {
		const box = e.getBoundingClientRect();
		return { top: box.top, left: box.left, height: innerHeight,
			width: innerWidth };
	});
	assert.ok(at.top >= 0 && at.top < at.height, JSON.stringify(at));
	assert.ok(at.left >= 0 && at.left < at.width, JSON.stringify(at));
}

// How bright a colour that a browser computed is, 0 to 1.
const bright = (colour) => /\d+/g[Symbol.match](colour).slice(0, 3)
	.reduce((sum, part) => sum + Number(part) / 765, 0);

// The colours of a box of the chart: of its paper and of its writing.
const colours = (page, step) => page.locator(`[id="chart-step-${step}"]`)
	.evaluate((e) => ({
		paper: getComputedStyle(e.querySelector("polygon[fill^='#']")).fill,
		ink: getComputedStyle(e.querySelector("text")).fill }));

for (const look of LOOKS)
	test(`the instruction is read, drawn and printed [${name(look)}]`,
		{ timeout: 90_000 }, async () => {
			const desk = await filledDesk();
			const kaiser = await desk.signIn("kaiser");
			const call = await Call.start(kaiser);
			await call.identified();
			await desk.during(() => inBrowser(desk, { as: "kaiser", ...look },
				async ({ page, shot, accessible, fits }) => {
					const picture = async (what) => {
						// axe waits for the page's timers; the markup is the same
						if (look.js !== false)
							await accessible();
						await fits();
						await shot(`${what}-${name(look)}`);
					};
					await page.goto(ONE);
					await picture("read");
					await page.locator("#rule-M16 a[href='#step-question']")
						.click();
					await isSeen(page, "#step-question");
					await page.locator("#step-question a[href='#rule-M16']")
						.click();
					await isSeen(page, "#rule-M16");

					await page.goto(`${ONE}/chart`);
					await picture("chart");
					const { paper, ink } = await colours(page, "number");
					const contrast = bright(paper) - bright(ink);
					assert.ok(look.theme === "dark" ? contrast < -0.5 :
						contrast > 0.5, `${paper} ${ink}`);
					await page.locator("a[href*='large=1']").click();
					await picture("chart-large");
					await isSeen(page, "[id='chart-step-number']");
					await page.locator("[id='chart-step-person'] a").first()
						.click();
					await page.waitForURL(/versions\/1#step-person/);
					await isSeen(page, "#step-person");

					await page.goto(call.path);
					const to = page.locator(".way-chart");
					assert.equal(await to.getAttribute("href"),
						`${call.path}/chart`);
					await page.goto(`${call.path}/chart`);
					await picture("chart-way");
					assert.equal(await page.locator(".chart .step.here").count(),
						3);
					assert.notEqual((await colours(page, "matter")).paper,
						(await colours(page, "search")).paper);

					await page.goto(`${ONE}/booklet`);
					await picture("booklet");
					await page.locator("#step-number a[href='#step-identify']")
						.first().click();
					await isSeen(page, "#step-identify");
				}));
		});

test("printed, the booklet is the booklet alone", async () => {
	const desk = await filledDesk();
	await desk.during(() => inBrowser(desk, { as: "kaiser", theme: "dark" },
		async ({ page }) => {
			await page.goto(`${ONE}/booklet`);
			await page.emulateMedia({ media: "print" });
			for (const gone of [".bar", ".page-head", ".skip"])
				assert.equal(await page.locator(gone).isVisible(), false, gone);
			const ink = await page.locator(".booklet-say").first().evaluate(
				(e) => getComputedStyle(e).color);
			assert.equal(ink, "rgb(0, 0, 0)");
			const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
			const pages = pdf.match(/\/Type \/Page\b/g).length;
			assert.ok(pages >= 6 && pages <= 20, `${pages} pages`);
			// the form is one page: what would not fit stood on a further one
			const sheets = await page.locator(".sheet").evaluateAll((all) =>
				all.map((e) => e.getBoundingClientRect().height));
			assert.ok(sheets.at(-1) < 1000, `${sheets.at(-1)} px`);
		}));
});
