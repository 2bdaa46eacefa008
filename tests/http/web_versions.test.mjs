// Versions of the instruction on the staff pages and by command: proved with
// complaints at their lines, compared, brought into force, read and signed,
// while calls run on the version that they began with.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eachEngine, root } from "./desk.mjs";
import { Call, form, words } from "./web.mjs";

const NEW = "/instruction/versions/new";
const SHIPPED = readFileSync(join(root, "instructions/phone-support.yaml"),
	"utf8");
const GREETING = "de: Guten Tag. Wie lautet";
const OTHER = SHIPPED.replace(GREETING, "de: Moin. Wie lautet");

// Presses a button of the page's form, with these fields typed in.
const press = (client, page, typed) => client.post(NEW,
	{ ...form(page.text, NEW).fields, ...typed });

const proves = async (client, source, more = {}) => press(client,
	await client.get(NEW), { source, activate: "0", ...more });

// Proves, then presses the button of the page that follows.
async function brings(client, source, note) {
	const proved = await proves(client, source);
	assert.equal(proved.status, 200, words(proved.text));
	return press(client, proved, { note, activate: "1" });
}

eachEngine("a version is proved, compared, brought into force and signed",
	async (desk) => {
		const brandt = await desk.signIn("brandt");
		let page = await brandt.get(NEW);
		assert.equal(form(page.text, NEW).fields.source, SHIPPED);
		assert.doesNotMatch(page.text, /name="activate" value="1"/);

		page = await proves(brandt, OTHER);
		assert.match(page.text, /<del>[^<]*Guten Tag\. Wie lautet/);
		assert.match(page.text, /<ins>[^<]*Moin\. Wie lautet/);
		assert.match(words(page.text), /Zeilen: 1 neu, 1 weggefallen/);
		assert.equal(form(page.text, NEW).fields.source, OTHER);

		// without a word on why, nothing; and everything comes back
		page = await press(brandt, page, { activate: "1" });
		assert.equal(page.status, 422);
		assert.match(page.text, /id="note-fault"/);
		assert.match(page.text, /<ins>[^<]*Moin/);
		const done = await press(brandt, page,
			{ note: "Kürzer begrüßen", activate: "1" });
		assert.equal(done.status, 303, words(done.text));
		page = await brandt.follow(done);
		assert.match(words(page.text), /Die Fassung gilt\./);
		assert.match(page.text, /<ins>[^<]*Moin/);

		page = await brandt.get("/instruction/versions");
		assert.match(words(page.text),
			/2 gilt .* Sabine Brandt Kürzer begrüßen 0 von 3/);
		assert.match(words(page.text),
			/1 .* mit dem Programm – 0 von 3/);
		assert.match(words(page.text),
			/noch lesen und unterschreiben: Ruth Adler Sabine Brandt Tim Kaiser/);

		const kaiser = await desk.signIn("kaiser");
		page = await kaiser.get("/");
		assert.match(page.text, /href="\/instruction\/versions\/2"/);
		page = await kaiser.get("/instruction/versions/2");
		for (let twice = 0; twice < 2; twice++)
			page = await kaiser.follow(
				await kaiser.post("/instruction/versions/2/sign"));
		assert.match(words(page.text), /Ihre Unterschrift ist vermerkt/);
		assert.doesNotMatch(page.text, /versions\/2\/sign/);
		page = await kaiser.get("/instruction/versions");
		assert.match(words(page.text), /Kürzer begrüßen 1 von 3/);
		assert.doesNotMatch((await kaiser.get("/")).text,
			/instruction\/versions\/2/);
		// an old version is signed no more
		page = await kaiser.post("/instruction/versions/1/sign");
		assert.equal(page.status, 409);
		assert.match(words(page.text), /Jetzt gilt Fassung 2/);
	});

eachEngine("complaints stand at their lines, and the text comes back",
	async (desk) => {
		const brandt = await desk.signIn("brandt");
		const lines = SHIPPED.split("\n");
		const at = lines.findIndex((line) => /^ +next:/.test(line));
		lines[at] = lines[at].replace(/next: .*/, "next: nowhere-at-all");
		const damaged = lines.join("\n");
		const page = await proves(brandt, damaged, { note: "Versuch <1>" });
		assert.equal(page.status, 422);
		assert.match(page.text,
			new RegExp(`href="#line-${at + 1}"[\\s\\S]*?nowhere-at-all`));
		assert.match(page.text,
			new RegExp(`id="line-${at + 1}" class="source-wrong"`));
		const { fields } = form(page.text, NEW);
		assert.equal(fields.source, damaged);
		assert.equal(fields.note, "Versuch <1>");
		assert.doesNotMatch(page.text, /name="activate" value="1"/);

		// no way around the proof
		const forced = await press(brandt, page,
			{ activate: "1", proved: "0" });
		assert.equal(forced.status, 422);
		assert.equal((await brandt.get("/instruction/versions/2")).status, 404);
	});

eachEngine("nothing comes into force that was not seen", async (desk) => {
	const brandt = await desk.signIn("brandt");
	const adler = await desk.signIn("adler");

	// changed after the proof
	let page = await press(brandt, await proves(brandt, OTHER),
		{ source: `${OTHER}# more\n`, note: "x", activate: "1" });
	assert.equal(page.status, 409);
	assert.match(words(page.text), /nach der Prüfung geändert/);
	assert.match(page.text, /<ins># more/);

	// another one was faster: the difference is to that one now
	assert.equal((await brings(adler, `${SHIPPED}# adler\n`, "y")).status, 303);
	page = await press(brandt, page, { note: "x", activate: "1" });
	assert.equal(page.status, 412);
	assert.match(words(page.text), /Inzwischen gilt Fassung 2/);
	assert.match(page.text, /<del># adler/);
	const done = await press(brandt, page, { note: "x", activate: "1" });
	assert.equal(done.headers.location.split("?")[0],
		"/instruction/versions/3");

	// sent twice it is no second version
	page = await press(brandt, page, { note: "x", activate: "1" });
	assert.equal(page.status, 409);
	assert.match(words(page.text), /gilt schon, als Fassung 3/);

	// the first text comes back as the fourth
	page = await brandt.get(`${NEW}?from=1`);
	const { source } = form(page.text, NEW).fields;
	assert.equal(source, SHIPPED);
	assert.equal((await brings(brandt, source, "zurück")).status, 303);
	assert.equal((await brandt.get("/instruction/versions/4")).status, 200);
});

eachEngine("only supervisors load; everybody reads", async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	assert.equal((await kaiser.get(NEW)).status, 403);
	assert.equal((await kaiser.post(NEW, { source: OTHER, note: "x",
		activate: "1" })).status, 403);
	const list = await kaiser.get("/instruction/versions");
	assert.equal(list.status, 200);
	assert.doesNotMatch(list.text, /versions\/new/);
	assert.equal((await kaiser.get("/instruction/versions/1")).status, 200);
	assert.equal((await kaiser.get("/instruction/versions/9")).status, 404);
	assert.equal((await kaiser.get("/instruction/versions?below=x")).status,
		200);
});

eachEngine("what is too large or no text is said to be so", async (desk) => {
	const brandt = await desk.signIn("brandt");
	for (const [source, said] of [
		["x".repeat((512 << 10) + 1), /zu lang: 524289 Zeichen/],
		["\n".repeat(10_001), /höchstens 10000/],
		["", /Prüfung nicht bestanden/],
	]) {
		const page = await proves(brandt, source);
		assert.equal(page.status, 422, words(page.text).slice(0, 300));
		assert.match(words(page.text), said);
	}
	const page = await proves(brandt, "x".repeat(1 << 20));
	assert.equal(page.status, 413);
});

eachEngine("a running call keeps its version, and is read by it later",
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const brandt = await desk.signIn("brandt");
		const call = await Call.start(kaiser);
		call.says(/Guten Tag\. Wie lautet/);
		assert.equal((await brings(brandt, OTHER, "kürzer")).status, 303);
		await call.reload();
		call.says(/Guten Tag\. Wie lautet/);
		(await Call.start(brandt)).says(/Moin\. Wie lautet/);
		await desk.restart();
		await call.reload();
		call.says(/Guten Tag\. Wie lautet/);
	});

eachEngine("by command, while the desk serves", async (desk) => {
	const file = join(desk.folder, "own.yaml");
	const brandt = await desk.signIn("brandt");
	writeFileSync(file, OTHER);
	assert.equal(desk.try(["instruction", "load", file]).code, 1);
	assert.match(desk.command("instruction", "load", file, "--note",
		"von außen"), /version 2/);
	(await Call.start(brandt)).says(/Moin\. Wie lautet/);
	const list = await brandt.get("/instruction/versions");
	assert.match(words(list.text), /durch einen Befehl von außen/);

	writeFileSync(file, OTHER.replace(/^id:.*/m, "id: Ä!"));
	const damaged = desk.try(["instruction", "load", file, "--note", "x"]);
	assert.equal(damaged.code, 1);
	assert.match(damaged.err, /own\.yaml:\d+:\d+: /);
});
