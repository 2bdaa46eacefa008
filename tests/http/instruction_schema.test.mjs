// What editors check while an instruction is written (docs/instruction.schema.
// json) and what its manual says, held against the program: the same words, and
// no file that the program takes is refused by the schema.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "./desk.mjs";

const require = createRequire(join(root, "package.json"));
const Ajv = require("ajv");
const YAML = require("yaml");

const read = (path) => readFileSync(join(root, path), "utf8");
const program = process.env.DIENSTWEG_PROGRAM ??
	join(root, "build/gcc/dienstweg");
const schema = JSON.parse(read("docs/instruction.schema.json"));
const valid = new Ajv({ strictRequired: false, strictTypes: false,
	allErrors: true }).compile(schema);
const SHIPPED = "instructions/phone-support.yaml";

const complaints = (doc) => valid(doc) ? [] :
	valid.errors.map((e) => `${e.instancePath} ${e.message}`);

// Whether the program takes it, and what it says.
function checked(source) {
	const done = spawnSync(program, ["instruction", "check", "-"],
		{ input: source, encoding: "utf8" });
	assert.ok(done.status === 0 || done.status === 1, done.stderr);
	return { ok: done.status === 0, err: done.stderr };
}

// The names of one X-macro list in a header: [[name, rest of the row]].
function list(header, macro) {
	const text = read(header);
	const from = text.indexOf(`#define ${macro}(X)`);
	assert.ok(from >= 0, macro);
	const body = text.slice(from, text.indexOf("\n\n", from));
	return [...body.matchAll(/X\(\w+, "([^"]+)"(?:, (\w+))?\)/g)]
		.map(([, name, more]) => [name, more]);
}

const VOCABULARY = "src/instruction/vocabulary.h";
const names = (macro) => list(VOCABULARY, macro).map(([name]) => name);
const sorted = (words) => [...words].sort();

test("the shipped instructions and the sound fixtures are valid", () => {
	for (const path of [SHIPPED, "instructions/heating-emergency.yaml",
		"tests/fixtures/instruction/small.yaml",
		"tests/fixtures/instruction/proved.yaml"])
		assert.deepEqual(complaints(YAML.parse(read(path))), [], path);
});

test("of the damaged fixtures those are refused whose shape is damaged", () => {
	const folder = "tests/fixtures/instruction/damaged";
	const refused = readdirSync(join(root, folder)).filter((file) =>
		!valid(YAML.parse(read(join(folder, file)))));
	assert.deepEqual(sorted(refused),
		["decides-by-both.yaml", "text-missing.yaml"]);
});

const step = (doc, id) => doc.steps.find((one) => one.id === id);

// What can be wrong with the shape of a file; each also for the program.
const DAMAGES = {
	"no version": (doc) => delete doc.dienstweg,
	"a version of tomorrow": (doc) => doc.dienstweg = 2,
	"no title": (doc) => delete doc.title,
	"one language": (doc) => delete doc.title.en,
	"an empty text": (doc) => doc.title.en = " ",
	"another language": (doc) => doc.title.fr = "Assistance",
	"an unknown key": (doc) => doc.colour = "red",
	"no limits": (doc) => delete doc.limits,
	"no length of time": (doc) => doc.limits.call = "5 minutes",
	"too many matters": (doc) => doc.limits.matters = 17,
	"no rules": (doc) => doc.rules = [],
	"a rule without text": (doc) => delete doc.rules[0].text,
	"an id with a space": (doc) => doc.rules[0].id = "M 1",
	"nobody keeps it": (doc) => doc.rules[7]["kept-by"] = "nobody",
	"an outcome of its own": (doc) => doc.outcomes.solved = {},
	"evidence of its own": (doc) => doc.outcomes.ticket.requires.push("proof"),
	"no steps": (doc) => doc.steps = [],
	"no start": (doc) => delete doc.start,
	"a step without seconds": (doc) => delete step(doc, "person").seconds,
	"a step for hours": (doc) => step(doc, "person").seconds = 3601,
	"nothing said or asked": (doc) => delete step(doc, "person").say,
	"no answers": (doc) => step(doc, "person").answers = [],
	"ten answers": (doc) => step(doc, "matter").answers.push(
		...Array.from({ length: 6 }, (_, i) => ({ id: `more-${i}`,
			text: { de: "Ja", en: "Yes" }, next: "search" }))),
	"an input of its own": (doc) => step(doc, "person").input = "photograph",
	"visited too often": (doc) => step(doc, "search").max = 10,
	"a need of its own": (doc) =>
		step(doc, "person").answers[0].needs = "photograph",
	"a fact of its own": (doc) => step(doc, "person").answers[0].when = "rain",
	"an answer without text": (doc) =>
		delete step(doc, "person").answers[0].text,
	"an answer that leads nowhere": (doc) =>
		delete step(doc, "person").answers[0].next,
	"an answer that leads twice": (doc) =>
		step(doc, "person").answers[0].end = "refused",
	"then without end": (doc) => step(doc, "person").answers[0].then = "more",
	"an end of its own": (doc) =>
		step(doc, "unidentified").answers[0].end = "solved",
	"decides and asks": (doc) => step(doc, "entitlement").say =
		{ de: "Ja", en: "Yes" },
	"decides by nothing known": (doc) =>
		step(doc, "entitlement").decide = "weather",
	"decides one way": (doc) => delete step(doc, "entitlement").no,
	"a way that leads twice": (doc) =>
		step(doc, "entitlement").yes.end = "refused",
	"a key that is no letter": (doc) => doc.anytime[0].key = "7",
	"a key of two": (doc) => doc.anytime[0].key = "MM",
	"a branch without text": (doc) => delete doc.anytime[0].text,
	"a branch that leads nowhere": (doc) => delete doc.anytime[0].start,
	"a branch that leads twice": (doc) => doc.anytime[0].end = "refused",
	"no list of branches": (doc) => doc.anytime = {},
};

for (const [name, damage] of Object.entries(DAMAGES))
	test(`schema and program refuse: ${name}`, () => {
		const doc = YAML.parse(read(SHIPPED));
		damage(doc);
		assert.notDeepEqual(complaints(doc), []);
		assert.equal(checked(YAML.stringify(doc)).ok, false);
	});

test("what the program takes, written by a machine, the schema takes", () => {
	const doc = YAML.parse(read(SHIPPED));
	doc.rules[0]["kept-by"] = "guide";
	doc.limits = { call: "4m60s", warn: "240000ms", grace: "30s" };
	step(doc, "person").answers[0].needs = ["person"];
	step(doc, "person").answers[0].sets = "person";
	assert.deepEqual(complaints(doc), []);
	const { ok, err } = checked(YAML.stringify(doc));
	assert.ok(ok, err);
});

test("the schema's words are the program's", () => {
	const { definitions: d } = schema;
	assert.deepEqual(d.fact.enum, names("FACT_LIST"));
	assert.deepEqual(d.evidence.enum, names("EVIDENCE_LIST"));
	assert.deepEqual(d.input.enum, names("INPUT_LIST"));
	assert.deepEqual(d["outcome-name"].enum, names("OUTCOME_LIST"));
	assert.deepEqual(d.end.enum, [...names("OUTCOME_LIST"), "call"]);
	assert.deepEqual(Object.keys(schema.properties.outcomes.properties),
		names("OUTCOME_LIST"));
	assert.deepEqual(d.rule.properties["kept-by"].enum, names("KEEPER_LIST"));
});

test("the schema's keys are the program's", () => {
	const header = read("src/instruction/keys.h").replace(/\\\n\s*/g, " ");
	const { definitions: d } = schema;
	const maps = { ROOT: schema, LIMITS: d.limits, RULE: d.rule,
		OUTCOME: d.outcome, ANYTIME: d.branch, ASKS: d["asking-step"],
		DECIDES: d["deciding-step"], ANSWER: d.answer, BRANCH: d.way.else };
	const keys = [...header.matchAll(/#define KEYS_(\w+)\s+"([^"]+)"/g)];
	assert.deepEqual(sorted(keys.map(([, map]) => map)),
		sorted(Object.keys(maps)));
	for (const [, map, words] of keys)
		assert.deepEqual(sorted(Object.keys(maps[map].properties)),
			sorted(words.split(" ")), map);
});

test("everything that the schema knows is described", () => {
	const bare = [];
	(function look(node, path) {
		for (const [key, one] of Object.entries(node.properties ?? {})) {
			const to = `${path}/${key}`;
			const named = one.$ref && schema.definitions[
				one.$ref.replace("#/definitions/", "")];
			if (!(one.description ?? named?.description)?.includes(" / "))
				bare.push(to);
			look(one, to);
		}
		for (const [key, one] of Object.entries(node.definitions ?? {}))
			look(one, `${path}/${key}`);
		if (node.else)
			look(node.else, path);
	})(schema, "");
	assert.deepEqual(bare, []);
});

// The table of fixed words in a manual: the words of each of its rows.
function table(path) {
	const section = /\n## (?:Die festen Wörter|The words that are fixed)\n([\s\S]*?)\n## /
		.exec(read(path))[1];
	return section.split("\n").filter((line) => /^\|.*`/.test(line)).map((row) =>
		[...row.matchAll(/`([^`]+)`/g)].map((m) => m[1]));
}

for (const path of ["docs/instruction.de.md", "docs/instruction.en.md"])
	test(`the table of words is complete: ${path}`, () => {
		const evidence = list(VOCABULARY, "EVIDENCE_LIST");
		const of = (call) => evidence.filter(([, of_call]) =>
			of_call === call).map(([name]) => name);
		assert.deepEqual(table(path), [names("OUTCOME_LIST"),
			names("INPUT_LIST"), names("FACT_LIST"), of("true"),
			of("false")]);
	});
