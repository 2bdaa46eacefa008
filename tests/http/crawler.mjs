// The crawl by command, against a site of the test's own, and what the database
// holds afterwards.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Desk, engines, program, root } from "./desk.mjs";
import { Site } from "./site.mjs";

export const QUICK = { crawl_pause: "0s", crawl_wait: "1s", crawl_megabytes: 1 };

const CLICKS = "SELECT url, replace(clicks, chr(10), ' > ') FROM crawl_address" +
	" WHERE offered ORDER BY url";

// What is offered, path -> way.
export function ways(desk, site) {
	const sql = desk.engine === "sqlite" ?
		CLICKS.replace("chr(", "char(") : CLICKS;
	return Object.fromEntries(desk.query(sql).map((line) => {
		const [url, clicks] = line.split("|");
		return [url.replace(site.url, ""), clicks];
	}));
}

// Why the others are not, path -> the page's words in English.
const OUTCOMES = Object.fromEntries([...readFileSync(
	join(root, "src/answers/crawled.h"), "utf8")
	.matchAll(/X\(CRAWLED_\w+, (\d+), "([a-z-]+)"/g)]
	.map(([, number, name]) => [number, name]));
export function outcomes(desk, site) {
	return Object.fromEntries(desk.query(
		"SELECT url, outcome FROM crawl_address ORDER BY url").map((line) => {
		const [url, number] = line.split("|");
		return [url.replace(site.url, ""), OUTCOMES[number]];
	}));
}

// Runs the crawl by command without keeping this process (and the site in it)
// from working.
export function crawl(desk, ...args) {
	const child = spawn(program, ["answers", "crawl", ...args, "--json", "--config",
		join(desk.folder, "desk.yaml")], { cwd: desk.folder });
	let out = "", err = "";
	child.stdout.on("data", (part) => { out += part; });
	child.stderr.on("data", (part) => { err += part; });
	const done = new Promise((resolve) => child.on("close", (code, signal) =>
		resolve({ code, signal, out, err,
			sum: out.startsWith("{") ? JSON.parse(out) : null })));
	return { child, done };
}

export async function crawled(desk, ...args) {
	const done = await crawl(desk, ...args).done;
	assert.doesNotMatch(done.err, /Sanitizer|runtime error/);
	assert.equal(done.code, 0, done.err + done.out);
	return done.sum;
}

// A test with a site and a desk that does not serve.
export function eachSite(name, pages, run, config = {}) {
	for (const engine of engines)
		test(`${name} [${engine}]`, { timeout: 120_000 }, async () => {
			const site = await Site.start(pages());
			const desk = new Desk({ engine, config: { ...QUICK, ...config } });
			try {
				await desk.during(() => run(desk, site));
			} finally {
				await site.stop();
			}
		});
}
