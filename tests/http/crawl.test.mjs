// The website is read over real HTTP, on both engines: what becomes of pages,
// ways, traps and hosts that misbehave, what a second look finds, and that it
// goes on after a power cut.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Desk, MINUTE, engines, eachEngine, root } from "./desk.mjs";
import { QUICK, crawl, crawled, eachSite, outcomes, ways } from
	"./crawler.mjs";
import { Site, link, page } from "./site.mjs";
import { test } from "node:test";

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const NAV = `<nav><a href="/">Start</a> <a href="/hilfe">Hilfe</a></nav>`;
const SMALL = {
	"/": page("Willkommen", NAV, link("/hilfe/mail/postfach", "hier")),
	"/hilfe": page("Hilfe", NAV, link("/hilfe/mail", "E-Mail")),
	"/hilfe/mail": page("Hilfe zu E-Mail", NAV,
		link("/hilfe/mail/postfach", "Postfach anlegen"),
		link("/hilfe/mail/passwort", "mehr …")),
	"/hilfe/mail/postfach": page("Ein Postfach anlegen", NAV),
	"/hilfe/mail/passwort": page("Passwort ändern", NAV),
};

eachSite("each page learns its shortest way", () => ({ ...SMALL }),
	async (desk, site) => {
		const sum = await crawled(desk, `${site.url}/`);

		assert.deepEqual([sum.end, sum.pages, sum.added, sum.failed],
			["done", 5, 5, 0]);
		assert.deepEqual(ways(desk, site), {
			"/": "Start",
			"/hilfe": "Start > Hilfe",
			"/hilfe/mail": "Start > Hilfe > E-Mail",
			"/hilfe/mail/passwort": "Start > Hilfe > E-Mail > Passwort ändern",
			"/hilfe/mail/postfach": "Start > Ein Postfach anlegen",
		});
		assert.deepEqual(desk.query("SELECT kind FROM event " +
			"WHERE kind LIKE 'website.%' ORDER BY id"),
		["website.crawl-asked", "website.crawled"]);
	});

eachSite("a second look asks only for what changed", () => ({ ...SMALL }),
	async (desk, site) => {
		for (const path of Object.keys(SMALL))
			site.pages[path] = (rq) => rq.headers["if-none-match"] ?
				{ status: 304 } :
				{ headers: { ETag: `"${path}"` }, body: SMALL[path] };
		await crawled(desk, `${site.url}/`);
		site.pages["/hilfe/mail/passwort"] =
			{ headers: { ETag: '"new"' }, body: page("Kennwort ändern", NAV) };
		site.pages["/hilfe/mail/postfach"] = { status: 410 };
		site.pages["/hilfe"] = page("Hilfe", NAV, link("/hilfe/mail", "E-Mail"),
			link("/neu", "Neues"));
		site.pages["/neu"] = page("Neues", NAV);
		site.seen = [];
		const sum = await crawled(desk, `${site.url}/`);

		assert.deepEqual([sum.pages, sum.added, sum.changed, sum.gone],
			[5, 1, 2, 1]);
		assert.equal(site.seen.find((one) => one.path === "/")
			.headers["if-none-match"], '"/"');
		assert.deepEqual(Object.keys(ways(desk, site)),
			["/", "/hilfe", "/hilfe/mail", "/hilfe/mail/passwort", "/neu"]);
		assert.equal(outcomes(desk, site)["/hilfe/mail/postfach"], "gone");
		assert.deepEqual(desk.query("SELECT count(*) FROM answer_document " +
			"WHERE place IS NOT NULL"), ["5"]);
	});

eachSite("what no link leads to any more is taken back", () => ({ ...SMALL }),
	async (desk, site) => {
		await crawled(desk, `${site.url}/`);
		site.pages["/hilfe/mail"] = page("Hilfe zu E-Mail", NAV);
		const sum = await crawled(desk, `${site.url}/`);

		assert.equal(sum.gone, 1);
		assert.equal(outcomes(desk, site)["/hilfe/mail/passwort"], "lost");
		assert.equal(ways(desk, site)["/hilfe/mail/passwort"], undefined);
	});

eachSite("a host that fails for a day takes nothing back", () => ({ ...SMALL }),
	async (desk, site) => {
		await crawled(desk, `${site.url}/`);
		site.pages["/hilfe"] = { status: 503 };
		assert.equal((await crawled(desk, `${site.url}/`)).gone, 0);
		site.pages["/robots.txt"] = { status: 500 };
		assert.equal((await crawled(desk, `${site.url}/`)).gone, 0);
		assert.equal(Object.keys(ways(desk, site)).length, 5);
	});

eachSite("traps are noted with their reason, and it goes on", () => ({
	"/": page("Start", ...["/kreis1", "/haengt", "/bombe", "/riesig", "/privat",
		"/weg", "/geheim", "/selbst", "/a/a/a/a", "/fehlt", "/kaputt", "/bild",
		"/tief", "/nicht", "/eigentlich", "/alt", "/kette?0", "/langsam",
		"/gut"].map((href) => link(href, href))),
	"/kreis1": { status: 302, headers: { Location: "/kreis2" } },
	"/kreis2": { status: 302, headers: { Location: "/kreis1" } },
	"/selbst": { status: 301, headers: { Location: "/selbst" } },
	"/kette": (rq) => ({ status: 302, headers:
		{ Location: `/kette?${Number(rq.url.split("?")[1]) + 1}` } }),
	"/haengt": () => null,
	"/langsam": (rq, rs) => {
		rs.writeHead(200, { "Content-Type": "text/html" });
		const drip = setInterval(() => rs.write("x"), 100);
		rs.on("close", () => clearInterval(drip));
	},
	"/bombe": { headers: { "Content-Encoding": "gzip" },
		body: gzipSync(Buffer.alloc(50 << 20)) },
	"/riesig": (rq, rs) => {
		rs.writeHead(200, { "Content-Type": "text/html" });
		const pour = setInterval(() => rs.write("x".repeat(65536)), 1);
		rs.on("close", () => clearInterval(pour));
	},
	"/privat": { status: 302, headers: { Location: "http://10.0.0.1/" } },
	"/weg": { status: 302, headers: { Location: "https://example.org/" } },
	"/kaputt": (rq) => rq.socket.destroy(),
	"/bild": { headers: { "Content-Type": "image/png" }, body: "PNG" },
	"/tief": page("Tief", "<div>".repeat(20000), "Boden"),
	"/nicht": `<meta name=robots content=noindex>${page("Nicht")}`,
	"/eigentlich": `<link rel=canonical href=/gut>${page("Fassung")}`,
	"/alt": `<meta http-equiv=refresh content="0; URL='/gut'">`,
	"/robots.txt": "User-agent: *\nDisallow: /geheim\n",
	"/gut": page("Gut"),
}), async (desk, site) => {
	const sum = await crawled(desk, `${site.url}/`);
	const found = outcomes(desk, site);

	assert.equal(sum.end, "done");
	assert.deepEqual([found["/kreis1"], found["/kreis2"]].sort(),
		["loop", "redirect"]);
	assert.ok(Object.entries(found).some(([path, outcome]) =>
		path.startsWith("/kette") && outcome === "loop"));
	assert.deepEqual(Object.fromEntries(Object.entries(found)
		.filter(([path]) => !/^\/(kreis|kette)/.test(path))), {
		"/": "page", "/haengt": "timeout", "/langsam": "timeout",
		"/bombe": "too-large", "/riesig": "too-large", "/privat": "leaves",
		"/weg": "leaves", "/geheim": "robots", "/selbst": "loop",
		"/a/a/a/a": "trap", "/fehlt": "gone", "/kaputt": "broken",
		"/bild": "other-type", "/tief": "page", "/nicht": "noindex",
		"/eigentlich": "canonical", "/alt": "redirect", "/gut": "page",
	});
	assert.equal(site.asked("/geheim"), 0);
	assert.deepEqual(Object.keys(ways(desk, site)), ["/", "/gut", "/tief"]);
});

eachSite("sitemaps name what no link leads to", () => ({
	"/": page("Start"),
	"/insel": page("Insel"),
	"/robots.txt": (rq) => `Sitemap: http://${rq.headers.host}/karte.xml\n`,
	"/karte.xml": (rq) => ({ body: `<?xml version="1.0"?><sitemapindex><sitemap>` +
		`<loc>http://${rq.headers.host}/teil.xml.gz</loc></sitemap>` +
		`<sitemap><loc>http://192.0.2.1/fremd.xml</loc></sitemap></sitemapindex>` }),
	"/teil.xml.gz": (rq) => ({ headers: { "Content-Type": "application/gzip" },
		body: gzipSync(`<urlset><url><loc>http://${rq.headers.host}/insel` +
			`</loc></url><url><loc>http://192.0.2.1/</loc></url></urlset>`) }),
}), async (desk, site) => {
	const sum = await crawled(desk, `${site.url}/`);

	assert.equal(sum.pages, 2);
	assert.deepEqual(ways(desk, site), { "/": "Start", "/insel": "" });
});

eachSite("letters and files of every kind become text", () => ({
	"/": page("Start", link("/latein", "Latein"), link("/utf16", "breit"),
		link("/anleitung.pdf", "Anleitung"), link("/liste.txt", "Liste")),
	"/latein": { headers: { "Content-Type": "text/html" }, body: Buffer.from(
		`<meta charset=iso-8859-1><title>Grüße</title><p>Größe zählt hier, ` +
		`und zwar mit allen Umlauten.`, "latin1") },
	"/utf16": { body: Buffer.concat([Buffer.from([0xff, 0xfe]),
		Buffer.from("<title>Bäume</title><p>Zwei Bytes für jedes Zeichen hier.",
			"utf16le")]) },
	"/anleitung.pdf": { headers: { "Content-Type": "application/pdf" },
		body: readFileSync(join(root,
			"demo/site/dateien/router-anleitung.pdf")) },
	"/liste.txt": { headers: { "Content-Type": "text/plain; charset=utf-8" },
		body: "Überschrift\nund Zeilen" },
}), async (desk, site) => {
	await crawled(desk, `${site.url}/`);
	const documents = Object.fromEntries(desk.query(
		"SELECT title, replace(body, '\n', ' ') FROM answer_document")
		.map((line) => line.split("|")));

	assert.match(documents["Grüße"], /Größe zählt/);
	assert.match(documents["Bäume"], /für jedes Zeichen/);
	assert.match(documents["Anleitung"], /Leuchtet DSL ruhig/);
	assert.match(documents["Liste"], /Überschrift und Zeilen/);
});

for (const engine of engines)
	test(`a certificate nobody vouches for is a reason [${engine}]`,
		{ timeout: 60_000 }, async () => {
			const folder = mkdtempSync(join(tmpdir(), "tls-"));
			const made = spawnSync("openssl", ["req", "-x509", "-newkey",
				"ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
				"-keyout", join(folder, "key"), "-out", join(folder, "cert"),
				"-days", "2", "-subj", "/CN=127.0.0.1"]);
			assert.equal(made.status, 0);
			const site = await Site.start({ ...SMALL },
				{ key: readFileSync(join(folder, "key")),
					cert: readFileSync(join(folder, "cert")) });
			const desk = new Desk({ engine, config: QUICK });
			try {
				await desk.during(async () => {
					await crawled(desk, `${site.url}/`);
					assert.equal(site.seen.length, 0);
					assert.equal(outcomes(desk, site)["/"], "no-robots");
				});
			} finally {
				await site.stop();
				rmSync(folder, { recursive: true });
			}
		});

eachSite("private addresses are reached only where they are named",
	() => ({ ...SMALL }), async (desk, site) => {
		const named = new Desk({ engine: desk.engine, config: { ...QUICK,
			sites: [`${site.url}/`] } });
		await named.during(async () => {
			const sum = await crawled(named);
			assert.equal(sum.pages, 0);
			assert.equal(site.seen.length, 0);
		});
		const allowed = new Desk({ engine: desk.engine, config: { ...QUICK,
			sites: [`${site.url}/`], private_hosts: [site.host] } });
		await allowed.during(async () => {
			assert.equal((await crawled(allowed)).pages, 5);
		});
	});

eachSite("after a power cut it goes on where it stood", () => {
	const many = { "/": page("Start", ...Array.from({ length: 60 },
		(_, i) => link(`/seite/${i}`, `Seite ${i}`))) };
	for (let i = 0; i < 60; i++)
		many[`/seite/${i}`] = page(`Seite ${i}`);
	return many;
}, async (desk, site) => {
	const first = crawl(desk, `${site.url}/`);
	await new Promise((resolve) => {
		const look = setInterval(() => {
			if (site.seen.length < 40)
				return;
			clearInterval(look);
			first.child.kill("SIGKILL");
			resolve();
		}, 1);
	});
	await first.done;
	desk.pass(5 * MINUTE); // the lease of the dead runs out
	site.seen = [];
	const sum = await crawled(desk, `${site.url}/`);

	assert.equal(sum.pages, 61);
	assert.ok(site.seen.length < 61, `${site.seen.length} asked for again`);
	assert.deepEqual(desk.query("SELECT count(*) FROM crawl"), ["1"]);
	assert.equal(Object.keys(ways(desk, site)).length, 61);
}, { crawl_pause: "2ms" });

eachSite("limits end a crawl and take nothing back", () => ({ ...SMALL }),
	async (desk, site) => {
		await crawled(desk, `${site.url}/`);
		const tight = new Desk({ engine: desk.engine,
			config: { ...QUICK, crawl_pages: 3, crawl_depth: 1 } });
		await tight.during(async () => {
			const sum = await crawled(tight, `${site.url}/`);
			assert.deepEqual([sum.end, sum.fetched], ["limit", 3]);
		});
	});

// ---- The job and the page --------------------------------------------------

async function until(check) {
	for (let i = 0; i < 300; i++) {
		const found = await check();
		if (found)
			return found;
		await new Promise((go) => setTimeout(go, 100));
	}
	throw new Error("did not happen");
}

for (const engine of engines)
	test(`it is read each day, and when a supervisor asks [${engine}]`,
		{ timeout: 120_000 }, async () => {
			const site = await Site.start({ ...SMALL });
			const desk = new Desk({ engine, config: { ...QUICK,
				sites: [`${site.url}/`], private_hosts: [site.host] } });
			const used = async () => {
				await desk.start();
				const agent = await desk.signIn("kaiser");
				const boss = await desk.signIn("brandt");
				const runs = () => desk.query(
					"SELECT count(*) FROM crawl WHERE state = 3")[0];
				await until(() => runs() === "1");

				assert.match((await agent.get("/website",
					{ "Accept-Language": "en" })).text, /<dd>5 <small>5 new/);
				assert.doesNotMatch((await agent.get("/website")).text,
					/website\/crawl/);
				assert.equal((await agent.post("/website/crawl")).status, 403);

				site.pages["/hilfe"] = { status: 500 };
				assert.equal((await boss.post("/website/crawl")).status, 303);
				await until(() => runs() === "2");
				const shown = await boss.get("/website",
					{ "Accept-Language": "en" });
				assert.match(shown.text, /\/hilfe</);
				assert.match(shown.text, /the server answers with an error/);
				assert.match(shown.text, /\(500\)/);
				assert.match(shown.text, /Sabine Brandt/);

				desk.pass(DAY - HOUR);
				assert.equal(runs(), "2");
				desk.pass(2 * HOUR);
				await until(() => runs() === "3");
			};
			try {
				await desk.during(used);
			} finally {
				await site.stop();
			}
		});

eachEngine("without a website nothing is read", async (desk) => {
	const boss = await desk.signIn("brandt");
	const shown = await boss.get("/website", { "Accept-Language": "en" });

	assert.match(shown.text, /No website is named/);
	const refused = await boss.post("/website/crawl", {},
		{ "Accept-Language": "en" });
	assert.equal(refused.status, 422);
	assert.match(refused.text, /names no website/);
	assert.equal(desk.try(["answers", "crawl"]).code, 1);
	assert.equal(desk.try(["answers", "crawl", "ftp://x/"]).code, 1);
	assert.match(desk.command("answers", "crawl", "http://127.0.0.1:1/"),
		/^done: 0 pages .*, 1 address failed; the page Website \(\/website\)/);
});
