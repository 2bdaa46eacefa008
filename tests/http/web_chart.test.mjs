// The instruction to be read, drawn and on paper: every anchor is there, every
// rule leads to its steps and back, the way of a call is marked on the version
// that it began with, and Graphviz runs no more often than it must.
import assert from "node:assert/strict";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eachEngine, root } from "./desk.mjs";
import { Call, customer, TO_TICKET, unescape, words } from "./web.mjs";

const ONE = "/instruction/versions/1";
const PHONE = join(root, "instructions/phone-support.yaml");
const HEATING = join(root, "instructions/heating-emergency.yaml");

const all = (text, pattern) => [...text.matchAll(pattern)].map((m) => m[1]);
const count = (text, pattern) => all(text, pattern).length;

// What stands between two headings of a page.
const section = (text, id) =>
	new RegExp(`<section[^>]*aria-labelledby="${id}"[\\s\\S]*?</section>`)
		.exec(text)[0];

// Starts the desk anew with another PATH.
async function restartWith(desk, path) {
	const before = process.env.PATH;
	process.env.PATH = path;
	try {
		await desk.restart();
	} finally {
		process.env.PATH = before;
	}
}

// Puts a program dot in place that notes its runs and then does that.
function dotDoes(desk, what) {
	const file = join(desk.folder, "dot");
	writeFileSync(file, `#!/bin/sh\necho >>${desk.folder}/runs\n${what}\n`);
	chmodSync(file, 0o755);
}

const runs = (desk) => readFileSync(join(desk.folder, "runs")).length;

eachEngine("the whole instruction is read on the version's page",
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		desk.command("instruction", "load", HEATING, "--note", "andere");
		for (const [path, file] of [[ONE, PHONE],
			["/instruction/versions/2", HEATING]]) {
			const { text } = await kaiser.get(path);
			const source = readFileSync(file, "utf8");
			const ids = new Set(all(text, / id="([^"]+)"/g));
			for (const to of all(text, /href="#([^"]+)"/g))
				assert.ok(ids.has(to), `${path} has no #${to}`);
			for (const id of all(source, /^ {2}- id: ([MN]\d+b?)$/gm))
				assert.ok(ids.has(`rule-${id}`), id);
			const steps = source.slice(source.indexOf("\nsteps:"),
				source.indexOf("\nanytime:"));
			for (const id of all(steps, /^ {2}- id: (\S+)$/gm))
				assert.ok(ids.has(`step-${id}`), id);
			for (const said of all(steps, /^ {4}(?:say|ask|hint):\n {6}de: (.+)$/gm))
				assert.ok(words(text).includes(said), said);
		}
	});

eachEngine("every rule leads to its steps, and every step to its rules",
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const { text } = await kaiser.get(ONE);
		const forth = new Set(), back = new Set();
		for (const [, rule, inner] of section(text, "rules").matchAll(
			/<li id="rule-([^"]+)">([\s\S]*?)<\/li>/g))
			for (const step of all(inner, /href="#step-([^"]+)"/g))
				forth.add(`${rule} ${step}`);
		for (const [, step, inner] of section(text, "steps").matchAll(
			/<li id="step-([^"]+)"[^>]*>([\s\S]*?)<\/header>/g))
			for (const rule of all(inner, /href="#rule-([^"]+)"/g))
				back.add(`${rule} ${step}`);
		assert.ok(forth.has("M3 number") && forth.size > 40);
		assert.deepEqual([...back].sort(), [...forth].sort());
		assert.match(words(section(text, "rules")),
			/M8 Alle sehen dreimal .*? dafür sind die Durchsichten da/);
		const outcomes = words(section(text, "outcomes"));
		assert.match(outcomes, /als Anfrage aufgenommen M5 M11 35 more/);
		assert.match(outcomes, /warum keine Antwort half/);
		assert.match(words(section(text, "anytime")),
			/Z Zeit ist um M7 Öffnet sich von selbst, wenn die Zeit um ist\. 66 limit/);
	});

eachEngine("the chart stands in a page of its own, and on a sheet",
	async (desk) => {
		const nobody = desk.client();
		for (const what of ["chart", "chart.svg", "booklet"])
			assert.equal((await nobody.get(`${ONE}/${what}`)).status, 303);
		const kaiser = await desk.signIn("kaiser");
		for (const what of ["chart", "chart.svg", "booklet"])
			assert.equal((await kaiser.get(
				`/instruction/versions/9/${what}`)).status, 404);

		let page = await kaiser.get(`${ONE}/chart`);
		assert.equal(page.status, 200);
		assert.match(page.text, /<svg /);
		assert.match(page.text, /Guten Tag\. Wie lautet/);
		assert.ok(page.text.includes(`xlink:href="${ONE}#step-number"`));
		assert.ok(page.text.includes(`xlink:href="${ONE}#anytime-lesson"`));
		assert.match(page.text,
			/href="[^"]*chart\?large=1#chart-step-number"/);
		assert.match(unescape(page.text), /id="chart-step-number"/);
		assert.doesNotMatch(page.text, /class="node step here"/);
		// in the dark every colour has another
		const css = readFileSync(join(root, "web/static/app.css"), "utf8");
		for (const colour of new Set(all(page.text.slice(page.text
			.indexOf("<svg w")), /(?:fill|stroke)="(#[0-9a-f]{6})"/g)))
			assert.ok(colour === "#18262b" || css.includes(`="${colour}"]`),
				colour);
		page = await kaiser.get(`${ONE}/chart?large=1`);
		assert.match(page.text, /class="chart box chart-large"/);

		page = await kaiser.get(`${ONE}/chart.svg`);
		assert.equal(page.status, 200);
		assert.match(page.headers["content-type"], /^image\/svg\+xml/);
		assert.match(page.headers["content-security-policy"],
			/^default-src 'none'.*sandbox/);
		assert.match(page.text, /^<svg viewBox="[\d. ]+" xmlns="/);
	});

eachEngine("the way of a call is marked, on the version it began with",
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const brandt = await desk.signIn("brandt");
		await customer(brandt);
		const call = await Call.start(kaiser);
		assert.ok(call.page.text.includes(`href="${call.path}/chart"`));
		await call.identified();
		const other = join(desk.folder, "other.yaml");
		writeFileSync(other, readFileSync(PHONE, "utf8")
			.replace("de: Guten Tag. Wie lautet", "de: Moin. Wie lautet"));
		desk.command("instruction", "load", other, "--note", "kürzer");

		let page = await kaiser.get(`${call.path}/chart`);
		assert.equal(page.status, 200);
		assert.match(page.text, /Guten Tag\. Wie lautet/);
		assert.match(words(page.text), /nach Fassung 1/);
		assert.ok(page.text.includes(`xlink:href="${ONE}#step-matter"`));
		assert.match(page.text, /chart\?large=1#chart-step-matter"/);
		// number, person, matter; the contract; three arrows
		assert.equal(count(page.text, /(class="node step here")/g), 3);
		assert.equal(count(page.text, /(class="node decide here")/g), 1);
		assert.equal(count(page.text, /(class="edge here")/g), 3);

		await call.answers(...TO_TICKET);
		await call.answers("nothing");
		page = await kaiser.get(call.path);
		assert.ok(page.text.includes(`href="${call.path}/chart"`));
		page = await brandt.get(`${call.path}/chart`);
		assert.equal(count(page.text, /(class="node step here")/g), 9);
		const second = await Call.start(brandt);
		page = await brandt.get(`${second.path}/chart`);
		assert.match(page.text, /Moin\. Wie lautet/);
		assert.match(words(page.text), /nach Fassung 2/);
		assert.equal((await kaiser.get("/calls/99/chart")).status, 404);
		assert.equal((await desk.client().get(`${call.path}/chart`)).status,
			303);
	});

eachEngine("what was drawn is not drawn again", async (desk) => {
	dotDoes(desk, `PATH=${process.env.PATH}; exec dot "$@"`);
	await restartWith(desk, desk.folder);
	const kaiser = await desk.signIn("kaiser");
	const pages = await Promise.all([1, 2, 3, 4].map(() =>
		kaiser.get(`${ONE}/chart`)));
	for (const page of pages)
		assert.match(page.text, /<svg /);
	await kaiser.get(`${ONE}/chart?large=1`);
	await kaiser.get(`${ONE}/chart.svg`);
	assert.equal(runs(desk), 1);
	await kaiser.post("/settings", { lang: "en", back: "/" });
	assert.match((await kaiser.get(`${ONE}/chart`)).text, /Good day/);
	assert.equal(runs(desk), 2);
});

eachEngine("without Graphviz everything else works", async (desk) => {
	await restartWith(desk, join(desk.folder, "nothing"));
	const kaiser = await desk.signIn("kaiser");
	const call = await Call.start(kaiser);
	for (const path of [`${ONE}/chart`, `${call.path}/chart`]) {
		const page = await kaiser.get(path);
		assert.equal(page.status, 503);
		assert.match(words(page.text), /Graphviz, und das ist hier nicht/);
		assert.doesNotMatch(page.text, /<title>instruction/);
	}
	const sheet = await kaiser.get(`${ONE}/chart.svg`);
	assert.equal(sheet.status, 500);
	assert.match(words(sheet.text), /Graphviz, und das ist hier nicht/);
	assert.equal((await kaiser.get(ONE)).status, 200);
	assert.equal((await kaiser.get(`${ONE}/booklet`)).status, 200);

	// and what says something else than a chart is not believed
	dotDoes(desk, "echo '<svg width=\"1\"><script>x</script></svg>'");
	await restartWith(desk, desk.folder);
	const page = await kaiser.get(`${ONE}/chart`);
	assert.equal(page.status, 503);
	assert.match(words(page.text), /konnte das Ablaufbild nicht zeichnen/);
	assert.doesNotMatch(page.text, /<script>x/);
});

eachEngine("the booklet leads by numbers, and has a form with both times",
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const { text } = await kaiser.get(`${ONE}/booklet`);
		const said = words(text);
		assert.match(said, /1 Guten Tag\. Wie lautet bitte Ihre Kundennummer\?/);
		assert.match(said, /Weiß die Nummer nicht → 2 Ist kein Kunde → 38/);
		assert.match(said, /38 Möchten Sie Kunde bei uns werden\?/);
		assert.match(said, /Gesprächs? am \(Tag, Uhrzeit\)/);
		assert.match(said, /Nachgetragen am \(Tag, Uhrzeit\)/);
		assert.match(said, /Sobald die Zeit um ist\. → \d+/);
		assert.match(said, /Preisliste .*Netto .*Beratung/);
		const ids = new Set(all(text, / id="([^"]+)"/g));
		for (const to of all(text, /href="#([^"]+)"/g))
			assert.ok(ids.has(to), to);
		await kaiser.post("/settings", { lang: "en", back: "/" });
		assert.match(words((await kaiser.get(`${ONE}/booklet`)).text),
			/Does not know the number → 2 Is no customer → 38/);
	});

eachEngine("by command", async (desk) => {
	const german = desk.command("instruction", "draw", PHONE);
	assert.match(german, /^<svg viewBox="[\d. ]+" xmlns="/);
	assert.match(german, /Guten Tag\. Wie lautet/);
	assert.doesNotMatch(german, /xlink:href/);
	const english = desk.command("instruction", "draw", HEATING, "--lang",
		"en");
	assert.match(english, /Smells gas/);
	assert.equal(desk.try(["instruction", "draw", PHONE, "--lang", "fr"]).code,
		2);
	assert.equal(desk.try(["instruction", "draw", "nothing.yaml"]).code, 1);
});
