// A call led over the API, from the first question to each kind of end, and
// what does not get through: answers that are not open, moves from elsewhere,
// other people's calls. The same calls over a power cut: api_crash.test.mjs.
import assert from "node:assert/strict";
import { MINUTE, eachEngine } from "./desk.mjs";
import { Call, QUESTION, STAFF_ONE, V1, customer, fields, good, problem,
	ticketCount } from "./api.mjs";

const ONE = { staff: STAFF_ONE };

eachEngine("a call becomes a ticket", ONE, async (desk) => {
	const api = desk.api("brandt");
	const made = await customer(api);
	const call = await Call.start(api, { caller_number: "0221 4710112" });

	assert.equal(call.state.step.id, "number");
	assert.equal(call.state.caller_number, "+492214710112");
	assert.deepEqual(call.state.limits,
		{ warn_s: 240, call_s: 300, grace_s: 30 });
	const closed = call.state.step.answers.find((a) => a.id === "number");
	assert.deepEqual([closed.open, closed.why, closed.needs],
		[false, "needs", ["number"]]);
	assert.deepEqual(fields(problem(await call.tries("number"), 422,
		"evidence-missing")), ["number"]);

	// Found by name: that identifies nobody.
	await call.chooses(made, "arndt");
	assert.deepEqual(fields(problem(await call.tries("number"), 422,
		"evidence-missing")), ["number"]);
	await call.chooses(made);
	assert.deepEqual(call.state.acceptable.sort(), ["customer", "number"]);
	await call.goes("number:number");
	assert.equal(call.state.identified_by, "number");
	assert.deepEqual(call.state.evidence.sort(), ["by-number", "customer"]);
	problem(await api.json("POST", `${call.path}/customer`, {}), 409,
		"conflict");

	await call.names("Petra Arndt");
	await call.goes("person:named", "matter:question");
	assert.deepEqual(call.state.path.map((p) => p.answer),
		["number", "named", "question"]);
	await call.types("search", "fehler 550");
	await call.goes("search:nothing");
	assert.deepEqual(call.state.searches.map((s) => [s.matter, s.words,
		s.found, s.taken, s.rank]), [[1, "fehler 550", 0, null, 0]]);
	await call.types("reason", "keine Seite dazu");
	await call.goes("reason:given");
	await call.types("question", "Bitte zurückrufen.");
	assert.equal(call.state.wording.wording, "callback");
	assert.deepEqual(fields(problem(await call.tries("exact"), 422,
		"evidence-missing")), ["question"]);
	await call.types("question", QUESTION);
	assert.equal(call.state.wording.wording, "exact");
	assert.deepEqual(call.state.missing.ticket,
		["question", "read-back", "internet-hint"]);
	await call.goes("question:exact", "read-back:right", "internet:said");

	const [matter] = call.state.matters;
	assert.equal(matter.outcome, "ticket");
	assert.equal(matter.class, "support");
	assert.equal(call.state.step.id, "more");
	const ticket = good(await api.get(`${V1}/tickets/${matter.ticket.id}`));
	assert.equal(ticket.number, matter.ticket.number);
	assert.equal(ticket.question, QUESTION);
	assert.equal(ticket.person, "Petra Arndt");
	assert.equal(ticket.customer.number, made.number);
	assert.equal(ticket.caller_number, "+492214710112");
	assert.equal(ticket.call, call.state.id);
	assert.ok(ticket.read_back && ticket.internet_hint);

	await call.goes("more:nothing");
	assert.equal(call.state.over, true);
	assert.equal(call.state.step, null);
	assert.equal(call.state.ended, "2026-11-24T08:00:00.000Z");
	problem(await call.tries("nothing", { step: "more" }), 409, "conflict");
	problem(await api.json("PUT", `${call.path}/inputs/text`,
		{ value: "zu spät" }), 409, "conflict");
	const [row] = good(await api.get(`${V1}/calls`)).calls;
	assert.deepEqual([row.id, row.customer, row.outcome],
		[call.state.id, made.number, "ticket"]);
	assert.equal(await ticketCount(api), 1);
});

eachEngine("two matters in one call: answered, then declined", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		const call = await Call.start(api);

		await call.chooses(await customer(api), "");
		await call.goes("number:voice");
		assert.equal(call.state.identified_by, "voice");
		await call.names("Petra Arndt");
		await call.goes("person:named", "matter:question", "search:known",
			"answer:answered");
		assert.equal(call.state.between, true);
		await call.goes("more:another", "matter:website",
			"complaint:dislike", "dislike:leave", "more:nothing");
		assert.deepEqual(call.state.matters.map((m) => [m.outcome, m.class,
			m.ticket]), [["answered", "support", null],
			["declined", "neither", null]]);
		assert.equal(await ticketCount(api), 0);
		assert.deepEqual(call.state.searches, []);
	});

eachEngine("who is no customer: three times no, or recorded", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		let call = await Call.start(api);

		await call.goes("number:no-customer", "prospect:no", "partner:no",
			"legal:no");
		assert.equal(call.state.over, true);
		assert.equal(call.state.outcome, "hung-up");
		assert.equal(await ticketCount(api), 0);

		call = await Call.start(api);
		await call.goes("number:no-customer", "prospect:no", "partner:no",
			"legal:yes");
		await call.names("Dr. Weber");
		await call.goes("their-name:named");
		await call.types("question", QUESTION);
		await call.goes("their-question:exact", "their-read-back:right");
		const [matter] = call.state.matters;
		assert.equal(matter.outcome, "recorded");
		const ticket = good(await api.get(
			`${V1}/tickets/${matter.ticket.id}`));
		assert.deepEqual([ticket.kind, ticket.customer, ticket.person],
			["legal", null, "Dr. Weber"]);
	});

eachEngine("no contract, no free answer", ONE, async (desk) => {
	const api = desk.api("brandt");
	const call = await Call.start(api);

	await call.chooses(await customer(api, { contract: { product: "DSL",
		starts_on: "2020-01-01", ends_on: "2026-11-23" } }));
	await call.goes("number:number");
	await call.names("Petra Arndt");
	await call.goes("person:named");
	assert.equal(call.state.step.id, "no-contract");
	assert.ok(call.state.facts.includes("customer-former"));
	await call.goes("no-contract:understood");
	assert.equal(call.state.outcome, "refused");
});

eachEngine("branches, the limit, and one step back", ONE, async (desk) => {
	const api = desk.api("brandt");
	const call = await Call.start(api);
	const before = call.state;

	problem(await call.tries("", { kind: "back" }), 409, "conflict");
	await call.moves("internal", { kind: "anytime" });
	assert.equal(call.state.step.id, "refuse-internal");
	await call.goes("refuse-internal:goes-on");
	assert.equal(call.state.step.id, "number");
	await call.goes("number:not-at-hand");
	await call.moves("", { kind: "back" });
	assert.equal(call.state.step.id, "number");
	assert.equal(call.state.seq, before.seq + 4);

	desk.pass(5 * MINUTE);
	await call.read();
	assert.ok(call.state.facts.includes("limit-reached"));
	await call.goes("limit-plain:finishing");
	await call.moves("leaves", { kind: "anytime" });
	await call.goes("gone:still-there", "number:not-at-hand");
	await call.moves("leaves", { kind: "anytime" });
	await call.goes("gone:gone");
	assert.equal(call.state.outcome, "abandoned");
	assert.equal(call.state.over, true);
});

eachEngine("a move from elsewhere changes nothing", {}, async (desk) => {
	const api = desk.api("brandt");
	const call = await Call.start(api);
	await call.goes("number:not-at-hand", "identify:no-customer");
	const before = await call.read();
	const wrong = [
		[412, "stale", { seq: 1 }],
		[412, "stale", { seq: 3 }],
		[412, "stale", { seq: -1 }],
		[412, "stale", { step: "number" }],
		[412, "stale", { step: "no-such-step" }],
		[409, "conflict", { answer: "no-such-answer" }],
		[409, "conflict", { kind: "anytime", answer: "no-such-branch" }],
		[422, "invalid", { kind: "waive" }],
		[422, "invalid", { seq: "2" }],
		[422, "invalid", { seq: null }],
		[422, "invalid", { step: "" }],
	];

	for (const [status, name, changes] of wrong)
		problem(await call.tries("yes", changes), status, name);
	problem(await api.json("PUT", `${call.path}/inputs/customer`,
		{ value: "1" }), 422, "invalid");
	problem(await api.json("PUT", `${call.path}/inputs/nonsense`,
		{ value: "1" }), 422, "invalid");
	problem(await api.json("POST", `${call.path}/person`, { person: 99 }), 422,
		"invalid");
	problem(await api.json("POST", `${call.path}/customer`,
		{ customer: 99 }), 404, "not-found");
	problem(await api.json("POST", `${V1}/calls`, {}), 409, "conflict");
	problem(await api.get(`${V1}/calls/99`), 404, "not-found");

	const other = desk.api("kaiser");
	const seen = good(await other.get(call.path));
	assert.equal(seen.may_lead, false);
	problem(await other.json("POST", `${call.path}/moves`, { seq: before.seq,
		kind: "answer", step: before.step.id, answer: "yes" }), 403,
	"forbidden");
	problem(await other.json("PUT", `${call.path}/inputs/text`,
		{ value: "x" }), 403, "forbidden");
	assert.deepEqual(await call.read(), before);

	// Two tabs at once: one of them is told.
	const two = await Promise.all([call.tries("yes"), call.tries("no")]);
	assert.deepEqual(two.map((a) => a.status).sort(), [200, 412]);
	assert.equal((await call.read()).seq, before.seq + 1);
});

eachEngine("a call speaks both languages", ONE, async (desk) => {
	const api = desk.api("brandt");
	const call = await Call.start(api);
	const said = async (lang) => {
		const answer = await api.get(call.path, { "Accept-Language": lang });
		assert.equal(answer.headers["content-language"], lang);
		return good(answer).step.say;
	};

	assert.match(await said("de"), /Kundennummer/);
	assert.match(await said("en"), /customer number/);
});
