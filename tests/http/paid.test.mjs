// Money on the telephone: the limit that opens the paid offer, advice that is
// sold and timed, orders that are taken down with a yes or a no, and who is put
// through to whom. The clock is the test's; nothing here waits.
import assert from "node:assert/strict";
import { MINUTE, eachEngine } from "./desk.mjs";
import { Call, STAFF_ONE, V1, customer, fields, good, problem } from
	"./api.mjs";

const SECOND = 1000;
const ONE = { staff: STAFF_ONE };
const WORK = "Bitte auf der Seite Kontakt die Telefonnummer in der Fußzeile " +
	"durch 0221 4710 330 ersetzen.";

async function identified(api, options) {
	const made = await customer(api, options);
	const call = await Call.start(api);

	await call.chooses(made);
	await call.goes("number:number");
	await call.names("Petra Arndt");
	await call.goes("person:named");
	return call;
}

const order = async (api, id) => good(await api.get(`${V1}/orders/${id}`));

eachEngine("at the limit the guide stands at the offer, whatever was open", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		const call = await identified(api);
		await call.goes("matter:question");
		await call.types("search", "fehler 550");
		desk.pass(5 * MINUTE - 1);
		await call.read();
		assert.equal(call.state.step.id, "search");
		const before = call.state.seq;

		desk.pass(1);
		// Whoever has not looked yet is told where the call stands.
		problem(await call.tries("nothing"), 412, "stale");
		await call.read();
		assert.equal(call.state.step.id, "limit-offer");
		assert.match(call.state.step.say, /24,00\u00a0€ netto, mit 19 % Mehrwertsteuer 28,56\u00a0€, je angefangene 10 Minuten/);
		// To look is no entry; a second look is no second one.
		await call.read();
		assert.equal(call.state.seq, before + 1);
		problem(await call.tries("", { kind: "back" }), 409, "conflict");

		// A yes needs its words.
		assert.deepEqual(fields(problem(await call.tries("accepts"), 422,
			"evidence-missing")), ["words"]);
		await call.types("words", "Ja, das ist mir recht.");
		await call.moves("accepts");
		assert.equal(call.state.step.id, "search");
		assert.deepEqual(call.state.path.map((p) => p.kind).slice(-2),
			["limit", "answer"]);
		assert.equal(call.state.inputs.search, "fehler 550");
		const { consultation } = call.state;
		assert.deepEqual([consultation.running, consultation.units,
			consultation.gross_cents], [true, 1, 2856]);

		// Paid time has no limit; the offer does not come again, and no step
		// back undoes it.
		desk.pass(10 * MINUTE);
		await call.read();
		assert.equal(call.state.step.id, "search");
		assert.equal(call.state.consultation.units, 1);
		problem(await call.tries("", { kind: "back" }), 409, "conflict");
		desk.pass(1);
		await call.read();
		// Nor is it sold twice.
		const { anytime } = call.state;
		assert.equal(anytime.find((b) => b.id === "time-is-up").why, "paid");
		await call.moves("lesson", { kind: "anytime" });
		await call.goes("refuse-lesson:paid");
		await call.types("words", "Ja, noch einmal.");
		problem(await call.tries("accepts"), 409, "conflict");
		await call.moves("", { kind: "back" });
		await call.moves("", { kind: "back" });
		assert.deepEqual([call.state.consultation.units,
			call.state.consultation.net_cents], [2, 4800]);
		await call.goes("search:known", "answer:answered", "more:nothing");
		assert.equal(call.state.overrun_ms, 0);
		assert.equal(call.state.consultation.running, false);

		const sold = await order(api, call.state.consultation.order);
		assert.deepEqual([sold.kind, sold.state, sold.answer_words,
			sold.answer_name, sold.units],
		["consultation", "done", "Ja, das ist mir recht.", "Petra Arndt", 2]);
	});

eachEngine("whoever declines at the limit hears the closing sentence", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		const call = await identified(api);
		desk.pass(5 * MINUTE + 20 * SECOND);
		await call.read();
		await call.types("words", "Nein, danke.");
		await call.moves("declines");
		assert.equal(call.state.over, true);
		assert.equal(call.state.overrun_ms, 0);
		const [matter] = call.state.matters;
		assert.equal(matter.outcome, "declined");
		const refused = await order(api, matter.order.id);
		assert.deepEqual([refused.state, refused.answer_words],
			["declined", "Nein, danke."]);
	});

eachEngine("past limit and grace without paying is a fact", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		const call = await identified(api);
		desk.pass(5 * MINUTE + 30 * SECOND);
		await call.read();
		await call.goes("limit-offer:finishing");
		assert.equal(call.state.step.id, "matter");
		desk.pass(7 * SECOND);
		await call.moves("leaves", { kind: "anytime" });
		await call.goes("gone:gone");
		assert.equal(call.state.overrun_ms, 7 * SECOND);
	});

eachEngine("whoever is not known yet is asked to come to an end", ONE,
	async (desk) => {
		const call = await Call.start(desk.api("brandt"));
		desk.pass(6 * MINUTE);
		await call.read();
		assert.equal(call.state.step.id, "limit-plain");
		await call.goes("limit-plain:ends");
		assert.equal(call.state.overrun_ms, 30 * SECOND);
	});

eachEngine("paid time ends by key, and what follows is not paid", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		const call = await identified(api);
		await call.moves("lesson", { kind: "anytime" });
		await call.goes("refuse-lesson:paid");
		await call.types("words", "Ja.");
		await call.goes("lesson-price:accepts");
		assert.equal(call.state.step.id, "lesson");
		problem(await api.json("POST", `${V1}/calls/999/stop`, {}), 404,
			"not-found");
		desk.pass(9 * MINUTE);
		await call.read();
		assert.equal(call.state.step.id, "lesson");
		const stopped = good(await api.json("POST", `${call.path}/stop`, {}));
		assert.deepEqual([stopped.consultation.running,
			stopped.consultation.paid_ms], [false, 9 * MINUTE]);
		problem(await api.json("POST", `${call.path}/stop`, {}), 409,
			"conflict");
		desk.pass(40 * SECOND);
		await call.read();
		await call.goes("lesson:done", "more:nothing");
		assert.equal(call.state.consultation.paid_ms, 9 * MINUTE);
		assert.equal(call.state.overrun_ms, 10 * SECOND);
		assert.deepEqual([call.state.matters[0].outcome,
			call.state.matters[0].class], ["consultation", "order"]);
	});

// The clocks go forward at 01:00 UTC; the server dies in the paid time.
eachEngine("neither a restart nor summer time counts", ONE,
	 async (desk) => {
		desk.now(Date.parse("2026-03-29T00:53:00Z"));
		const api = desk.api("brandt");
		const call = await identified(api);
		desk.pass(5 * MINUTE);
		await call.read();
		await call.types("words", "Ja, bitte.");
		await call.moves("accepts");
		desk.pass(3 * MINUTE);
		await desk.kill9();
		await desk.restart();
		desk.pass(8 * MINUTE);
		await call.read();
		assert.deepEqual([call.state.consultation.paid_ms,
			call.state.consultation.units], [11 * MINUTE, 2]);
	});

eachEngine("an order is taken down with what, how much, and the yes", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		const call = await identified(api, { contract: null });
		assert.equal(call.state.step.id, "no-contract");
		await call.goes("no-contract:work");
		await call.types("question", "Bitte kümmern.");
		assert.deepEqual(fields(problem(await call.tries("exact"), 422,
			"evidence-missing")), ["question"]);
		await call.types("question", WORK);
		await call.goes("order-what:exact");
		assert.ok(call.state.prices.includes("setup"));
		assert.ok(!call.state.prices.includes("repair"));
		await call.types("price", "repair");
		assert.deepEqual(fields(problem(await call.tries("chosen"), 422,
			"evidence-missing")), ["price"]);
		await call.types("price", "setup");
		await call.goes("order-price:chosen");
		assert.match(call.state.step.say, /Das kostet 49,00\u00a0€ netto, mit 19 % Mehrwertsteuer 58,31\u00a0€\./);
		await call.types("words", "Gut, machen Sie das.");
		await call.goes("order-offer:accepts");
		const [matter] = call.state.matters;
		assert.deepEqual([matter.outcome, matter.class, matter.ticket],
			["order", "order", null]);
		const made = await order(api, matter.order.id);
		assert.deepEqual([made.state, made.kind, made.description,
			made.answer_words, made.gross_cents],
		["accepted", "work", WORK, "Gut, machen Sie das.", 5831]);

		// A second offer in the same call begins with empty words.
		await call.goes("more:another");
		await call.goes("no-contract:work");
		await call.types("question", WORK.replace("Kontakt", "Anfahrt"));
		await call.goes("order-what:exact");
		assert.equal(call.state.inputs.words ?? "", "");
		await call.types("price", "work");
		await call.goes("order-price:chosen");
		await call.types("words", "Das muss ich erst besprechen.");
		await call.goes("order-offer:thinks");
		const open = await order(api, call.state.matters[1].order.id);
		assert.deepEqual([open.state, open.answer_words], ["offered", null]);
		assert.equal(open.history[0].detail, "Das muss ich erst besprechen.");
	});

eachEngine("a caller is put through for an order in progress alone", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		const call = await identified(api);
		await call.moves("colleague", { kind: "anytime" });
		assert.equal(call.state.step.id, "refuse-colleague");
		await call.goes("refuse-colleague:goes-on", "matter:work");
		await call.types("question", WORK);
		await call.goes("order-what:exact");
		await call.types("price", "setup");
		await call.goes("order-price:chosen");
		await call.types("words", "Ja.");
		await call.goes("order-offer:accepts", "more:another");
		const { id, number } = call.state.matters[0].order;

		// Accepted is not in progress.
		await call.moves("colleague", { kind: "anytime" });
		await call.goes("refuse-colleague:goes-on");
		const { version } = await order(api, id);
		good(await api.json("POST", `${V1}/orders/${id}/start`, {},
			{ "If-Match": `"${version}"` }));
		await call.read();
		assert.ok(call.state.facts.includes("order-in-hand"));
		await call.moves("colleague", { kind: "anytime" });
		assert.equal(call.state.step.id, "transfer-order");
		assert.deepEqual(call.state.orders, [id]);
		await call.types("order", "999");
		assert.deepEqual(fields(problem(await call.tries("this-one"), 422,
			"evidence-missing")), ["order"]);
		await call.types("order", `${id}`);
		await call.goes("transfer-order:this-one");
		assert.ok(call.state.step.say.includes(
			`Auftrags ${number} verbinde ich Sie mit Sabine Brandt`));
		await call.goes("transfer:connected");
		assert.equal(call.state.over, true);
		assert.deepEqual([call.state.outcome,
			call.state.matters[1].order.id], ["transferred", id]);
	});
