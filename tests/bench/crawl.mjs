// How fast a website is read, and with how much memory: the program crawls a
// made-up site on this machine without a pause. Called by ./bench crawl:
//
//   node tests/bench/crawl.mjs PROGRAM FOLDER PAGES...
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";

const [program, folder, ...sizes] = process.argv.slice(2);
const WORDS = ("Anschluss Postfach Rechnung Vertrag Router Leitung Passwort " +
	"Domain Server Speicher einrichten ändern prüfen melden kündigen der die " +
	"das und mit für nach über ein neuer schneller Kunde Seite Hilfe Auftrag " +
	"Störung Tarif Paket Nachricht Absender Zertifikat Sicherung").split(" ");
const NAV = ["", "hilfe", "dsl", "hosting", "kontakt"].map((path) =>
	`<li><a href="/${path}">${path || "Start"}</a></li>`).join("");
const LINKS = 12;

// A page of some 4 KB, with words that follow from its number.
function page(n, pages) {
	let seed = n * 7919 + 1;
	const word = () => {
		seed = (seed * 1103515245 + 12345) % 2147483648;
		return WORDS[Math.floor(seed / 65536) % WORDS.length];
	};
	const sentence = () => Array.from({ length: 60 }, word).join(" ");
	const links = Array.from({ length: LINKS }, (_, i) => n * LINKS + i + 1)
		.filter((to) => to < pages)
		.map((to) => `<li><a href="/seite/${to}">Seite ${to}</a></li>`);

	return `<!doctype html><html lang=de><head><meta charset=utf-8><title>` +
		`Seite ${n} ${word()}</title></head><body><nav><ul>${NAV}</ul></nav>` +
		`<main><h1>Seite ${n}</h1>${Array.from({ length: 6 }, () =>
			`<h2>${word()} ${word()}</h2><p>${sentence()}.</p>`).join("")}` +
		`<ul>${links.join("")}</ul></main>` +
		`<footer><a href="/impressum">Impressum</a></footer></body></html>`;
}

function serve(pages) {
	const server = http.createServer((rq, rs) => {
		const n = rq.url === "/" ? 0 : Number(/^\/seite\/(\d+)$/.exec(rq.url)?.[1]);
		rs.writeHead(Number.isNaN(n) ? 404 : 200,
			{ "Content-Type": "text/html; charset=utf-8" });
		rs.end(Number.isNaN(n) ? "" : page(n, pages));
	});
	return new Promise((resolve) =>
		server.listen(0, "127.0.0.1", () => resolve(server)));
}

// What a process has used so far: memory at most in MB, seconds of processor.
function used(pid, before) {
	try {
		const status = readFileSync(`/proc/${pid}/status`, "utf8");
		const stat = readFileSync(`/proc/${pid}/stat`, "utf8").split(" ");
		return { mb: Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024,
			cpu: (Number(stat[13]) + Number(stat[14])) / 100 };
	} catch {
		return before;
	}
}

async function measure(pages) {
	const server = await serve(pages);
	const work = mkdtempSync(join(folder, "crawl-"));
	const began = Date.now();
	const child = spawn(program, ["answers", "crawl", "--json",
		`http://127.0.0.1:${server.address().port}/`,
		"--database", `sqlite:${work}/desk.db`],
	{ env: { ...process.env, DIENSTWEG_CRAWL_PAUSE: "0s",
		DIENSTWEG_CRAWL_PAGES: "1000000" }, stdio: ["ignore", "pipe", "ignore"] });
	let out = "", most = { mb: 0, cpu: 0 };
	const look = setInterval(() => {
		most = used(child.pid, most);
	}, 50);
	child.stdout.on("data", (part) => { out += part; });
	await new Promise((resolve) => child.on("close", resolve));
	clearInterval(look);
	const seconds = (Date.now() - began) / 1000;
	const sum = JSON.parse(out);
	server.closeAllConnections();
	server.close();
	rmSync(work, { recursive: true });
	if (sum.pages !== pages)
		throw new Error(`${sum.pages} of ${pages} pages`);
	console.log(`crawl ${String(pages).padStart(7)} pages  ` +
		`${(pages / seconds).toFixed(0).padStart(5)} pages/s  ` +
		`${(most.cpu * 1000 / pages).toFixed(2)} ms of processor a page  ` +
		`${most.mb.toFixed(0).padStart(4)} MB at most`);
}

for (const size of sizes)
	await measure(Number(size));
