// What the API's tests share: a customer with a contract, a ticket's evidence,
// what a problem must look like, and a call led by a list of answers.
import assert from "node:assert/strict";

export const V1 = "/api/v1";

export const STAFF_ONE = [
	{ login: "brandt", name: "Sabine Brandt", role: "supervisor" },
];

export const QUESTION = "Beim Senden an gmx.de meldet der Server seit heute " +
	"8 Uhr den Fehler 550. Was bedeutet das?";

// Fails unless it is an RFC 9457 problem of that name; returns its body.
export function problem(answer, status, name) {
	assert.equal(answer.status, status, answer.text);
	assert.equal(answer.headers["content-type"], "application/problem+json");
	const body = answer.json();
	assert.equal(body.type, `/problems/${name}`, answer.text);
	assert.equal(body.status, status);
	assert.ok(body.title);
	assert.ok(Array.isArray(body.errors));
	return body;
}

// The fields that a problem names, sorted.
export function fields(body) {
	return body.errors.map((e) => e.field).sort();
}

// Fails unless it is good JSON of that status; returns its body.
export function good(answer, status = 200) {
	assert.equal(answer.status, status, answer.text);
	assert.equal(answer.headers["content-type"], "application/json");
	return answer.json();
}

// A customer; by default one with a running contract.
export async function customer(api, { name = "Tischlerei Arndt GmbH",
	contract = { product: "DSL 100", starts_on: "2020-01-01" } } = {}) {
	const made = good(await api.json("POST", `${V1}/customers`, { name }), 201);

	if (contract)
		good(await api.json("POST", `${V1}/customers/${made.id}/contracts`,
			contract), 201);
	return made;
}

// Everything that a ticket of support must bring.
export function evidence(number, changes = {}) {
	return { customer: number, person: "Petra Arndt", question: QUESTION,
		search: "fehler 550", reason: "keine Seite dazu", read_back: true,
		internet_hint: true, ...changes };
}

export async function ticketCount(api) {
	let n = 0;

	for (const state of ["unanswered", "answered", "closed"])
		for (let next = ""; next !== null;) {
			const page = good(await api.get(
				`${V1}/tickets?state=${state}&after=${next}`));
			n += page.tickets.length;
			next = page.next;
		}
	return n;
}

// A call, led over the API.
export class Call {
	state;

	constructor(api, state) {
		this.api = api;
		this.state = state;
	}

	static async start(api, body = {}) {
		return new Call(api, good(await api.json("POST", `${V1}/calls`, body),
			201));
	}

	get path() {
		return `${V1}/calls/${this.state.id}`;
	}

	async read() {
		return this.state = good(await this.api.get(this.path));
	}

	// Chooses the customer as if the whole number had been said.
	async chooses(made, typed = made.number) {
		return this.state = good(await this.api.json("POST",
			`${this.path}/customer`, { customer: made.id, typed }));
	}

	async names(name) {
		return this.state = good(await this.api.json("POST",
			`${this.path}/person`, { name }));
	}

	async types(name, value) {
		return this.state = good(await this.api.json("PUT",
			`${this.path}/inputs/${name}`, { value }));
	}

	// Tries a move from where the call stands; returns the answer as it came.
	tries(answer, changes = {}) {
		return this.api.json("POST", `${this.path}/moves`, {
			seq: this.state.seq, kind: "answer",
			step: this.state.step?.id ?? "number", answer, ...changes });
	}

	async moves(answer, changes = {}) {
		return this.state = good(await this.tries(answer, changes));
	}

	// Through several steps: "number:number" is step and answer.
	async goes(...steps) {
		for (const one of steps) {
			const [step, answer] = one.split(":");
			assert.equal(this.state.step?.id, step);
			await this.moves(answer);
		}
		return this.state;
	}
}
