// A website for tests of the crawler: pages as given, and the traps that the
// web lays. Listens on a free port of 127.0.0.1.
//
//   const site = await Site.start({ "/": page("Start", link("/a", "A")) });
//   site.pages["/a"] = { status: 404 };
//   site.seen;        // paths asked for, in order, each {path, headers}
//   await site.stop();
import http from "node:http";
import https from "node:https";

// A page with this title; `body` is HTML.
export function page(title, ...body) {
	return `<!doctype html><html lang="de"><head><meta charset="utf-8">` +
		`<title>${title}</title></head><body><main><h1>${title}</h1>` +
		`${body.join("\n")}</main></body></html>`;
}

export function link(href, text) {
	return `<p>Es folgt ein Satz, der etwas mehr sagt. <a href="${href}">` +
		`${text}</a></p>`;
}

export class Site {
	pages;   // path -> text, {status, headers, body}, or a function of the
	         // request and the response
	seen = [];
	#server;

	static async start(pages, tls) {
		const site = new Site();
		site.pages = pages;
		site.#server = tls ? https.createServer(tls) : http.createServer();
		site.#server.on("request", (rq, rs) => site.#answer(rq, rs));
		await new Promise((resolve) =>
			site.#server.listen(0, "127.0.0.1", resolve));
		site.host = `127.0.0.1:${site.#server.address().port}`;
		site.url = `${tls ? "https" : "http"}://${site.host}`;
		return site;
	}

	#answer(rq, rs) {
		const path = rq.url.replace(/\?.*/, "");
		let given = this.pages[rq.url] ?? this.pages[path] ??
			this.pages["*"];

		this.seen.push({ path: rq.url, headers: rq.headers });
		if (typeof given === "function")
			given = given(rq, rs);
		if (given === undefined && rs.headersSent)
			return;
		if (given === null)
			return; // never answers
		if (given === undefined)
			given = { status: 404, body: "no such page" };
		if (typeof given === "string")
			given = { body: given };
		rs.writeHead(given.status ?? 200, {
			"Content-Type": "text/html; charset=utf-8", ...given.headers });
		rs.end(given.body ?? "");
	}

	// How often a path was asked for.
	asked(path) {
		return this.seen.filter((one) => one.path === path).length;
	}

	async stop() {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}
}
