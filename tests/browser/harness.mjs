// Chromium on a real desk. inBrowser() opens a page in a fresh context, runs
// the test and fails it afterwards if the page complained: an uncaught error,
// a line in the console, a breach of the Content-Security-Policy, a request to
// another host, an answer of 500 or more.
//
//   test("the queue opens by key", async () => {
//   	const desk = await spawnDesk();
//   	await desk.during(() => inBrowser(desk, { as: "brandt", lang: "en" },
//   		async ({ page, keys }) => {
//   			await keys("g", "u");
//   			assert.equal(await page.title(), "Unanswered");
//   		}));
//   });
//
// The desk itself: tests/http/desk.mjs.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after } from "node:test";
import { PASSWORD, root } from "../http/desk.mjs";

const require = createRequire(join(root, "package.json"));
const { chromium } = require("playwright-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
// How long a test that fails waits for what does not come.
const PATIENCE_MS = 30_000;
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

let chromiumRuns; // one a test file

// The shell draws and runs pages as Chromium does, but has no windows, tabs and
// extensions around them: a page costs half the processor time.
function chromiumStart() {
	chromiumRuns ??= chromium.launch({
		executablePath: process.env.DIENSTWEG_CHROMIUM ??
			"/usr/bin/chromium-headless-shell",
		// Root has no sandbox, and a test speaks to its own desk alone.
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
	});
	return chromiumRuns;
}

after(async () => {
	if (chromiumRuns)
		await (await chromiumRuns).close();
});

// Said when the next page cuts off a search that is under way.
const CUT_OFF = /^htmx:(afterRequest|sendAbort)\b/;

// Collects what a page should never do, as lines of text.
function watch(context, desk) {
	const problems = [];
	const own = new URL(desk.url).host;

	context.on("console", (message) => {
		if (["error", "warning"].includes(message.type()) &&
			!CUT_OFF.test(message.text()))
			problems.push(`console: ${message.text()} ${
				message.location().url}`);
	});
	context.on("weberror", (e) => problems.push(`error: ${e.error()}`));
	context.on("request", (rq) => {
		const url = new URL(rq.url());
		if (/^(https?|wss?):$/.test(url.protocol) && url.host !== own)
			problems.push(`request to ${url.host}`);
	});
	context.on("response", (rs) => {
		if (rs.status() >= 500)
			problems.push(`${rs.status()} ${rs.url()}`);
	});
	return problems;
}

// A page and what tests do with it; close() tells what went wrong meanwhile.
//   lang   "de" or "en", what the browser asks for
//   theme  "light" or "dark", what the system prefers
//   width, height in CSS pixels; under 600 wide it is a telephone with touch
//   js     false: a browser without JavaScript
export async function browse(desk, { lang = "de", theme = "light",
	width = 1280, height = width < 600 ? 740 : 800, js = true } = {}) {
	const browser = await chromiumStart();
	const context = await browser.newContext({
		baseURL: desk.url,
		locale: lang === "de" ? "de-DE" : "en-GB",
		timezoneId: "Europe/Berlin",
		colorScheme: theme,
		reducedMotion: "reduce",
		viewport: { width, height },
		hasTouch: width < 600,
		javaScriptEnabled: js,
	});
	const problems = watch(context, desk);

	context.setDefaultTimeout(PATIENCE_MS);
	return { context, page: await context.newPage(), problems,
		async close() {
			await context.close();
			return problems;
		} };
}

// Signs in by the page, as a person does.
export async function signIn(page, login, password = PASSWORD) {
	await page.goto("/sign-in");
	await page.locator("#login").fill(login);
	await page.locator("#password").fill(password);
	await page.keyboard.press("Enter");
	await page.waitForURL((url) => url.pathname !== "/sign-in");
}

// keys(page, "F2", "1", "Control+a", "text"): presses what names a key and
// types what does not.
export async function keys(page, ...strokes) {
	for (const stroke of strokes)
		if (/^(.|F\d+|[A-Z]\w*\+.+|Enter|Escape|Tab|Space|Home|End|Backspace|Delete|Page(Up|Down)|Arrow\w+)$/.test(stroke))
			await page.keyboard.press(stroke);
		else
			await page.keyboard.type(stroke);
}

// A picture of the whole page, build/shots/NAME.png, if DIENSTWEG_SHOTS is set:
// it is for people, and three hundred of them take a while.
export async function shot(page, name) {
	if (!process.env.DIENSTWEG_SHOTS)
		return;
	const folder = join(root, "build/shots");
	mkdirSync(folder, { recursive: true });
	await page.screenshot({ path: join(folder, `${name}.png`),
		fullPage: true });
}

// Fails if axe finds a breach of WCAG 2.2 A or AA on the page as it stands. What
// a focus has scrolled under the bar would count as too small to be hit.
export async function accessible(page) {
	await page.evaluate(() => globalThis.scrollTo(0, 0));
	// Evaluated by the debugger, so the page's policy does not stand in the way.
	await page.evaluate(axeSource);
	const found = await page.evaluate((tags) => globalThis.axe.run(document,
		{ runOnly: { type: "tag", values: tags },
			resultTypes: ["violations"] }), WCAG);
	assert.deepEqual(found.violations.map((v) => `${v.id}: ` +
		v.nodes.map((n) => n.target.join(" ")).join(", ")), []);
}

// Fails if anything is wider than the window.
export async function fits(page) {
	const wide = await page.evaluate(() => {
		const width = document.documentElement.clientWidth;
		return document.documentElement.scrollWidth <= width ? [] :
			[...document.querySelectorAll("body *")]
				.filter((e) => e.getBoundingClientRect().right > width + 1)
				.map((e) => `${e.tagName.toLowerCase()}.${e.className}`);
	});
	assert.deepEqual(wide, []);
}

// Opens a page, runs the test with it, and judges what the page did meanwhile.
// Options as for browse(), and
//   as     a login that signs in first
//   allow  a pattern for complaints that the test means to cause
export async function inBrowser(desk, { as, allow, ...options }, run) {
	const seen = await browse(desk, options);
	const { page } = seen;
	try {
		if (as)
			await signIn(page, as);
		await run({ page, context: seen.context,
			keys: (...strokes) => keys(page, ...strokes),
			shot: (name) => shot(page, name),
			accessible: () => accessible(page),
			fits: () => fits(page) });
	} catch (e) {
		e.message += `\n---- the page said:\n${seen.problems.join("\n")}`;
		throw e;
	} finally {
		await seen.close();
	}
	assert.deepEqual(seen.problems.filter((p) => !allow?.test(p)), []);
}
