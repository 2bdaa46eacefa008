// A new version of the instruction in the browser: changed, its complaints
// found, mended, brought into force and signed; in every size and colour, and
// without JavaScript.
import assert from "node:assert/strict";
import { test } from "node:test";
import { spawnDesk } from "../http/desk.mjs";
import { inBrowser } from "./harness.mjs";

const NEW = "/instruction/versions/new";
const LOOKS = [
	{ lang: "de", theme: "light", width: 1440, as: "brandt" },
	{ lang: "en", theme: "dark", width: 1440, as: "brandt" },
	{ lang: "de", theme: "light", width: 360, as: "brandt" },
	{ lang: "de", theme: "dark", width: 1024, as: "brandt", js: false },
];

const name = ({ lang, theme, width, js = true }) =>
	`${lang}-${theme}-${width}${js ? "" : "-nojs"}`;

// Which line of the text the caret is in.
const caretLine = (page) => page.locator("#source").evaluate((field) =>
	field.value.slice(0, field.selectionStart).split("\n").length);

// Whether the number of a line can be seen, and stands beside its line: the
// numbers and the field begin at the same height and are as high a line.
async function besideItsLine(page, n) {
	const at = await page.evaluate((line) => {
		const box = (e) => e.getBoundingClientRect();
		const field = document.querySelector("#source");
		const style = getComputedStyle(field);
		const number = box(document.querySelector(`#line-${line}`));
		return { number: number.top, height: window.innerHeight,
			line: box(field).top + parseFloat(style.paddingTop) +
				(line - 1) * parseFloat(style.lineHeight) };
	}, n);
	assert.ok(Math.abs(at.number - at.line) < 2, JSON.stringify(at));
	assert.ok(at.number > 0 && at.number < at.height, JSON.stringify(at));
}

// The whole file anew; the driver's fill() takes seconds for as many lines.
const pastes = (page, text) => page.locator("#source").evaluate((field, value) => {
	field.value = value;
	field.dispatchEvent(new Event("input", { bubbles: true }));
}, text);

for (const look of LOOKS)
	test(`a version is changed, mended, brought into force, signed [${
		name(look)}]`, { timeout: 90_000 }, async () => {
		const desk = await spawnDesk();
		await desk.during(() => inBrowser(desk,
			{ ...look, allow: /status of 422/ },
			async ({ page, shot, accessible, fits }) => {
				const picture = async (what) => {
					// axe waits for the page's timers; the markup is the same
					if (look.js !== false)
						await accessible();
					await fits();
					await shot(`${what}-${name(look)}`);
				};
				const button = (value) =>
					page.locator(`button[name=activate][value="${value}"]`);

				await picture("versions-home");
				await page.goto(NEW);
				const source = await page.locator("#source").inputValue();
				const lines = source.split("\n");
				const at = lines.findIndex((l) => /^ +next: /.test(l));
				const damaged = [...lines];
				damaged[at] = damaged[at].replace(/next: .*/, "next: nowhere-at-all");
				await pastes(page, damaged.join("\n"));
				await button(0).click();
				const complaint = page.locator(`a[href="#line-${at + 1}"]`);
				await complaint.first().click();
				await besideItsLine(page, at + 1);
				if (look.js !== false)
					assert.equal(await caretLine(page), at + 1);
				await page.evaluate(() => window.scrollTo(0, 0));
				await picture("versions-complaints");

				await pastes(page,
					source.replace("de: Guten Tag.", "de: Moin."));
				await button(0).click();
				await page.locator(".diff ins").first().waitFor();
				await page.locator("#note").fill("Kürzer begrüßen");
				await picture("versions-proved");
				await button(1).click();
				await page.waitForURL(/versions\/2/);
				await picture("versions-one");
				await page.locator("form[action$='/sign'] button").click();
				await page.locator(".lines").getByText("Sabine Brandt")
					.waitFor();
				await page.goto("/instruction/versions");
				await picture("versions-list");
				assert.match(await page.locator("tbody tr").first()
					.textContent(), /Kürzer begrüßen\s+1 (von|of) 3/);
			}));
	});

test("numbers follow what is typed", async () => {
	const desk = await spawnDesk();
	await desk.during(() => inBrowser(desk, { as: "brandt" },
		async ({ page }) => {
			const numbers = page.locator(".source-numbers span");
			await page.goto(NEW);
			await page.locator("#source").fill("a\nb\nc");
			assert.equal(await numbers.count(), 3);
			await page.locator("#source").press("Enter");
			assert.equal(await numbers.count(), 4);
			assert.equal(await numbers.last().textContent(), "4");
			await besideItsLine(page, 4);
		}));
});
