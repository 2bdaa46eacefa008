// What the browser tests of the staff pages share: a desk with something on
// it, and a call led by keys alone.
import assert from "node:assert/strict";
import { spawnDesk } from "../http/desk.mjs";
import { evidence } from "../http/api.mjs";
import { customer } from "../http/web.mjs";

export const QUESTION = "Seit gestern 17 Uhr kommen an info@arndt.example " +
	"keine Mails mehr an, obwohl die Weiterleitung eingerichtet ist.";

// A desk with two customers, the first with a contract and two persons.
export async function filledDesk(options = {}) {
	const desk = await spawnDesk(options);
	const kaiser = await desk.signIn("kaiser");
	const arndt = await customer(kaiser);
	await kaiser.post(`${arndt.path}/phones`,
		{ phone: "0221 4710 112", label: "Büro" });
	await customer(kaiser, { name: "Bäckerei Özdemir & Töchter OHG",
		number: "20815-2", contract: false, person: null });
	return Object.assign(desk, { arndt });
}

// Tickets, written at the API's door; returns their paths.
export async function tickets(desk, n) {
	const api = desk.api("brandt");
	const paths = [];
	for (let i = 0; i < n; i++) {
		const made = await api.json("POST", "/api/v1/tickets",
			evidence(desk.arndt.number, { person: `Anrufer ${i}` }));
		assert.equal(made.status, 201, made.text);
		paths.push(`/tickets/${made.json().id}`);
		desk.pass(60_000);
	}
	return paths;
}

// Where the call stands: the sentence that is large on the page.
export const says = (page) => page.locator(".step-say").first();

// Waits until the page listens to keys and its field has the focus.
export async function ready(page) {
	await page.waitForFunction(() => document.readyState === "complete" &&
		(document.activeElement !== document.body ||
		!document.querySelector("[autofocus]")));
}

// Waits until the desk has all that was typed into the page's fields, and what
// it found by that stands there: only then nothing takes a hit's focus away.
export const searched = (page) => page.waitForFunction(() =>
	!Object.keys(sessionStorage).some((key) => key.startsWith("draft:")));

// Waits until the call stands at the step that says this.
export async function stands(page, pattern) {
	await says(page).filter({ hasText: pattern }).waitFor();
	await ready(page);
}

// Waits until the step asks for this field.
export async function asks(page, field) {
	await page.locator(`#${field}`).waitFor();
	await ready(page);
}

// A call by keys alone, as far as the question what it is about.
export async function begins(page, keys) {
	await keys("F2");
	await page.waitForURL(/\/calls\/\d+/);
	await asks(page, "typed");
	await keys("10443-7", "Enter");
	await page.locator(".who").waitFor();
	await stands(page, /Kundennummer|customer number/);
	await keys("1");
	await stands(page, /mit wem spreche|who am I speaking/i);
	await keys("1");
	await stands(page, /Worum geht es|What is it about/);
}

// From there to the step that takes the question down.
export async function writes(page, keys) {
	await keys("1");
	await stands(page, /Ich sehe gleich|Let me see/);
	await keys("Weiterleitung", "Enter", "0");
	await asks(page, "reason");
	await keys("Anleitung passt nicht", "Enter", "1");
	await asks(page, "question");
}
