// A call that was taken under the wrong customer is moved to the right one, with
// the tickets it wrote: who may, what it takes, and that the call goes on.
import assert from "node:assert/strict";
import { eachEngine, MINUTE } from "./desk.mjs";
import { good, problem, fields, V1, Call as ApiCall } from "./api.mjs";
import { Call, TO_TICKET, customer, does, forms, sends, words } from "./web.mjs";

const DAY = 24 * 60 * MINUTE;
const RIGHT = { name: "Arndt & Söhne KG", number: "20815-2",
	person: "Jan Arndt" };

// Two customers that are easily mixed up, the second with or without contract.
async function two(client, changes = {}) {
	return [await customer(client), await customer(client,
		{ ...RIGHT, ...changes })];
}

const given = (right) => ({ customer: right.id, typed: right.number,
	identified: "number", reason: "Zwei Firmen Arndt" });
const moves = (api, id, body) =>
	api.json("POST", `${V1}/calls/${id}/reassign`, body);

// Sends the page's form; the one that looks for the customer stands before it.
function submits(client, page, action, typed) {
	const { fields } = forms(page.text)
		.find((one) => one.action === action && one.method === "post");
	return client.post(action, { ...fields, ...typed });
}

const call = async (api, id = 1) => good(await api.get(`${V1}/calls/${id}`));

eachEngine("a running call is moved and goes on from where it stood",
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const api = desk.api("kaiser");
		await two(kaiser);
		const led = await Call.start(kaiser);

		await led.identified();
		await led.answers("question");
		const before = await call(api);
		const page = `${led.path}/reassign`;
		const found = await kaiser.get(`${page}?typed=20815-2`);

		assert.match(words(found.text), /Der Anruf steht bei Tischlerei Arndt/);
		const answer = await submits(kaiser, found, page,
			{ identified: "voice", reason: "Zwei Firmen Arndt" });
		assert.equal(answer.status, 303, words(answer.text));
		led.page = await kaiser.follow(answer);
		led.says(/Der Anruf ist umgebucht.*Umgebucht von Tischlerei Arndt GmbH 10443-7 auf Arndt & Söhne KG 20815-2. Zwei Firmen Arndt Tim Kaiser/);

		const after = await call(api);
		assert.equal(after.customer.number, RIGHT.number);
		assert.equal(after.identified_by, "voice");
		assert.equal(after.name, "Petra Arndt");
		assert.equal(after.person, null);
		assert.deepEqual([after.step, after.path, after.evidence, after.seq],
			[before.step, before.path, before.evidence, before.seq]);

		// A reload and a restart find it there; the ticket is the new one's.
		await desk.restart();
		await led.reload();
		await led.answers(...TO_TICKET.slice(1));
		const ticket = good(await api.get(`${V1}/tickets/1`));
		assert.equal(ticket.customer.number, RIGHT.number);
		assert.equal((await call(api)).identified_by, "voice");
	});

eachEngine("after its end the call takes its tickets along, threads and all",
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const api = desk.api("kaiser");
		const [, right] = await two(kaiser);
		const led = await Call.start(kaiser);

		await led.identified();
		await led.answers(...TO_TICKET, "nothing");
		await does(kaiser, "/tickets/1", "/tickets/1/answer",
			{ body: "Unter Postfach, dann Regeln." });
		const state = good(await moves(api, 1,
			{ customer: right.id, identified: "check", checked: "IBAN endet 07",
				reason: "falsch gewählt", name: "Jan Arndt" }));

		assert.equal(state.identified_by, "check");
		assert.equal(state.identified_note, "IBAN endet 07");
		assert.equal(state.outcome, "ticket");
		assert.deepEqual([state.reassigned[0].from, state.reassigned[0].to,
			state.reassigned[0].employee, state.reassigned[0].reason],
		["10443-7", RIGHT.number, "Tim Kaiser", "falsch gewählt"]);

		const ticket = good(await api.get(`${V1}/tickets/1`));
		assert.equal(ticket.customer.number, RIGHT.number);
		assert.equal(ticket.person, "Jan Arndt");
		assert.equal(ticket.state, "answered");
		assert.equal(ticket.messages[0].body, "Unter Postfach, dann Regeln.");
		assert.equal(ticket.history[0].event, "ticket.reassigned");
		assert.match(words((await kaiser.get("/tickets/1")).text),
			/Umgebucht von .*10443-7 auf .*20815-2. falsch gewählt Tim Kaiser.*Anders bestätigt|Umgebucht von .*anders bestätigt: IBAN endet 07/);
	});

eachEngine("a colleague who is writing an answer learns whom it is for",
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const [, right] = await two(kaiser);
		const led = await Call.start(kaiser);

		await led.identified();
		await led.answers(...TO_TICKET, "nothing");
		const page = await kaiser.get("/tickets/1");
		good(await moves(desk.api("kaiser"), 1, given(right)));
		const late = await sends(kaiser, page, "/tickets/1/answer",
			{ body: "Sehr geehrte Frau Arndt" });
		assert.equal(late.status, 412);
		assert.match(late.text, /Sehr geehrte Frau Arndt/);
	});

eachEngine("who may move it, and until when", async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const [wrong, right] = await two(kaiser);
	const led = await Call.start(kaiser);
	const [own, boss] = [desk.api("kaiser"), desk.api("brandt")];

	desk.employee("voss", { name: "Ina Voss" });
	// Nobody is identified yet: the guide asks for the customer itself.
	problem(await moves(own, 1, given(right)), 409, "conflict");
	await led.identified();
	problem(await moves(desk.api("voss"), 1, given(right)), 403, "forbidden");
	await led.presses("anytime:leaves");
	await led.answers("gone");
	good(await moves(own, 1, given(right)));
	assert.match((await kaiser.get(led.path)).text, /reassign"/);
	desk.pass(DAY);
	const again = await desk.signIn("kaiser");
	assert.doesNotMatch((await again.get(led.path)).text, /reassign"/);
	problem(await moves(own, 1, given(wrong)), 403, "forbidden");
	good(await moves(boss, 1, given(wrong)));
	problem(await moves(boss, 4711, given(wrong)), 404, "not-found");
});

eachEngine("what is missing is named, and nothing is moved", async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const api = desk.api("kaiser");
	const [wrong, right] = await two(kaiser);
	const led = await Call.start(kaiser);

	await led.identified();
	assert.deepEqual(fields(problem(await moves(api, 1, {}), 422, "invalid")),
		["customer", "reason"]);
	assert.deepEqual(fields(problem(await moves(api, 1,
		{ customer: right.id, reason: "x" }), 422, "evidence-missing")),
	["identified"]);
	assert.deepEqual(fields(problem(await moves(api, 1,
		{ ...given(right), typed: "20815" }), 422, "evidence-missing")),
	["number"]);
	assert.deepEqual(fields(problem(await moves(api, 1,
		{ ...given(right), identified: "check", checked: " a " }), 422,
	"evidence-missing")), ["checked"]);
	assert.deepEqual(fields(problem(await moves(api, 1, given(wrong)), 422,
		"invalid")), ["customer"]);
	problem(await moves(api, 1, { ...given(right), person: 1 }), 422,
		"invalid");
	problem(await moves(api, 1, { ...given(right), customer: 4711 }), 404,
		"not-found");
	assert.equal((await call(api)).customer.number, wrong.number);

	// On the page what was typed stands there again.
	const page = `${led.path}/reassign`;
	const back = await submits(kaiser,
		await kaiser.get(`${page}?customer=${right.id}`), page,
		{ reason: "Zwei Firmen Arndt" });
	assert.equal(back.status, 422);
	assert.match(back.text, /value="Zwei Firmen Arndt"/);
	assert.match(words(back.text), /wie der Kunde erkannt worden ist/);
});

eachEngine("free support goes to no customer without a contract, but for a " +
	"supervisor", async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const [, right] = await two(kaiser, { contract: false });
	const led = await Call.start(kaiser);

	await led.identified();
	await led.answers(...TO_TICKET, "nothing");
	assert.deepEqual(fields(problem(await moves(desk.api("kaiser"), 1,
		given(right)), 422, "evidence-missing")), ["contract"]);
	const state = good(await moves(desk.api("brandt"), 1, given(right)));
	assert.equal(state.reassigned[0].without_contract, true);
	assert.match(words((await kaiser.get(led.path)).text),
		/ohne laufenden Vertrag/);
});

eachEngine("the contract counts on the day of the call", async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const [, right] = await two(kaiser, { contract: false });
	await does(kaiser, `${right.path}/contracts/new`,
		`${right.path}/contracts/new`, { product: "DSL 50",
			starts_on: "2020-01-01", ends_on: "2026-11-24" });
	const led = await Call.start(kaiser);

	await led.identified();
	await led.answers(...TO_TICKET, "nothing");
	desk.pass(2 * DAY);
	const state = good(await moves(desk.api("brandt"), 1, given(right)));
	assert.equal(state.reassigned[0].without_contract, false);
});

eachEngine("who goes back behind the identification is asked for it again",
	async (desk) => {
		const api = desk.api("kaiser");
		const kaiser = await desk.signIn("kaiser");
		const [wrong, right] = await two(kaiser);
		const led = await ApiCall.start(api);

		await led.chooses(wrong);
		await led.goes("number:number");
		good(await moves(api, led.state.id,
			{ ...given(right), identified: "voice", typed: "" }));
		await led.read();
		assert.equal(led.state.identified_by, "voice");
		await led.moves("", { kind: "back" });
		assert.equal(led.state.identified_by, null);
		assert.equal(led.state.customer.number, RIGHT.number);
		// The number that was typed for the other one identifies nobody here.
		problem(await led.tries("number"), 422, "evidence-missing");
		await led.moves("voice");
		assert.equal(led.state.identified_by, "voice");
	});

eachEngine("a call of no customer turns out to be one's", async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const [, right] = await two(kaiser, { contract: false });
	const led = await Call.start(kaiser);

	await led.answers("no-customer", "no", "no", "no");
	const state = good(await moves(desk.api("kaiser"), 1,
		{ ...given(right), name: "Jan Arndt" }));
	assert.equal(state.reassigned[0].from, null);
	assert.equal(state.customer.number, RIGHT.number);
});
