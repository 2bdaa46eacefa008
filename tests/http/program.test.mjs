// The program as a whole: its commands' exit codes, that it starts, survives
// and ends, and who gets in.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Desk, eachEngine, PASSWORD, program, spawnDesk, STAFF } from "./desk.mjs";

eachEngine("without signing in every page leads to the sign-in page",
	async (desk) => {
		for (const path of ["/", "/queue", "/tickets", "/customers"]) {
			const answer = await desk.client().get(path);
			assert.equal(answer.status, 303, path);
			assert.match(answer.headers.location, /^\/sign-in/, path);
		}
	});

eachEngine("a wrong password is refused, and the login comes back",
	async (desk) => {
		const answer = await desk.client().post("/sign-in",
			{ login: "kaiser", password: `${PASSWORD}!`, next: "" });
		assert.equal(answer.status, 401);
		assert.match(answer.text, /value="kaiser"/);
		assert.equal(answer.headers["set-cookie"], undefined);
	});

eachEngine("who is signed in stays so over a power cut and a restart",
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		await desk.kill9();
		await desk.restart();
		assert.equal((await kaiser.get("/")).status, 200);
		await desk.restart();
		assert.equal((await kaiser.get("/")).status, 200);
	});

test("a password on the command line is not there for others to read",
	async () => {
		const desk = new Desk({ engine: "postgresql" });
		const url = desk.database.replace("dienstweg@", "dienstweg:geheim@");
		const child = spawn(program, ["serve", "--database", url, "--listen",
			"127.0.0.1:0"], { stdio: ["ignore", "pipe", "ignore"] });

		try {
			assert.match(url, /:geheim@/);
			await new Promise((go) => child.stdout.on("data", (text) =>
				/listening/.test(text) && go()));
			const line = readFileSync(`/proc/${child.pid}/cmdline`, "utf8");
			assert.match(line, /--database/);
			assert.doesNotMatch(line, /geheim/);
		} finally {
			child.kill("SIGTERM");
			await new Promise((go) => child.on("close", go));
			await desk.stop();
		}
	});

eachEngine("signing out ends the session, not only the cookie",
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const cookies = new Map(kaiser.cookies);
		await kaiser.post("/sign-out");
		kaiser.cookies = cookies;
		assert.equal((await kaiser.get("/")).status, 303);
	});

eachEngine("the command line says good, no and wrong usage", async (desk) => {
	assert.equal(desk.try(["migrate"]).code, 0);
	const listed = desk.command("employee", "list");
	for (const { login } of STAFF)
		assert.match(listed, new RegExp(login));
	assert.equal(desk.try(["customer", "search", "nobody"]).code, 1);
	assert.equal(desk.try(["employee", "add", "kaiser"], "pass-word-1\n").code,
		1);
	for (const [words, reason] of [
		[["fly"], /no such command/],
		[["serve", "now"], /usage: dienstweg serve \[FLAGS\]/],
		[["employee", "role", "kaiser"], /employee role LOGIN agent\|/],
		[["serve", "--no-such-flag"], /--no-such-flag is no flag/],
		[["serve", "--json=1"], /--json=1 is no flag/],
		[["instruction", "draw", "x", "--lang", "fr"], /--lang must be de or/],
		// the flag behind is not its value
		[["serve", "--listen"], /--listen needs a value/],
	]) {
		const done = desk.try(words);
		assert.equal(done.code, 2, words.join(" "));
		assert.match(done.err, reason);
		assert.match(done.err, /^dienstweg: [^\n]*dienstweg --help[^\n]*\n$/);
	}
	assert.match(desk.command("--help"), /^usage: (.*\n){30,}/);
	// what is asked of lines is answered line by line, good or not
	assert.match(desk.command("wording", { input: "Bitte um Rückruf.\n" }),
		/^callback\t/);
	assert.match(desk.command("confidential",
		{ input: `${STAFF[0].name} ist krank.\n` }), /^absence\t/);
});

test("a bare command line lists the commands, a missing file is said",
	() => {
		const run = (...args) => spawnSync(program, args, { encoding: "utf8" });

		const bare = run();
		assert.equal(bare.status, 2);
		assert.match(bare.stderr, /^usage: dienstweg COMMAND/);
		assert.match(run("migrate", "--listen").stderr,
			/^dienstweg: --listen needs a value/);
		const lost = run("migrate", "--config", "/nowhere/nope.yaml");
		assert.equal(lost.status, 2);
		assert.equal(lost.stderr,
			"/nowhere/nope.yaml: No such file or directory\n");
	});

eachEngine("a password in the log would be a leak", async (desk) => {
	await desk.signIn("kaiser");
	await desk.client().post("/sign-in", { login: "kaiser", password: "nope" });
	assert.doesNotMatch(desk.log(), /nope|kurze-dienstwege/);
});

test("a wrong configuration is refused with its line", async () => {
	const desk = new Desk({ staff: [] });
	await desk.during(() => {
		writeFileSync(join(desk.folder, "desk.yaml"),
			"listen: 127.0.0.1:0\nworkres: 3\n");
		const done = desk.try(["migrate"]);
		assert.equal(done.code, 2);
		assert.match(done.err, /desk\.yaml:2:\d+: workres/);
	});
});

// A thread that took the signal would end the program at once. The main thread
// waits for it; while it does, the kernel shows it as open to signals.
test("no thread but the main one takes the signal to end", async () => {
	const desk = new Desk({ staff: [], config: { demo_site: "127.0.0.1:0" } });
	desk.query("INSERT INTO counter(name, value) VALUES ('demo', 1)");
	await desk.start();
	await desk.during(async () => {
		const ends = 1n << 1n | 1n << 14n; // SIGINT, SIGTERM
		const tasks = `/proc/${desk.pid}/task`;
		const masks = readdirSync(tasks).filter((id) => Number(id) !== desk.pid)
			.map((id) => BigInt(`0x${/^SigBlk:\s*(\w+)/m.exec(
				readFileSync(`${tasks}/${id}/status`, "utf8"))[1]}`));
		assert.ok(masks.length > 10, `${masks.length} threads`);
		assert.ok(masks.every((mask) => (mask & ends) === ends), masks.join());
		assert.match(desk.printed(), /website is on http:\/\/127\.0\.0\.1:\d+$/m);
	});
});

test("an address that is taken is said, and how to take another", async () => {
	const desk = await spawnDesk();
	await desk.during(() => {
		const done = desk.try(["serve", "--listen", new URL(desk.url).host]);
		assert.equal(done.code, 1);
		assert.match(done.err, /already in use; --listen takes another\n$/);
	});
});
