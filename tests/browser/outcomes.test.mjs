// Every outcome that the shipped instructions offer, reached by keys alone in
// both languages. The ways are those that `instruction paths` lists, the
// shortest to each outcome; what only a branch leads to is named below.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { root, spawnDesk } from "../http/desk.mjs";
import { good } from "../http/api.mjs";
import { answer as ownAnswer, customer } from "../http/web.mjs";
import { inBrowser } from "./harness.mjs";
import { QUESTION, ready, searched } from "./web.mjs";

const CONTRACT = "10443-7";
const NO_CONTRACT = "20815-2";

// The keys of a branch; where it needs to be known who is calling, `from` is
// the step it is opened at.
const FILES = {
	"phone-support": { abandoned: ["H", "1"],
		transferred: { from: "matter", keys: ["M", "1", "1"] } },
	"heating-emergency": { abandoned: ["X"], "hung-up": ["G", "1"] },
};

// As the pages call them.
const WORDS = {
	answered: ["sofort beantwortet", "answered at once"],
	referred: ["auf die Website verwiesen", "referred to the website"],
	"known-fault": ["bekannte Störung", "known fault"],
	"customers-fault": ["Problem liegt beim Kunden", "the customer's own problem"],
	ticket: ["als Anfrage aufgenommen", "written as a ticket"],
	refused: ["abgelehnt", "refused"],
	declined: ["Angebot abgelehnt", "offer declined"],
	recorded: ["aufgenommen", "recorded"],
	"hung-up": ["sofort beendet", "ended at once"],
	abandoned: ["Anrufer hat aufgelegt", "the caller left"],
	order: ["Auftrag A", "order A"],
	consultation: ["Beratung gegen Entgelt", "paid consultation"],
	transferred: ["verbunden", "transferred"],
};

// What the file offers, by the names under "outcomes:".
function outcomes(file) {
	const yaml = readFileSync(join(root, `instructions/${file}.yaml`), "utf8");
	const section = /^outcomes:\n((?: .*\n|\n)+)/m.exec(yaml)[1];
	return [...section.matchAll(/^ {2}([\w-]+):/gm)].map(([, name]) => name);
}

// Each call is somebody else's, so that one which comes to no end is in no
// other's way.
const login = (outcome, lang) => `${outcome}-${lang}`;
const employ = (desk, logins) => desk.query(
	"INSERT INTO employee(login, name, role, password_hash, active, " +
	"keys_off, created_ms) SELECT column1, column1, role, password_hash, " +
	"active, keys_off, created_ms FROM employee, (VALUES " +
	`${logins.map((name) => `('${name}')`).join(", ")}) WHERE login = 'kaiser'`);

// The way of fewest steps to each outcome.
function shortest(desk, file) {
	const paths = desk.command("instruction", "paths",
		join(root, `instructions/${file}.yaml`), "--json");
	const best = {};
	for (const { outcome, steps } of JSON.parse(paths))
		if (!best[outcome] || steps.length < best[outcome].length)
			best[outcome] = steps;
	return best;
}

// An order that somebody works on: callers may be put through for it.
async function orderInHand(api) {
	const change = async ({ id, version }, what, body = {}) =>
		good(await api.json("POST", `/api/v1/orders/${id}/${what}`, body,
			{ "If-Match": `"${version}"` }));
	const offer = good(await api.json("POST", "/api/v1/orders", {
		customer: CONTRACT, person: "Petra Arndt", kind: "work",
		price: "setup", description: QUESTION }), 201);

	await change(await change(offer, "reply", { accepted: true,
		words: "Ja.", name: "Petra Arndt" }), "start");
}

const step = (page) => page.locator("form.step input[name=step]")
	.getAttribute("value");

// Types into whatever the step asks for and is empty yet; `number` is the
// customer's who is calling, if it is one.
async function fills(page, keys, number) {
	const texts = { ...number && { confirmed: "Betrag der letzten Rechnung" },
		search: "Weiterleitung", reason: "keine Seite dazu",
		question: QUESTION, text: "notiert", words: "Ja, bitte." };

	if (number && await page.locator("#typed").count() &&
		!await page.locator(".who").count()) {
		await keys("/", "Control+a", number, "Enter");
		await page.locator(".who").waitFor();
		await ready(page);
	}
	for (const [id, text] of Object.entries(texts)) {
		const field = page.locator(`#${id}`);
		if (await field.count() && !await field.inputValue()) {
			await ready(page);
			assert.equal(await page.evaluate(() =>
				document.activeElement.id), id, "the field has the focus");
			await keys(text);
		}
	}
	if (await page.locator("#name").count() &&
		!await page.locator("input[name=person]:checked").count())
		await keys("Escape", "/", "Petra Muster");
}

// Keys that lead to another page, one after the other.
async function presses(page, keys, ...strokes) {
	for (const key of strokes) {
		await Promise.all([page.waitForNavigation(), keys("Escape", key)]);
		await ready(page);
	}
}

// The answer that the search finds is taken; the guide goes on with it.
async function takes(page, keys) {
	await keys("Weiterleitung");
	await searched(page);
	await page.locator("#found .hit").first().waitFor();
	await keys("Enter");
	await Promise.all([page.waitForNavigation(), keys("Enter")]);
	await ready(page);
}

// One answer by its key, with what it needs.
async function answers(page, keys, id, number) {
	if (id === "page")
		return takes(page, keys);
	const key = await page.locator(`button[value="answer:${id}"]`)
		.getAttribute("data-key");

	await fills(page, keys, number);
	if (await page.locator("input[name=price]").count())
		return presses(page, keys, "1"); // a price, and on
	await presses(page, keys, key);
}

async function walks(page, keys, way) {
	const asked = way.find(({ id }) => ["entitlement", "covered"].includes(id));
	const number = asked && (asked.answer === "yes" ? CONTRACT : NO_CONTRACT);

	for (const { id, answer } of way)
		if (await step(page) === id)
			await answers(page, keys, answer, number);
		else
			assert.match(answer, /^(yes|no)$/, `${id} is passed by at ${await step(page)}`);
}

// Whatever else there could be: nothing.
async function ends(page, keys) {
	while (await page.locator("form.step").count()) {
		const last = page.locator("form.step .answer").last();
		const key = await last.getAttribute("data-key");
		await presses(page, keys, key);
	}
}

// A call to its outcome and to its end, which says how it was.
async function calls(page, keys, { way, branch, words }) {
	await presses(page, keys, "F2");
	if (branch?.from) {
		await walks(page, keys, way.slice(0,
			way.findIndex(({ id }) => id === branch.from)));
		await presses(page, keys, ...branch.keys);
	} else if (branch) {
		await presses(page, keys, ...branch);
	} else {
		await walks(page, keys, way);
	}
	await ends(page, keys);
	assert.ok((await page.locator("main").textContent()).includes(words),
		words);
}

for (const [file, branches] of Object.entries(FILES))
	describe(file, () => {
		let desk, ways;
		before(async () => {
			desk = await spawnDesk({ config: {
				instruction: join(root, `instructions/${file}.yaml`) } });
			employ(desk, outcomes(file).flatMap((outcome) =>
				["de", "en"].map((lang) => login(outcome, lang))));
			const kaiser = await desk.signIn("kaiser");
			await customer(kaiser);
			await customer(kaiser, { name: "Bäckerei Özdemir & Töchter OHG",
				number: NO_CONTRACT, contract: false });
			await ownAnswer(kaiser, { title: "Weiterleitung einrichten",
				body: "Im Kundenmenü unter „E-Mail“.",
				clicks: "Start > Hilfe > E-Mail" });
			await orderInHand(desk.api("brandt"));
			ways = shortest(desk, file);
		});
		after(() => desk.stop());

		test("each outcome has its way", () => {
			assert.deepEqual(outcomes(file).sort(),
				[...Object.keys(ways), ...Object.keys(branches)].sort());
		});

		for (const [i, lang] of ["de", "en"].entries())
			for (const outcome of outcomes(file))
				test(`${outcome} (${lang})`, () => inBrowser(desk,
					{ as: login(outcome, lang), lang },
					({ page, keys }) => calls(page, keys, {
						way: ways[outcome] ?? ways.answered,
						branch: branches[outcome],
						words: WORDS[outcome][i] })));
	});
