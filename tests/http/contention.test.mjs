// Sixty-four who write at the same moment: nobody is sent away, and of those
// who ask for what can be had once, one gets it.
import assert from "node:assert/strict";
import { eachEngine } from "./desk.mjs";
import { Call, STAFF_ONE, V1, customer, evidence, good,
	problem } from "./api.mjs";

const T = `${V1}/tickets`;
const ONE = { staff: STAFF_ONE };
const WRITERS = 64;

// Everybody's at once: each connection is there before the first request.
async function crowd(desk, n = WRITERS) {
	const token = desk.token("brandt");
	const all = Array.from({ length: n }, () =>
		desk.client({ Authorization: `Bearer ${token}` }));

	await Promise.all(all.map((one) => one.get(`${V1}/employees`)));
	return { all,
		each: (run) => Promise.all(all.map((one, i) => run(one, i))) };
}

function key(of) {
	return { "Idempotency-Key": of };
}

eachEngine("sixty-four write what is theirs, and all are served", ONE,
	async (desk) => {
		const { all, each } = await crowd(desk);
		const { number } = await customer(all[0]);
		const tickets = await each(async (one, i) => good(await one.json("POST",
			T, evidence(number), key(`ticket-${i}`)), 201));
		const path = (i) => `${T}/${tickets[i].id}`;

		assert.equal(new Set(tickets.map((t) => t.id)).size, WRITERS);
		await each(async (one, i) => good(await one.json("POST",
			`${path(i)}/answers`, { body: "Es liegt am Empfänger." },
			{ "If-Match": "\"1\"", ...key(`answer-${i}`) })));
		await each(async (one, i) => good(await one.json("POST",
			`${path(i)}/notes`, { body: "Für die Kollegen." },
			key(`note-${i}`))));
		await each(async (one, i) => good(await one.json("POST",
			`${path(i)}/close`, {}, { "If-Match": "\"2\"" })));
		// each customer takes the next number from the one row of a counter
		const customers = await each(async (one, i) => good(await one.json(
			"POST", `${V1}/customers`, { name: `Nr. ${i}` },
			key(`customer-${i}`)), 201));
		assert.equal(new Set(customers.map((c) => c.number)).size, WRITERS);
	});

const HOUSE = { staff: Array.from({ length: 12 }, (_, i) => (
	{ login: `agent${i}`, name: `Agent ${i}`, role: "agent" })) };

eachEngine("a dozen on the telephone at once are not in each other's way",
	HOUSE, async (desk) => {
		const apis = HOUSE.staff.map(({ login }) => desk.api(login));
		const made = await customer(apis[0]);

		const calls = await Promise.all(apis.map((api) => Call.start(api)));
		await Promise.all(calls.map(async (call, i) => {
			for (let n = 0; n < 5; n++)
				await call.types("question", `Frage ${i}, Zeichen ${n}`);
			await call.chooses(made);
			await call.names("Petra Arndt");
			await call.types("question", `Frage ${i}`);
			await call.moves(call.state.step.answers[0].id);
		}));
		for (const [i, call] of calls.entries()) {
			const state = await call.read();
			assert.equal(state.inputs.question, `Frage ${i}`);
			assert.equal(state.customer.id, made.id);
		}
	});

eachEngine("the same request from everywhere is answered once", ONE,
	async (desk) => {
		const { all, each } = await crowd(desk, 16);
		const { number } = await customer(all[0]);

		const tickets = await each(async (one) => (await one.json("POST", T,
			evidence(number), key("the-same"))));
		for (const t of tickets)
			assert.ok(t.status === 201 || t.status === 200, t.text);
		assert.equal(new Set(tickets.map((t) => t.json().id)).size, 1);

		// the second of them meets the first one's number too
		const body = { name: "Arndt", number: "777" };
		const customers = await each((one) => one.json("POST",
			`${V1}/customers`, body, key("the-same-again")));
		for (const c of customers)
			assert.ok(c.status === 201 || c.status === 200, c.text);
		assert.equal(new Set(customers.map((c) => c.json().id)).size, 1);
	});

eachEngine("of those who answer one ticket at once, one does", ONE,
	async (desk) => {
		const { all, each } = await crowd(desk, 16);
		const { number } = await customer(all[0]);
		const { id } = good(await all[0].json("POST", T, evidence(number)),
			201);
		const answers = await each((one, i) => one.json("POST",
			`${T}/${id}/answers`, { body: `Antwort ${i}.` },
			{ "If-Match": "\"1\"" }));
		const taken = answers.filter((a) => a.status === 200);

		assert.equal(taken.length, 1);
		for (const a of answers)
			if (a.status !== 200)
				problem(a, 412, "stale");
		const ticket = good(await all[0].get(`${T}/${id}`));
		assert.equal(ticket.messages.length, 1);
	});
