// Takes pictures of the sample pages in all languages, colours and widths:
//   node tests/look/shoot.mjs BUILD OUT [PAGE...]
// and says what reaches over the right edge.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { chromium } from "playwright-core";

const [build, out, ...only] = process.argv.slice(2);
const pages = only.length ? only : ["call", "over", "parts", "signin", "error"];
const types = { css: "text/css", js: "text/javascript", svg: "image/svg+xml" };
const files = new Map();

for (const line of readFileSync(`${build}/web/static_assets.map`, "utf8").trim().split("\n")) {
	const [name, url] = line.split("\t");
	const from = { "tabler.min.css": "@tabler/core/dist/css", "htmx.min.js": "htmx.org/dist" }[name];
	const folder = new URL(from ? `../../node_modules/${from}/` : "../../web/static/", import.meta.url);

	files.set(url, readFileSync(new URL(name, folder)));
}

const server = createServer((request, response) => {
	const url = new URL(request.url, "http://look");
	const file = files.get(url.pathname);

	if (file) {
		response.setHeader("Content-Type", types[url.pathname.split(".").pop()]);
		response.end(file);
		return;
	}
	const [, page, lang, theme] = url.pathname.split("/");

	response.setHeader("Content-Type", "text/html; charset=utf-8");
	response.setHeader("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'");
	if (theme)
		response.end(execFileSync(`${build}/tests/look/look`, [page, lang, theme]));
	else
		response.writeHead(404).end();
});

mkdirSync(out, { recursive: true });
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const base = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
	executablePath: "/usr/bin/chromium-headless-shell",
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let bad = 0;

for (const page of pages) {
	for (const [lang, theme, width] of [["de", "light", 1280], ["en", "dark", 1280],
		["de", "dark", 360], ["en", "light", 768], ["de", "light", 1920], ["de", "light", 360]]) {
		const tab = await browser.newPage({ viewport: { width, height: width < 700 ? 740 : 800 } });

		tab.on("console", (message) => {
			if (message.type() === "error")
				console.log(page, lang, theme, width, message.text());
		});
		await tab.goto(`${base}/${page}/${lang}/${theme}`);
		const over = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);

		if (over > 0) {
			bad++;
			console.log(`${page} ${lang} ${theme} ${width}: ${over}px too wide`);
		}
		await tab.screenshot({ path: `${out}/${page}-${width}-${theme}-${lang}.png`, fullPage: true });
		if (process.env.AXE) {
			await tab.evaluate(readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8"));
			const found = await tab.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }));

			for (const v of found.violations) {
				bad++;
				console.log(`${page} ${lang} ${theme} ${width}: ${v.id}: ${v.nodes.map((n) => n.target + " " + (n.any[0]?.message || "")).slice(0, 4).join(" | ")}`);
			}
		}
		await tab.close();
	}
}
await browser.close();
server.close();
process.exitCode = bad ? 1 : 0;
