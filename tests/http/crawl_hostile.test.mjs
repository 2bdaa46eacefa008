// A website whose owner wants to do harm: what it sends is read within limits,
// stored as text, and leads nowhere else.
import assert from "node:assert/strict";
import { crawled, eachSite, outcomes, ways } from "./crawler.mjs";
import { link, page } from "./site.mjs";

// Answers a request with these bytes.
const bytes = (text) => (rq, rs) => {
	rs.socket.end(Buffer.from(text, "latin1"));
	return undefined;
};
const HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
const BODY = "<title>T</title><p>Ein Text, der lang genug ist, um einer zu sein.";

eachSite("headers that are no text are not kept", () => ({
	"/": page("Start", link("/a", "A"), link("/b", "B"), link("/c", "C")),
	"/a": bytes(`${HEAD}ETag: "\xff\xfe"\r\nLast-Modified: \xe4\r\n\r\n${BODY}`),
	"/b": bytes(`${HEAD}ETag: "a\rX-Evil: 1"\r\n\r\n${BODY}`),
	"/c": bytes(`HTTP/1.1 301 x\r\nLocation: /\xe4\xff\r\n\r\n`),
	"*": page("Anderes"),
}), async (desk, site) => {
	const sum = await crawled(desk, `${site.url}/`);

	assert.deepEqual([sum.end, sum.pages], ["done", 4]);
	assert.deepEqual(desk.query(
		"SELECT etag FROM crawl_address WHERE etag || modified <> ''"), []);
	await crawled(desk, `${site.url}/`);
	assert.equal(site.seen.filter((one) => one.headers["x-evil"]).length, 0);
});

eachSite("no address of another kind or host is asked for", () => ({
	"/": page("Start", ...["file:///etc/passwd", "gopher://127.0.0.1:11/x",
		"javascript:alert(1)", "data:text/html,x", "http://169.254.169.254/",
		"//[::1]/", "http:127.0.0.1", "/weg"].map((to) => link(to, "x"))),
	"/weg": { status: 302, headers: { Location: "http://127.0.0.1:1/" } },
}), async (desk, site) => {
	await crawled(desk, `${site.url}/`);

	assert.deepEqual(outcomes(desk, site), { "/": "page", "/weg": "leaves" });
});

eachSite("a site learns nothing of where one came from", () => ({
	"/": { headers: { "Set-Cookie": "a=1; Path=/" },
		body: page("Start", link("/a", "A")) },
	"/a": page("A"),
}), async (desk, site) => {
	const user = site.url.replace("//", "//anna:geheim@");
	await crawled(desk, `${user}/`);

	assert.ok(site.seen.length >= 3);
	for (const { headers } of site.seen)
		for (const name of ["cookie", "referer", "authorization"])
			assert.equal(headers[name], undefined);
	assert.doesNotMatch(desk.query("SELECT url FROM crawl_address").join(),
		/geheim/);
});

// Sends for ever.
const endless = (head, part) => (rq, rs) => {
	const more = () => { while (rs.socket.write(part)); };
	rs.socket.on("error", () => {});
	rs.socket.write(head);
	rs.socket.on("drain", more);
	more();
	return undefined;
};

eachSite("what has no end is cut off", () => ({
	"/": page("Start", ...["/kopf", "/stueck", "/satz"].map((to) =>
		link(to, "x"))),
	"/kopf": endless(HEAD, `X: ${"a".repeat(1000)}\r\n`),
	"/stueck": endless(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`,
		`400\r\n${"a".repeat(1024)}\r\n`),
	"/satz": endless(`${HEAD}\r\n`, "a".repeat(1000)),
}), async (desk, site) => {
	await crawled(desk, `${site.url}/`);
	const came = outcomes(desk, site);

	assert.match(came["/kopf"], /too-large|broken/);
	assert.equal(came["/stueck"], "too-large");
	assert.equal(came["/satz"], "too-large");
});

eachSite("sitemaps that grow or look elsewhere name nothing", () => ({
	"/": page("Start"),
	"/robots.txt": { headers: { "Content-Type": "text/plain" },
		body: "Sitemap: /x\nSitemap: http://127.0.0.1:1/y\n" +
			"Sitemap: file:///etc/passwd\nSitemap: SITE/lol.xml\n" +
			"Sitemap: SITE/ent.xml\nCrawl-delay:\n99\n" },
	"/lol.xml": `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">` +
		`<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><urlset><url><loc>` +
		`/&b;</loc></url></urlset>`,
	"/ent.xml": `<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>` +
		`<urlset><url><loc>/&a;</loc></url></urlset>`,
}), async (desk, site) => {
	site.pages["/robots.txt"].body =
		site.pages["/robots.txt"].body.replaceAll("SITE", site.url);
	const sum = await crawled(desk, `${site.url}/`);

	assert.equal(sum.end, "done");
	assert.equal(site.asked("/lol.xml") + site.asked("/ent.xml"), 2);
	assert.deepEqual(outcomes(desk, site), { "/": "page" });
});

eachSite("more words than an index takes are read in part", () => ({
	"/": page("Start", link("/a", "A"), link("/b", "B")),
	"/a": page("Wörter", `<p>${Array.from({ length: 60000 }, (_, i) =>
		`ﷺ${i.toString(36)}`).join(" ")}`),
	"/b": page("Lang", `<p>${"ä".repeat(300_000)} ${"x".repeat(200_000)}`),
}), async (desk, site) => {
	const sum = await crawled(desk, `${site.url}/`);

	assert.deepEqual([sum.end, sum.pages], ["done", 3]);
});

eachSite("the words of links are words", () => ({
	"/": page("Start", link("/a", "&lt;script&gt;alert(1)&lt;/script&gt;"),
		link("/b", "eins&#10;zwei &gt; drei&#0;&#x202e;")),
	"/a": page("A"),
	"/b": page("B"),
}), async (desk, site) => {
	await crawled(desk, `${site.url}/`);

	assert.deepEqual(ways(desk, site), { "/": "Start",
		"/a": "Start > <script>alert(1)</script>",
		"/b": "Start > eins zwei > drei\ufffd" });
});
