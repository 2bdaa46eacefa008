// A real desk for tests: the sanitizer-built program on a free port, with a
// database, a clock and a folder of its own, and clients that speak to it.
//
//   eachEngine("a ticket is kept", async (desk) => {
//   	const anna = await desk.signIn("brandt");
//   	const page = await anna.get("/tickets");
//   	assert.equal(page.status, 200);
//   });
//
// Every HTML page that a client gets goes through tidy when the desk stops; a
// sanitizer's report or a bad exit fails the test that stops it. Times are UTC milliseconds.
// Pages in a browser: tests/browser/harness.mjs.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync,
	rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const engines = ["sqlite", "postgresql"];

// Tuesday, 24 November 2026, 09:00 in Berlin.
export const MORNING = Date.UTC(2026, 10, 24, 8);
export const MINUTE = 60_000;

export const PASSWORD = "kurze-dienstwege-sind-gut";

// The same, hashed for as little time and memory as Argon2 allows. A desk's own
// hash takes a tenth of a second, as often as anybody signs in; employee() and
// the pages still make such.
const PASSWORD_HASH = "$argon2id$v=19$m=8,t=1,p=1$1bSLBLDa/XZLGXqx/qHq/w$" +
	"4umlaseT3BXzmHMDz2HIWzDy7t/66SgpW7B5eZHQUrs";

// Who works at a new desk.
export const STAFF = [
	{ login: "kaiser", name: "Tim Kaiser", role: "agent" },
	{ login: "brandt", name: "Sabine Brandt", role: "supervisor" },
	{ login: "adler", name: "Ruth Adler", role: "admin" },
];

export const program = process.env.DIENSTWEG_PROGRAM ??
	join(root, "build/gcc/dienstweg");
const BAD_OUTPUT = /ERROR: \w+Sanitizer|runtime error:|Assertion .* failed/;
const START_MS = 30_000;
const STOP_MS = 15_000;
const TEST_MS = 120_000;

// ---- Pages -----------------------------------------------------------------

// What is right in HTML of today but news to tidy.
const TIDY_BEHIND = [
	/<form> attribute "method" has invalid value "dialog"/,
	/<svg> attribute "(width|height)" has invalid value "\d+pt"/,
];

// Groups within a <dl> are news to it too, so it gets the list without them.
function withoutGroups(html) {
	return html.replace(/<dl\b[\s\S]*?<\/dl>/g,
		(list) => list.replace(/<\/?div>/g, ""));
}

// What tidy says against HTML pages, as an array of lines; one process for all
// of them, which are put into an empty folder.
function tidy(pages, folder) {
	const names = pages.map((html, i) => {
		writeFileSync(join(folder, String(i)), withoutGroups(html));
		return String(i);
	});
	const said = spawnSync("tidy", ["-q", "-e", "-utf8", "--gnu-emacs", "yes",
		"--show-info", "no", "--drop-empty-elements", "no",
		"--warn-proprietary-attributes", "no", ...names],
	{ cwd: folder, encoding: "utf8" });

	assert.ifError(said.error);
	return said.stderr.split("\n").filter((line) => line &&
		!TIDY_BEHIND.some((pattern) => pattern.test(line)));
}

// ---- Clients ---------------------------------------------------------------

// Somebody's HTTP client: keeps cookies, follows nothing by itself.
export class Client {
	#desk;
	#agent = new http.Agent({ keepAlive: true });
	cookies = new Map();
	headers; // sent with every request, over its own

	constructor(desk, headers = {}) {
		this.#desk = desk;
		this.headers = headers;
	}

	// One request as it is; resolves to {status, headers, text, json()}.
	async request(method, path, { headers = {}, body } = {}) {
		const url = new URL(path, this.#desk.url);
		const sent = { ...this.headers, ...headers };

		if (this.cookies.size)
			sent.Cookie = [...this.cookies].map((c) => c.join("=")).join("; ");
		if (body !== undefined)
			sent["Content-Length"] = Buffer.byteLength(body);
		const answer = await new Promise((resolve, reject) => {
			const rq = http.request(url, { method, headers: sent,
				agent: this.#agent }, (rs) => {
				const parts = [];
				rs.on("data", (part) => parts.push(part));
				rs.on("error", reject);
				rs.on("end", () => resolve({ status: rs.statusCode,
					headers: rs.headers,
					text: Buffer.concat(parts).toString("utf8") }));
			});
			rq.on("error", reject);
			rq.end(body);
		});
		this.#keepCookies(answer.headers["set-cookie"] ?? []);
		this.#keepPage(method, path, answer);
		answer.json = () => JSON.parse(answer.text);
		return answer;
	}

	#keepCookies(lines) {
		for (const line of lines) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
			if (/;\s*max-age=0/i.test(line))
				this.cookies.delete(name);
			else
				this.cookies.set(name, value);
		}
	}

	#keepPage(method, path, { headers, text }) {
		if (/^text\/html/.test(headers["content-type"] ?? "") &&
			/^\s*<!doctype/i.test(text))
			this.#desk.pages.set(text, `${method} ${path}`);
	}

	get(path, headers) {
		return this.request("GET", path, { headers });
	}

	// A form, sent as a browser on our own page would. `fields` is an object;
	// an array as a value repeats the field.
	post(path, fields = {}, headers = {}) {
		const form = new URLSearchParams();
		for (const [name, value] of Object.entries(fields))
			for (const one of [value].flat())
				form.append(name, one);
		return this.request("POST", path, { body: form.toString(),
			headers: { "Content-Type": "application/x-www-form-urlencoded",
				"Origin": this.#desk.url, "Sec-Fetch-Site": "same-origin",
				...headers } });
	}

	// JSON in, JSON out; no body when `value` is undefined.
	json(method, path, value, headers = {}) {
		return this.request(method, path, value === undefined ? { headers } :
			{ body: JSON.stringify(value),
				headers: { "Content-Type": "application/json", ...headers } });
	}

	// Goes where a redirect points, as a browser does; at most five times.
	async follow(answer) {
		for (let hops = 0; hops < 5 && answer.headers.location; hops++)
			answer = await this.get(answer.headers.location);
		return answer;
	}

	close() {
		this.#agent.destroy();
	}
}

// ---- The desk --------------------------------------------------------------

// The scratch server's URL with another database's name in it.
function databaseUrl(server, name) {
	return server.replace(/^(\w+:\/\/[^/]*\/)[^?]*/, `$1${name}`);
}

function psql(sql) {
	const server = process.env.DIENSTWEG_TEST_PG;
	assert.ok(server, "DIENSTWEG_TEST_PG must name a PostgreSQL to test on; " +
		"./test sets it");
	const done = spawnSync("psql", ["-X", "-q", "-d", server, "-c", sql],
		{ encoding: "utf8" });
	assert.ifError(done.error);
	assert.equal(done.status, 0, done.stderr);
	return server;
}

// Files are copied in a tenth of the time that PostgreSQL takes to write every
// block into its log as well, as it would by itself.
function databaseCopy(from, to) {
	return psql(`CREATE DATABASE ${to} TEMPLATE ${from} STRATEGY FILE_COPY`);
}

// What databases look like on a desk's first morning, by engine, staff and
// time: made once, copied for every further desk. A folder holds SQLite's, and
// the names of PostgreSQL's; the processes started from here share it, and it
// is gone with the one that made it.
const FIRSTS = "DIENSTWEG_TEST_FIRSTS";

if (!process.env[FIRSTS]) {
	process.env[FIRSTS] = mkdtempSync(join(tmpdir(), "firsts-"));
	process.on("exit", () => {
		for (const file of readdirSync(process.env[FIRSTS]))
			if (file.startsWith("postgresql-"))
				psql(`DROP DATABASE ${firstRead(file)}`);
		rmSync(process.env[FIRSTS], { recursive: true });
	});
}

// The file of such a first morning.
function firstFile(engine, now, staff) {
	const sum = createHash("sha256").update(JSON.stringify([now, staff]));

	return `${engine}-${sum.digest("hex").slice(0, 16)}`;
}

function firstRead(file) {
	try {
		return readFileSync(join(process.env[FIRSTS], file));
	} catch (e) {
		assert.equal(e.code, "ENOENT");
		return undefined;
	}
}

// Another process may do the same at the same time: whoever is last prevails.
function firstWrite(file, bytes) {
	const unready = join(process.env[FIRSTS],
		`unready-${randomBytes(6).toString("hex")}`);

	writeFileSync(unready, bytes);
	renameSync(unready, join(process.env[FIRSTS], file));
}

export class Desk {
	url;          // "http://127.0.0.1:43121", a new one after restart()
	folder;       // temporary; gone after stop()
	engine;
	database;     // as --database takes it
	pages = new Map(); // what clients got, with where from, until it stops
	#child;
	#said = "";   // everything on standard error since the last start
	#printed = ""; // the same on standard output
	#ended;       // resolves to {code, signal}
	#clients = [];
	#scratch;     // the database's name on PostgreSQL
	#time;

	// Makes folder, configuration, database and staff; start() serves it.
	constructor({ engine = "sqlite", config = {}, now = MORNING,
		staff = STAFF } = {}) {
		const file = firstFile(engine, now, staff);
		const first = firstRead(file);

		this.engine = engine;
		this.folder = mkdtempSync(join(tmpdir(), "desk-"));
		this.now(now);
		this.#databaseMake(first);
		this.#configure(config);
		if (first)
			return;
		this.command("migrate");
		for (const { login, name, role } of staff)
			this.employee(login, { name, role });
		this.query(`UPDATE employee SET password_hash = '${PASSWORD_HASH}'`);
		firstWrite(file, this.#databaseKeep());
	}

	#databaseMake(first) {
		if (this.engine === "postgresql") {
			this.#scratch = `desk_${randomBytes(6).toString("hex")}`;
			this.database = databaseUrl(databaseCopy(
				first ?? "template0", this.#scratch), this.#scratch);
			return;
		}
		const file = join(this.folder, "desk.db");
		this.database = `sqlite:${file}`;
		if (first)
			writeFileSync(file, first);
	}

	#databaseKeep() {
		if (!this.#scratch)
			return readFileSync(join(this.folder, "desk.db"));
		const name = `first_${randomBytes(6).toString("hex")}`;
		databaseCopy(this.#scratch, name);
		return name;
	}

	// What its own program says to SQL, asked of the database past the desk: one
	// text a row, its columns between bars.
	query(sql) {
		const [command, ...args] = this.#scratch ?
			["psql", "-X", "-q", "-A", "-t", "-d", this.database, "-c", sql] :
			["sqlite3", "-separator", "|", join(this.folder, "desk.db"), sql];
		const done = spawnSync(command, args, { encoding: "utf8" });

		assert.ifError(done.error);
		assert.equal(done.status, 0, done.stderr);
		return done.stdout.trimEnd().split("\n").filter(Boolean);
	}

	#configure(config) {
		const all = { listen: "127.0.0.1:0", database: this.database,
			clock: join(this.folder, "clock"), ...config };
		writeFileSync(join(this.folder, "desk.yaml"), Object.entries(all)
			.map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
			.join(""));
	}

	// Sets the desk's clock; without an argument tells it.
	now(ms) {
		if (ms !== undefined) {
			const file = join(this.folder, "clock");
			writeFileSync(`${file}.new`, String(ms));
			renameSync(`${file}.new`, file);
			this.#time = ms;
		}
		return this.#time;
	}

	pass(ms) {
		return this.now(this.#time + ms);
	}

	#environment() {
		const env = { PATH: process.env.PATH, LANG: "C.UTF-8",
			TMPDIR: tmpdir() };
		for (const name of ["ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"])
			if (process.env[name])
				env[name] = process.env[name];
		return env;
	}

	// Runs the command line on this desk; resolves no promise, it waits.
	// Returns {code, out, err}; `input` is its standard input.
	try(args, input = "") {
		const done = spawnSync(program,
			[...args, "--config", join(this.folder, "desk.yaml")],
			{ input, encoding: "utf8", env: this.#environment(),
				cwd: this.folder, maxBuffer: 64 << 20 });
		assert.ifError(done.error);
		assert.equal(done.signal, null, done.stderr);
		assert.doesNotMatch(done.stderr, BAD_OUTPUT);
		return { code: done.status, out: done.stdout, err: done.stderr };
	}

	// The same where only success will do; returns what it printed.
	command(...args) {
		const input = typeof args.at(-1) === "object" ? args.pop().input : "";
		const done = this.try(args, input);
		assert.equal(done.code, 0,
			`dienstweg ${args.join(" ")}: ${done.err}${done.out}`);
		return done.out;
	}

	employee(login, { name = login, role = "agent", password = PASSWORD } = {}) {
		this.command("employee", "add", login, "--name", name, "--role", role,
			{ input: `${password}\n` });
	}

	// A bearer token for the API.
	token(login) {
		return this.command("token", "create", login).trim().split(/\s+/).at(-1);
	}

	// Serves, and waits until it listens.
	async start({ port } = {}) {
		const listen = port && { DIENSTWEG_LISTEN: `127.0.0.1:${port}` };
		const child = spawn(program,
			["serve", "--config", join(this.folder, "desk.yaml")],
			{ env: { ...this.#environment(), ...listen }, cwd: this.folder,
				stdio: ["ignore", "pipe", "pipe"] });
		this.#child = child;
		this.#said = this.#printed = "";
		this.#ended = new Promise((resolve) => child.on("close",
			(code, signal) => resolve({ code, signal })));
		child.stderr.setEncoding("utf8");
		child.stderr.on("data", (text) => { this.#said += text; });
		child.stdout.setEncoding("utf8");
		await new Promise((resolve, reject) => {
			const late = setTimeout(() => reject(new Error(`no 'listening on' ` +
				`within ${START_MS} ms: ${this.#printed}${this.#said}`)),
			START_MS);
			child.on("error", reject);
			this.#ended.then(({ code, signal }) => reject(new Error(
				`ended (${code ?? signal}): ${this.#printed}${this.#said}`)));
			child.stdout.on("data", (text) => {
				this.#printed += text;
				const found = /^listening on (http:\/\/\S+)\n/m
					.exec(this.#printed);
				if (found) {
					this.url = found[1];
					clearTimeout(late);
					resolve();
				}
			});
		});
		return this;
	}

	// A power cut, as far as the program can tell.
	async kill9() {
		this.#child.kill("SIGKILL");
		await this.#ended;
	}

	// Ends it well, or fails the test: sanitizers report when it ends.
	async end() {
		const late = setTimeout(() => this.#child.kill("SIGKILL"), STOP_MS);
		this.#child.kill("SIGTERM");
		const { code, signal } = await this.#ended;
		clearTimeout(late);
		assert.doesNotMatch(this.#said, BAD_OUTPUT);
		assert.equal(signal, null, `ended by ${signal}: ${this.#said}`);
		assert.equal(code, 0, this.#said);
	}

	// Serves again what is there, after kill9() or without; on a new port
	// unless one is named.
	async restart(options) {
		if (this.#child.exitCode === null && this.#child.signalCode === null)
			await this.end();
		return this.start(options);
	}

	#pagesJudge() {
		const folder = join(this.folder, "pages");
		const from = [...this.pages.values()];

		mkdirSync(folder);
		assert.deepEqual(tidy([...this.pages.keys()], folder)
			.map((line) => line.replace(/^\d+/, (i) => from[i])), [], "tidy");
	}

	// The end: closes clients, ends the program, judges the pages, removes
	// everything.
	async stop() {
		try {
			for (const client of this.#clients)
				client.close();
			if (this.#child && this.#child.signalCode !== "SIGKILL")
				await this.end();
			if (this.pages.size)
				this.#pagesJudge();
		} finally {
			if (this.#scratch)
				psql(`DROP DATABASE IF EXISTS ${this.#scratch} WITH (FORCE)`);
			rmSync(this.folder, { recursive: true, force: true });
		}
	}

	// Runs something with this desk and stops it; what went wrong in it comes
	// before what goes wrong in the end, and with the desk's last words.
	async during(run) {
		try {
			await run(this);
		} catch (e) {
			if (this.#said)
				e.message += `\n---- the desk said:\n${this.#said.slice(-4000)}`;
			await this.stop().catch(() => {});
			throw e;
		}
		await this.stop();
	}

	// What it has logged since it was started.
	log() {
		return this.#said;
	}

	// What it has printed since then.
	printed() {
		return this.#printed;
	}

	get pid() {
		return this.#child.pid;
	}

	client(headers) {
		const client = new Client(this, headers);
		this.#clients.push(client);
		return client;
	}

	// A client that has signed in by the page.
	async signIn(login, password = PASSWORD) {
		const client = this.client();
		const answer = await client.post("/sign-in", { login, password });
		assert.equal(answer.status, 303, `${login} could not sign in`);
		return client;
	}

	// A client that carries a bearer token.
	api(login) {
		return this.client({ Authorization: `Bearer ${this.token(login)}` });
	}

	// Sends bytes as they are, returns everything that comes back until the
	// desk closes or `quiet` ms pass without a byte. `parts` are sent one
	// after the other, `pause` ms apart.
	raw(parts, { quiet = 1000, pause = 0 } = {}) {
		const { hostname, port } = new URL(this.url);
		return new Promise((resolve, reject) => {
			let got = "";
			const socket = net.connect(Number(port), hostname, async () => {
				for (const [i, part] of [parts].flat().entries()) {
					if (i && pause)
						await new Promise((go) => setTimeout(go, pause));
					if (!socket.destroyed)
						socket.write(part);
				}
			});
			socket.setEncoding("latin1");
			socket.setTimeout(quiet, () => socket.destroy());
			socket.on("data", (text) => { got += text; });
			socket.on("error", (e) => got || e.code === "ECONNRESET" ?
				resolve(got) : reject(e));
			socket.on("close", () => resolve(got));
		});
	}
}

// A desk that serves. The caller stops it.
export async function spawnDesk(options) {
	const desk = new Desk(options);
	try {
		return await desk.start();
	} catch (e) {
		await desk.kill9().catch(() => {});
		await desk.stop().catch(() => {});
		throw e;
	}
}

// The same test on both engines, each on a desk of its own. `options` as for
// spawnDesk.
export function eachEngine(name, options, run) {
	if (typeof options === "function")
		[options, run] = [{}, options];
	for (const engine of engines)
		test(`${name} [${engine}]`, { timeout: TEST_MS }, async (t) => {
			const desk = await spawnDesk({ ...options, engine });
			await desk.during(() => run(desk, t));
		});
}

// A file of tests/fixtures, as text.
export function fixture(name) {
	return readFileSync(join(root, "tests/fixtures", name), "utf8");
}
