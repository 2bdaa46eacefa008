// What the tests of the staff pages share: the forms of a page as a browser
// without JavaScript sees them, and a call led by pressing its buttons.
import assert from "node:assert/strict";

export const QUESTION = "Seit gestern 17 Uhr kommen an info@arndt.example " +
	"keine Mails mehr an, obwohl die Weiterleitung eingerichtet ist.";

// ---- Reading pages ---------------------------------------------------------

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: "\"", apos: "'",
	nbsp: "\u00a0" };

export function unescape(html) {
	return html.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi,
		(all, dec, hex, name) => name ? ENTITIES[name] ?? all :
			String.fromCodePoint(dec ? Number(dec) : parseInt(hex, 16)));
}

// The text of a piece of HTML as it is read.
export function words(html) {
	return unescape(html.replace(/<[^>]*>/g, " ")).replace(/\s+/g, " ").trim();
}

function attributes(tag) {
	const all = {};
	for (const [, name, , quoted] of
		tag.matchAll(/\s([\w-]+)(=(?:"([^"]*)"))?/g))
		all[name] = unescape(quoted ?? "");
	return all;
}

function selects(inner, fields) {
	for (const [, head, body] of
		inner.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
		const first = /<option\b([^>]*)>/.exec(body);
		fields[attributes(head).name] = attributes(first[1]).value;
	}
}

// The forms of a page: [{action, method, fields, buttons}], fields with what
// stands in them, buttons as {name, value, text}.
export function forms(html) {
	return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(
		([, head, inner]) => {
			const fields = {};
			for (const [, tag] of inner.matchAll(/<input\b([^>]*)>/g)) {
				const a = attributes(tag);
				if (a.type !== "radio" || "checked" in a)
					fields[a.name] = a.value ?? "";
			}
			for (const [, tag, text] of
				inner.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g))
				fields[attributes(tag).name] =
					unescape(text).replace(/^\n/, "");
			selects(inner, fields);
			const buttons = [...inner.matchAll(
				/<button\b([^>]*)>([\s\S]*?)<\/button>/g)].map(
				([, tag, text]) => ({ ...attributes(tag),
					text: words(text) }));
			const { action, method = "get" } = attributes(head);
			return { action, method, fields, buttons };
		});
}

// The form that posts to `action`; fails if there is none.
export function form(html, action) {
	const found = forms(html).find((one) => one.action === action);
	assert.ok(found, `no form to ${action} in: ${words(html)}`);
	return found;
}

// Fills in a form of the page as a person would and sends it; the other
// fields go as they stand. Returns the answer, not followed.
export function sends(client, page, action, typed = {}) {
	const { fields } = form(page.text, action);
	for (const name of Object.keys(typed))
		assert.ok(name in fields, `${action} asks for no ${name}`);
	return client.post(action, { ...fields, ...typed });
}

// ---- Things that tests need ------------------------------------------------

// Sends a form, and fails unless it was taken; returns the page that follows.
export async function does(client, path, action, typed) {
	const page = await client.get(path);
	const answer = await sends(client, page, action, typed);
	assert.equal(answer.status, 303, words(answer.text));
	return client.follow(answer);
}

// A new customer with its number; by default one with a contract and a person.
export async function customer(client, { name = "Tischlerei Arndt GmbH",
	number = "10443-7", contract = true, person = "Petra Arndt" } = {}) {
	const added = await sends(client, await client.get("/customers/new"),
		"/customers/new", { name, number });
	assert.equal(added.status, 303, words(added.text));
	const path = new URL(added.headers.location, "http://x").pathname;
	if (contract)
		await does(client, `${path}/contracts/new`, `${path}/contracts/new`,
			{ product: "DSL 100", starts_on: "2020-01-01" });
	if (person)
		await does(client, path, `${path}/persons`, { name: person });
	return { path, id: Number(path.split("/").at(-1)), number, name };
}

// An own answer, written in the browser; the page that follows.
export function answer(client, { title, body = "So geht es.", url = "",
	clicks = "" }) {
	return does(client, "/answers/new", "/answers/new",
		{ title, body, url, clicks });
}

// A call, led by pressing the buttons of its page.
export class Call {
	path;
	page;

	constructor(client) {
		this.client = client;
	}

	static async start(client) {
		const call = new Call(client);
		const answer = await client.post("/calls/new");
		assert.equal(answer.status, 303);
		call.path = answer.headers.location;
		await call.reload();
		return call;
	}

	async reload() {
		this.page = await this.client.get(this.path);
		assert.equal(this.page.status, 200);
		return this.page;
	}

	// The form whose button says this move, as {fields, button}.
	button(move) {
		for (const { action, fields, buttons } of forms(this.page.text)) {
			const button = buttons.find((b) => b.value === move);
			if (action === `${this.path}/step` && button)
				return { fields, button };
		}
		assert.fail(`no button ${move} in: ${words(this.page.text)}`);
	}

	// Presses a button with these fields typed in; the answer as it came.
	tries(move, typed = {}) {
		const { fields } = this.button(move);
		for (const name of Object.keys(typed))
			assert.ok(name in fields ||
				["person", "price", "order"].includes(name),
				`the step asks for no ${name}`);
		return this.client.post(`${this.path}/step`,
			{ ...fields, ...typed, move });
	}

	// The same where the desk must agree; reads the page that follows.
	async presses(move, typed) {
		const answer = await this.tries(move, typed);
		assert.equal(answer.status, 303, `${move}: ${words(answer.text)}`);
		this.page = await this.client.follow(answer);
		assert.equal(this.page.status, 200);
		return this.page;
	}

	// Answers one step after the other: "number" is a button, an object in
	// front of it what is typed first.
	async answers(...steps) {
		let typed;
		for (const one of steps) {
			if (typeof one === "string")
				await this.presses(`answer:${one}`, typed);
			typed = typeof one === "string" ? undefined : one;
		}
		return this.page;
	}

	// Types what finds the customer and takes it.
	async finds(typed) {
		const answer = await sends(this.client, this.page,
			`${this.path}/customer`, { typed });
		assert.equal(answer.status, 303, words(answer.text));
		this.page = await this.client.follow(answer);
		return this.page;
	}

	// As far as the matter: who is calling is known.
	async identified(number = "10443-7") {
		await this.finds(number);
		return this.answers("number", "named");
	}

	// Searches without a script, and takes the answer of that title.
	async takes(search, title) {
		await this.presses("stay:", { search });
		const row = [...this.page.text.matchAll(
			/value="(take:\d+)"[^>]*>\s*<span class="hit-title">([^<]*)/g)]
			.find((one) => one[2].trim() === title);
		assert.ok(row, `${title} in: ${words(this.page.text)}`);
		return this.presses(row[1]);
	}

	says(pattern) {
		assert.match(words(this.page.text), pattern);
	}
}

// All the answers of a call that ends in a ticket, from the matter on.
export const TO_TICKET = ["question", { search: "Weiterleitung" }, "nothing",
	{ reason: "Anleitung passt nicht" }, "given", { question: QUESTION },
	"exact", "right", "said"];
