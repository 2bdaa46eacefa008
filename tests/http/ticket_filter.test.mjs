// Tickets by state, kind and customer, page by page, and by their number.
import assert from "node:assert/strict";
import { eachEngine } from "./desk.mjs";
import { customer, evidence, fields, good, problem, V1 } from "./api.mjs";
import { does, words } from "./web.mjs";

async function written(api, body) {
	return good(await api.json("POST", `${V1}/tickets`, body), 201);
}

// All that a list shows, over all its pages.
async function all(api, query) {
	const found = [];

	for (let next = ""; next !== null;) {
		const page = good(await api.get(`${V1}/tickets?${query}&after=${next}`));
		assert.ok(page.tickets.length <= 25);
		found.push(...page.tickets.map((ticket) => ticket.id));
		next = page.next;
	}
	return found;
}

const other = (kind, person) => ({ kind, person,
	question: "Was kostet ein Anschluss mit 100 Mbit/s in der Ringstr. 5 in Köln?" });

eachEngine("by customer and kind, page by page", async (desk) => {
	const api = desk.api("brandt");
	const [one, two] = [await customer(api),
		await customer(api, { name: "Arndt & Söhne KG" })];
	const mine = [], prospects = [];

	for (let i = 0; i < 30; i++) {
		mine.push((await written(api, evidence(one.number))).id);
		await written(api, evidence(two.number));
		prospects.push((await written(api, other("prospect", `P ${i}`))).id);
		desk.pass(1000);
	}
	const [legal] = [(await written(api, other("legal", "Dr. Weiß"))).id];

	assert.deepEqual(await all(api, `customer=${one.number}`),
		mine.toReversed?.() ?? [...mine].reverse());
	assert.deepEqual(await all(api, "kind=prospect"), prospects);
	assert.deepEqual(await all(api, "kind=legal"), [legal]);
	assert.deepEqual(await all(api, "kind=legal&state=answered"), []);
	assert.deepEqual(await all(api,
		`customer=${one.number}&kind=support&state=closed`), []);
	assert.deepEqual(fields(problem(await api.get(
		`${V1}/tickets?customer=4711`), 422, "invalid")), ["customer"]);
	assert.deepEqual(fields(problem(await api.get(
		`${V1}/tickets?kind=support`), 422, "invalid")), ["kind"]);
});

eachEngine("the list's filter on the page", async (desk) => {
	const api = desk.api("brandt");
	const page = await desk.signIn("kaiser");
	const one = await customer(api);
	const first = await written(api, evidence(one.number));
	const legal = await written(api, other("legal", "Dr. Weiß"));
	const shows = async (query) => {
		const { text, status } = await page.get(`/tickets?${query}`);
		return [status, [...text.matchAll(/<td[^>]*><a href="\/tickets\/(\d+)"/g)]
			.map((found) => Number(found[1]))];
	};

	await does(page, `/tickets/${first.id}`, `/tickets/${first.id}/answer`,
		{ body: "Ja." });
	assert.deepEqual(await shows(""), [200, [first.id]]);
	assert.deepEqual(await shows(`customer=${one.number}`), [200, [first.id]]);
	assert.deepEqual(await shows(`customer=${one.number}&state=unanswered`),
		[200, []]);
	assert.deepEqual(await shows("kind=legal"), [200, [legal.id]]);
	assert.deepEqual(await shows("customer=4711"), [422, []]);
	const found = await page.get(`/tickets?number=${legal.number}`);
	assert.equal(found.headers.location, `/tickets/${legal.id}`);
	assert.match(words((await page.get("/tickets?number=99-9")).text),
		/gibt es nicht/);
});
