// Orders over the API, from the offer to the invoice, and the price list behind
// them. What a call has to do with it: paid.test.mjs; the states and roles one
// by one: tests/unit/test_order.c.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Desk, eachEngine, engines } from "./desk.mjs";
import { Call, STAFF_ONE, V1, customer, fields, good, problem } from
	"./api.mjs";

const O = `${V1}/orders`;
const ONE = { staff: STAFF_ONE };
const WORK = "Bitte auf der Seite Kontakt die Telefonnummer in der Fußzeile " +
	"durch 0221 4710 330 ersetzen.";

const offer = (number, changes = {}) => ({ customer: number,
	person: "Petra Arndt", kind: "change", description: WORK,
	price: "website-text", ...changes });
const made = async (api, number, changes, headers) => good(await api.json(
	"POST", O, offer(number, changes), headers), 201);
const order = async (api, id) => good(await api.get(`${O}/${id}`));
const YES = { accepted: true, words: "Ja, machen Sie das.", name: "P. Arndt" };

// Tries a change from the version that was seen.
const tries = (api, seen, what, body = {}) => api.json("POST",
	`${O}/${seen.id}/${what}`, body, { "If-Match": `"${seen.version}"` });
const does = async (api, seen, what, body) => good(
	await tries(api, seen, what, body));

async function done(api, number, changes) {
	let one = await made(api, number, changes);

	one = await does(api, one, "reply", YES);
	one = await does(api, one, "start");
	return does(api, one, "done", { minutes: 20 });
}

const invoices = (api, orders) => api.json("POST", `${O}/invoice`, { orders });

eachEngine("a whole life, and a power cut after every step of it", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		const { number } = await customer(api);
		let one = await made(api, number, { kind: "work", price: "work" });
		const keeps = async () => {
			await desk.kill9();
			await desk.restart();
			assert.deepEqual(await order(api, one.id), one);
		};

		assert.deepEqual([one.state, one.version, one.sure, one.net_cents,
			one.customer.number, one.answer_words],
		["offered", 1, false, 4500, number, null]);
		await keeps();
		for (const [what, body, state] of [
			["assign", { employee: "brandt" }, "offered"],
			["reply", YES, "accepted"],
			["start", {}, "in-progress"],
			["done", { minutes: 46 }, "done"],
		]) {
			one = await does(api, one, what, body);
			assert.equal(one.state, state);
			await keeps();
		}
		assert.deepEqual([one.answer_words, one.answer_name, one.employee,
			one.units, one.net_cents, one.vat_cents, one.gross_cents, one.sure],
		["Ja, machen Sie das.", "P. Arndt", "Sabine Brandt", 4, 9000, 1710,
			10710, true]);
		assert.equal((await invoices(api, one.number)).status, 204);
		await desk.kill9();
		await desk.restart();
		one = await order(api, one.id);
		assert.deepEqual([one.state, one.version], ["invoiced", 6]);
		assert.deepEqual(one.history.map((h) => h.event), ["order.invoiced",
			"order.done", "order.started", "order.accepted", "order.assigned",
			"order.offered"]);
	});

eachEngine("bad input is named field by field", ONE, async (desk) => {
	const api = desk.api("brandt");
	const { number } = await customer(api);
	const refused = async (body, name, ...named) => assert.deepEqual(fields(
		problem(await api.json("POST", O, body), 422, name)), named);

	await refused({}, "invalid", "kind");
	await refused(offer(number, { kind: "gift" }), "invalid", "kind");
	await refused(offer(number, { kind: "consultation",
		price: "consultation" }), "invalid", "kind");
	await refused(offer("4711-0"), "invalid", "customer");
	await refused(offer(""), "evidence-missing", "customer");
	await refused(offer(number, { person: "", description: "" }),
		"evidence-missing", "description", "person");
	await refused(offer(number, { price: "repair" }), "invalid", "price");
	await refused(offer(number, { price: "" }), "invalid", "net");
	await refused(offer(number, { price: "", net_cents: "49" }), "invalid",
		"net_cents");
	await refused(offer(number, { person: "x".repeat(2000) }), "invalid",
		"person");
	await refused(offer(number, { description: `${WORK} `.repeat(500) }),
		"invalid", "description");
	await refused(offer(number, { price: "x".repeat(2000) }), "invalid",
		"price");
	const one = await made(api, number);
	const named = async (what, body) => fields(problem(await tries(api, one,
		what, body), 422, "invalid"));

	assert.deepEqual(await named("reply", {}), ["accepted"]);
	assert.deepEqual(await named("reply", { accepted: true }),
		["name", "words"]);
	assert.deepEqual(await named("reply", { ...YES, words: "x".repeat(201) }),
		["words"]);
	assert.deepEqual(await named("cancel", {}), ["reason"]);
	assert.deepEqual(await named("assign", { employee: "nobody" }),
		["employee"]);
	problem(await api.json("POST", `${O}/${one.id}/start`, {}), 428,
		"precondition-required");
	await does(api, one, "assign", { employee: "brandt" });
	problem(await tries(api, one, "reply", YES), 412, "stale");
	assert.equal((await order(api, one.id)).state, "offered");

	problem(await api.get(`${O}/4711`), 404, "not-found");
	problem(await tries(api, { id: 4711, version: 1 }, "start"), 404,
		"not-found");
	problem(await api.get(`${O}/99999999999999999999`), 404, "not-found");
	for (const after of ["1", "x.1", "1.", "1.0", "1.-1"])
		assert.deepEqual(fields(problem(await api.get(
			`${O}?state=offered&after=${after}`), 422, "invalid")), ["after"]);
	for (const query of ["", "?state=gone"])
		assert.deepEqual(fields(problem(await api.get(O + query), 422,
			"invalid")), ["state"]);
});

eachEngine("what is to be invoiced is the supervisors' business",
	async (desk) => {
		const [agent, boss] = [desk.api("kaiser"), desk.api("brandt")];
		const { number } = await customer(agent);
		const one = await done(agent, number);

		problem(await agent.get(`${O}/invoice`), 403, "forbidden");
		problem(await agent.get(`${O}/invoice.csv`), 403, "forbidden");
		problem(await invoices(agent, one.number), 403, "forbidden");
		problem(await desk.client().get(`${O}/invoice.csv`), 401,
			"unauthenticated");
		const next = await made(agent, number);
		problem(await tries(agent, next, "assign", { employee: "brandt" }),
			403, "forbidden");

		const list = good(await boss.get(`${O}/invoice`));
		assert.deepEqual([list.orders.length, list.orders[0].number,
			list.net_cents, list.vat_cents, list.gross_cents, list.more],
		[1, one.number, 3900, 741, 4641, false]);
		const csv = await boss.get(`${O}/invoice.csv`);
		assert.equal(csv.status, 200);
		assert.equal(csv.headers["content-type"], "text/csv; charset=utf-8");
		assert.equal(csv.headers["content-disposition"],
			"attachment; filename=\"orders.csv\"");
		assert.ok(csv.text.startsWith("\ufeff\""));
		assert.ok(csv.text.includes(`\r\n"${one.number}";"${number}";`));

		const page = await (await desk.signIn("brandt"))
			.get("/orders/invoice.csv");
		assert.deepEqual([page.status, page.headers["content-type"]],
			[200, "text/csv; charset=utf-8"]);

		for (const orders of ["", "A1-99", `${one.number} x`])
			assert.deepEqual(fields(problem(await invoices(boss, orders), 422,
				"invalid")), ["orders"]);
		problem(await invoices(boss, `${one.number} ${next.number}`), 409,
			"conflict");
		assert.equal((await order(boss, one.id)).state, "done");
		assert.equal((await invoices(boss, one.number)).status, 204);
		problem(await invoices(boss, one.number), 409, "conflict");
		assert.deepEqual(good(await boss.get(`${O}/invoice`)).orders, []);
	});

eachEngine("lists go on where the page ended", ONE, async (desk) => {
	const api = desk.api("brandt");
	const [one, two] = [await customer(api), await customer(api)];
	const all = [];
	const pages = async (query) => {
		const got = [];

		for (let next = ""; next !== null;) {
			const page = good(await api.get(`${O}?${query}&after=${next}`));
			got.push(page.orders.map((o) => o.id));
			next = page.next;
		}
		return got;
	};

	for (let i = 0; i < 53; i++) {
		all.unshift((await made(api, (i % 2 ? two : one).number)).id);
		desk.pass(i % 3); // some at the same moment
	}
	const got = await pages("state=offered");
	assert.deepEqual(got.map((page) => page.length), [25, 25, 3]);
	assert.deepEqual(got.flat(), all);
	const ones = (await pages(`customer=${one.number}`));
	assert.deepEqual(ones.map((page) => page.length), [25, 2]);
	assert.deepEqual(ones.flat(), all.filter((_, i) => i % 2 === 0));

	const yes = await does(api, await order(api, all[4]), "reply", YES);
	assert.deepEqual(await pages(`customer=${one.number}&state=accepted`),
		[[yes.id]]);
	assert.deepEqual(await pages(`customer=${two.number}&state=accepted`),
		[[]]);
	assert.deepEqual(await pages("state=accepted"), [[yes.id]]);
	assert.deepEqual(fields(problem(await api.get(`${O}?customer=4711-0`), 422,
		"invalid")), ["customer"]);
});

eachEngine("the same offer twice is one order", ONE, async (desk) => {
	const api = desk.api("brandt");
	const { number } = await customer(api);
	const key = { "Idempotency-Key": "one" };
	const answers = await Promise.all(Array.from({ length: 8 }, () =>
		api.json("POST", O, offer(number), key)));
	const ids = new Set(answers.map((a) => good(a, a.status).id));

	assert.equal(ids.size, 1);
	problem(await api.json("POST", O, offer(number, { person: "Jan" }), key),
		409, "conflict");
	assert.equal(good(await api.get(`${O}?state=offered`)).orders.length, 1);
});

eachEngine("of those who do the same at once, one does", ONE,
	async (desk) => {
		const token = { Authorization: `Bearer ${desk.token("brandt")}` };
		const crowd = Array.from({ length: 8 }, () => desk.client(token));
		const [api] = crowd;
		const { number } = await customer(api);
		const open = await made(api, number);
		const one = async (answers, ok, status, name) => {
			assert.equal(answers.filter((a) => a.status === ok).length, 1,
				answers.map((a) => a.text).join("\n"));
			for (const a of answers.filter((a) => a.status !== ok))
				problem(a, status, name);
		};

		await one(await Promise.all(crowd.map((client, i) => tries(client,
			open, "reply", { ...YES, words: `Ja ${i}.` }))), 200, 412, "stale");
		assert.equal((await order(api, open.id)).version, 2);

		const numbers = [];
		for (let i = 0; i < 4; i++)
			numbers.push((await done(api, number)).number);
		// some from the front, some from the back
		await one(await Promise.all(crowd.map((client, i) => invoices(client,
			(i % 2 ? numbers : numbers.toReversed()).join(" ")))), 204, 409,
		"conflict");
		assert.deepEqual(good(await api.get(`${O}/invoice`)).orders, []);
	});

eachEngine("orders not invoiced go along with a call that is moved", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		const [wrong, right] = [await customer(api),
			await customer(api, { name: "Arndt & Söhne KG" })];
		const call = await Call.start(api);
		const sells = async () => {
			await call.goes("matter:work");
			await call.types("question", WORK);
			await call.goes("order-what:exact");
			await call.types("price", "setup");
			await call.goes("order-price:chosen");
			await call.types("words", "Ja.");
			await call.goes("order-offer:accepts");
		};

		await call.chooses(wrong);
		await call.goes("number:number");
		await call.names("Petra Arndt");
		await call.goes("person:named");
		await sells();
		await call.goes("more:another");
		await sells();
		const [first, second] = call.state.matters.map((m) => m.order.id);
		let one = await order(api, first);
		one = await does(api, one, "start");
		one = await does(api, one, "done");
		assert.equal((await invoices(api, one.number)).status, 204);

		const before = await order(api, second);
		good(await api.json("POST", `${call.path}/reassign`,
			{ customer: right.id, identified: "voice", name: "Jan Arndt",
				reason: "Zwei Firmen Arndt" }));
		assert.equal((await order(api, first)).customer.number, wrong.number);
		const moved = await order(api, second);
		assert.equal(moved.history[0].event, "order.reassigned");
		assert.deepEqual([moved.customer.number, moved.person, moved.state,
			moved.answer_name], [right.number, "Jan Arndt", "accepted",
			"Petra Arndt"]);
		problem(await tries(api, before, "start"), 412, "stale");
		await does(api, moved, "start");
	});

// ---- The price list ----------------------------------------------------------

const LIST = (net) => `prices: 1
vat: 7
list:
  - {id: work, kind: work, text: {de: Arbeit, en: Work}, net: ${net}}
  - {id: website-text, kind: change, text: {de: W, en: W}, net: ${net}}
  - {id: repair, kind: repair, text: {de: R, en: R}, net: ${net}}
  - {id: c, kind: consultation, text: {de: C, en: C}, net: 1, unit: 10m}
`;

const folder = mkdtempSync(join(tmpdir(), "prices-"));
after(() => rmSync(folder, { recursive: true }));

const listFor = (engine, net) => {
	const file = join(folder, `${engine}.yaml`);
	writeFileSync(file, LIST(net));
	return file;
};

for (const engine of engines) {
	test(`another price list changes nothing that was agreed [${engine}]`,
		async () => {
			const desk = new Desk({ engine, staff: STAFF_ONE,
				config: { prices: listFor(engine, 10) } });
			await desk.start();
			await desk.during(() => agreedStays(desk));
		});

	test(`with a wrong price list it does not start [${engine}]`, async () => {
		const desk = new Desk({ engine, staff: STAFF_ONE,
			config: { prices: listFor(engine, 10) } });

		listFor(engine, "free");
		const tried = desk.try(["serve"]);
		assert.notEqual(tried.code, 0);
		assert.match(tried.err,
			new RegExp(`${engine}\\.yaml:4:\\d+: net must be an amount`));
		await desk.stop();
	});
}

async function agreedStays(desk) {
	const api = desk.api("brandt");
	const { number } = await customer(api);
	const one = await made(api, number);

	assert.deepEqual([one.net_cents, one.vat_cents], [1000, 70]);
	listFor(desk.engine, 99);
	await desk.restart();
	assert.deepEqual(await order(api, one.id), one);
	assert.equal((await does(api, one, "reply", YES)).net_cents, 1000);
	const next = await made(api, number);
	assert.deepEqual([next.net_cents, next.price, next.sentence],
		[9900, "W", "99,00\u00a0€ netto, mit 7 % Mehrwertsteuer " +
			"105,93\u00a0€"]);
	assert.deepEqual(good(await api.get(`${V1}/prices`)).prices
		.map((p) => [p.id, p.price_cents]),
	[["work", 9900], ["website-text", 9900], ["repair", 9900], ["c", 100]]);
}
