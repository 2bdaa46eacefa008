// Tickets over the API: what the intake owes (mission rows M1 M3 M11 M12 M16,
// "What each door owes"), requests that arrive twice, the queue, the thread.
import assert from "node:assert/strict";
import { MINUTE, eachEngine } from "./desk.mjs";
import { QUESTION, STAFF_ONE, V1, customer, evidence, fields, good, problem,
	ticketCount } from "./api.mjs";

const T = `${V1}/tickets`;
const ONE = { staff: STAFF_ONE };

eachEngine("a ticket that lacks evidence is refused by its name", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		const { number } = await customer(api);
		const owed = Object.keys(evidence(number));

		for (const name of owed) {
			const { [name]: gone, ...rest } = evidence(number);
			const body = problem(await api.json("POST", T, rest), 422,
				"evidence-missing");
			assert.deepEqual(fields(body), [name]);
			assert.ok(body.errors[0].reason, `${name}: a reason in words`);
		}
		for (const name of ["read_back", "internet_hint"])
			assert.deepEqual(fields(problem(await api.json("POST", T,
				evidence(number, { [name]: false })), 422,
			"evidence-missing")), [name]);
		for (const name of owed.filter((n) => !/^(read|inter)/.test(n)))
			assert.deepEqual(fields(problem(await api.json("POST", T,
				evidence(number, { [name]: "  " })), 422,
			"evidence-missing")), [name]);
		assert.deepEqual(fields(problem(await api.json("POST", T, {}), 422,
			"evidence-missing")), [...owed].sort());
		assert.equal(await ticketCount(api), 0, "nothing was written");
	});

eachEngine("no free ticket without an active contract", ONE, async (desk) => {
	const api = desk.api("brandt");
	const who = [
		await customer(api, { name: "Nie", contract: null }),
		await customer(api, { name: "Früher", contract: {
			product: "DSL", starts_on: "2020-01-01", ends_on: "2026-11-23" } }),
		await customer(api, { name: "Später", contract: {
			product: "DSL", starts_on: "2026-11-25" } }),
	];

	for (const { number } of who)
		assert.deepEqual(fields(problem(await api.json("POST", T,
			evidence(number)), 422, "evidence-missing")), ["contract"]);
	assert.deepEqual(fields(problem(await api.json("POST", T,
		evidence("99999-0")), 422, "evidence-missing")), ["customer"]);
	assert.equal(await ticketCount(api), 0);

	const last = await customer(api, { name: "Heute noch", contract: {
		product: "DSL", starts_on: "2020-01-01", ends_on: "2026-11-24" } });
	good(await api.json("POST", T, evidence(last.number)), 201);
});

eachEngine("the question must be exact, and the caller's number a number", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		const { number } = await customer(api);
		const wrong = {
			"Bitte rufen Sie mich zurück.": "callback",
			"Es geht nicht.": "vague",
			"Please call me back": "callback",
		};

		for (const [question, verdict] of Object.entries(wrong)) {
			assert.deepEqual(fields(problem(await api.json("POST", T,
				evidence(number, { question })), 422, "evidence-missing")),
			["question"]);
			const judged = good(await api.get(
				`${V1}/wording?text=${encodeURIComponent(question)}`));
			assert.equal(judged.wording, verdict, question);
			assert.ok(judged.text);
		}
		assert.equal(good(await api.get(`${V1}/wording?text=` +
			encodeURIComponent(QUESTION))).wording, "exact");
		assert.deepEqual(fields(problem(await api.json("POST", T,
			evidence(number, { caller_number: "anonym" })), 422, "invalid")),
		["caller_number"]);
		assert.equal(await ticketCount(api), 0);
	});

eachEngine("other kinds owe a person and an exact question", ONE,
	async (desk) => {
		const api = desk.api("brandt");

		for (const kind of ["prospect", "partner", "legal"]) {
			assert.deepEqual(fields(problem(await api.json("POST", T,
				{ kind }), 422, "evidence-missing")), ["person", "question"]);
			const made = good(await api.json("POST", T, { kind,
				person: "Jan Weber", question: QUESTION }), 201);
			const ticket = good(await api.get(`${T}/${made.id}`));
			assert.equal(ticket.kind, kind);
			assert.equal(ticket.customer, null);
			assert.equal(ticket.search, null);
		}
		problem(await api.json("POST", T, { kind: "order" }), 422, "invalid");
	});

eachEngine("a ticket keeps what it was opened with", ONE, async (desk) => {
	const api = desk.api("brandt");
	const { number } = await customer(api);
	const answer = await api.json("POST", T,
		evidence(number.replace("-", " "), { caller_number: "0221 4710112" }));
	const made = good(answer, 201);

	assert.match(made.number, /^\d+-\d$/);
	assert.equal(answer.headers.location, `${T}/${made.id}`);
	const read = await api.get(answer.headers.location);
	assert.equal(read.headers.etag, '"1"');
	const { opened, since, ...rest } = good(read);
	assert.equal(opened, "2026-11-24T08:00:00.000Z");
	assert.equal(since, opened);
	assert.deepEqual(rest, { id: made.id, number: made.number,
		state: "unanswered", kind: "support",
		customer: { number, name: "Tischlerei Arndt GmbH" },
		person: "Petra Arndt", caller_number: "+492214710112",
		question: QUESTION, search: "fehler 550", reason: "keine Seite dazu",
		reason_kind: "other", read_back: true, internet_hint: true,
		door: "api", call: null,
		employee: "Sabine Brandt", version: 1, messages: [], outbox: [], writing: [],
		history: [{ event: "ticket.opened", employee: "Sabine Brandt",
			door: "api", at: opened }],
		reassigned: [] });
});

eachEngine("the same request twice is one ticket", ONE, async (desk) => {
	const api = desk.api("brandt");
	const { id, number } = await customer(api);
	const key = { "Idempotency-Key": "f81d4fae" };
	const first = await api.json("POST", T, evidence(number), key);
	const made = good(first, 201);

	const again = await api.json("POST", T, evidence(number), key);
	assert.deepEqual(good(again, 200), made);
	assert.equal(again.headers.location, first.headers.location);

	for (const changes of [{ question: `${QUESTION} Danke.` },
		{ person: "Max Arndt" }, { search: "550" }, { kind: "legal" },
		{ reason: "fehler 550", search: "keine Seite dazu" },
		{ read_back: false }, { caller_number: "0221 4710112" }])
		assert.deepEqual(fields(problem(await api.json("POST", T,
			evidence(number, changes), key), 409, "conflict")),
		["Idempotency-Key"]);
	assert.deepEqual(fields(problem(await api.json("POST", T,
		evidence(number), { "Idempotency-Key": "k".repeat(101) }), 422,
	"invalid")), ["Idempotency-Key"]);

	// Sent at once by many connections, and after the contract has ended.
	const same = await Promise.all(Array.from({ length: 12 }, async () => {
		const client = desk.client(api.headers);
		const answer = await client.json("POST", T, evidence(number),
			{ "Idempotency-Key": "once" });
		assert.ok([200, 201].includes(answer.status), answer.text);
		return answer.json().id;
	}));
	assert.equal(new Set(same).size, 1);
	const [{ id: contract, version }] =
		good(await api.get(`${V1}/customers/${id}`)).contracts;
	good(await api.json("PUT", `${V1}/contracts/${contract}`,
		{ product: "DSL 100", starts_on: "2020-01-01", ends_on: "2026-01-01" },
		{ "If-Match": `"${version}"` }));
	assert.deepEqual(good(await api.json("POST", T, evidence(number), key)),
		made);
	assert.equal(await ticketCount(api), 2);
});

eachEngine("the queue is paged by what waits longest", ONE, async (desk) => {
	const api = desk.api("brandt");
	const { number } = await customer(api);
	const ids = [];

	for (let i = 0; i < 53; i++) {
		if (i % 3 === 0)
			desk.pass(MINUTE); // several of one moment lie across a page's end
		ids.push(good(await api.json("POST", T, evidence(number)), 201).id);
	}
	const seen = [];
	for (let next = ""; next !== null;) {
		const page = good(await api.get(`${T}?after=${next}`));
		assert.ok(page.tickets.length <= 25);
		seen.push(...page.tickets.map((t) => t.id));
		next = page.next;
	}
	assert.deepEqual(seen, ids);
	for (const after of ["x", "1.", ".1", "1.x", "1.0", "1.-1",
		"99999999999999999999.1"])
		assert.deepEqual(fields(problem(await api.get(`${T}?after=${after}`),
			422, "invalid")), ["after"], after);
	problem(await api.get(`${T}?state=lost`), 422, "invalid");
});

eachEngine("a ticket is answered by who has read it, once", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		const { number } = await customer(api);
		const { id } = good(await api.json("POST", T, evidence(number)), 201);
		const at = `${T}/${id}`;
		const post = (what, body, tag) => api.json("POST", `${at}/${what}`,
			body, tag ? { "If-Match": tag } : {});
		const states = async (state) => good(await api.get(
			`${T}?state=${state}`)).tickets.map((t) => t.id);

		for (const what of ["answers", "close", "reopen"]) {
			problem(await post(what, { body: QUESTION }), 428,
				"precondition-required");
			problem(await post(what, { body: QUESTION }, "*"), 428,
				"precondition-required");
		}
		for (const tag of ['"2"', "1", 'W/"1"', '"x"', '""', '"1", "2"'])
			problem(await post("answers", { body: "So geht es." }, tag), 412,
				"stale");
		assert.deepEqual(fields(problem(await post("answers", {}, '"1"'), 422,
			"invalid")), ["body"]);
		problem(await post("close", {}, '"1"'), 409, "conflict");

		const noted = good(await post("notes", { body: "Liegt am Rechner." }));
		assert.equal(noted.version, 1);
		desk.pass(MINUTE);
		const answer = await post("answers", { body: "Der Empfänger lehnt ab." },
			'"1"');
		assert.equal(answer.headers.etag, '"2"');
		const answered = good(answer);
		assert.equal(answered.state, "answered");
		assert.deepEqual(answered.messages.map((m) => [m.kind, m.body]),
			[["note", "Liegt am Rechner."],
				["answer", "Der Empfänger lehnt ab."]]);
		assert.deepEqual(await states("answered"), [id]);
		assert.deepEqual(await states("unanswered"), []);
		problem(await post("answers", { body: "Noch einmal." }, '"1"'), 412,
			"stale");
		problem(await post("answers", { body: "Noch einmal." }, '"2"'), 409,
			"conflict");

		good(await post("close", {}, '"2"'));
		assert.deepEqual(await states("closed"), [id]);
		problem(await post("reopen", { body: "Rufen Sie an." }, '"3"'), 422,
			"invalid");
		const open = good(await post("reopen", { body: QUESTION }, '"3"'));
		assert.equal(open.state, "unanswered");
		assert.equal(open.version, 4);
		assert.deepEqual(open.messages.map((m) => m.kind),
			["note", "answer", "closed", "reopened"]);
	});
