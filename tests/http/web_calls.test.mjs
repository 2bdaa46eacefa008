// A whole call by plain forms, as a browser without JavaScript sends them: to
// every kind of end, over two tabs, by two employees, and with what nobody
// should send.
import assert from "node:assert/strict";
import { MINUTE, STAFF, eachEngine } from "./desk.mjs";
import { Call, QUESTION, TO_TICKET, answer, customer, form, forms, words }
	from "./web.mjs";

const ONE = { staff: [STAFF[0]] };
const TWO = { staff: STAFF.slice(0, 2) };

async function unanswered(client) {
	const { text } = await client.get("/queue");
	return new Set([...text.matchAll(/\/tickets\/(\d+)"/g)].map((m) => m[1]));
}

// How often a text stands in the page.
const times = (html, text) => words(html).split(text).length - 1;

// ---- Every kind of end -----------------------------------------------------

// Searches, and takes the best answer.
const TAKES = Symbol("takes");

const WORK = "Bitte auf der Seite Kontakt die Telefonnummer in der Fußzeile " +
	"durch 0221 4710 330 ersetzen.";

const ENDS = [
	["answered", ["question", "known", "answered", "nothing"],
		/sofort beantwortet/],
	["referred", ["question", TAKES, "named", "nothing"],
		/auf die Website verwiesen/],
	["a known fault", ["fault", "ours", "red", "told", "nothing"],
		/bekannte Störung/],
	["the customer's fault",
		["fault", "ours", "all-green", "understood", "nothing"], /Kunden/],
	["refused", ["fault", "not-ours", "understood", "nothing"], /abgelehnt/],
	["an order", ["work", [{ question: WORK }, "exact"],
		[{ price: "setup" }, "chosen"], [{ words: "Ja, bitte." }, "accepts"],
		"nothing"], /Auftrag A1-3/],
	["declined", ["website", "dislike", "leave", "nothing"], /Angebot/],
];

eachEngine("a customer's call to each of its ends", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	await customer(kaiser);
	await answer(kaiser, { title: "Postfach einrichten",
		clicks: "Start > Hilfe > Postfach" });
	for (const [name, answers, says] of ENDS) {
		const call = await Call.start(kaiser);
		call.says(/Kundennummer/);
		await call.identified();
		for (const one of answers)
			await (one === TAKES ? call.takes("postfach", "Postfach einrichten")
				: call.answers(...[one].flat()));
		assert.match(words(call.page.text), /Das Gespräch ist beendet/, name);
		assert.match(words(call.page.text), says, name);
		assert.equal(forms(call.page.text).filter((one) =>
			one.action === `${call.path}/step`).length, 0, name);
	}
	assert.equal((await unanswered(kaiser)).size, 0);
});

eachEngine("a call that ends in a ticket", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	await customer(kaiser);
	const call = await Call.start(kaiser);
	await call.identified();
	const page = await call.answers(...TO_TICKET);
	call.says(/Ihre Anfrage ist aufgenommen.*als Anfrage aufgenommen \d+-\d/);
	const [id] = await unanswered(kaiser);
	const ticket = words((await kaiser.get(`/tickets/${id}`)).text);
	for (const text of [QUESTION, "Petra Arndt", "10443-7", "Weiterleitung",
		"Anleitung passt nicht", "Vorgelesen ja"])
		assert.ok(ticket.includes(text), text);
	await call.answers("another");
	call.says(/Worum geht es/);
	await call.answers("question", "known", "answered", "nothing");
	call.says(/als Anfrage aufgenommen.*sofort beantwortet/);
	assert.equal((await unanswered(kaiser)).size, 1);
});

const STRANGERS = [
	["prospect", ["yes"], "Interessent"],
	["partner", ["no", "yes"], "Vertragsunternehmen"],
	["legal", ["no", "no", "yes"], "Recht"],
];

eachEngine("who is no customer is recorded, or the call ends at once", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		for (const [kind, answers, says] of STRANGERS) {
			const call = await Call.start(kaiser);
			const question = `${QUESTION} (${kind})`;
			await call.answers("no-customer", ...answers,
				{ name: `Udo ${kind}` }, "named", { question }, "exact",
				"right");
			call.says(/Das Gespräch ist beendet/);
			const queue = await kaiser.get("/queue");
			assert.match(words(queue.text), new RegExp(`Udo ${kind} ${says}`));
		}
		assert.equal((await unanswered(kaiser)).size, 3);
		const call = await Call.start(kaiser);
		await call.answers("no-customer", "no", "no", "no");
		call.says(/Auf Wiederhören.*Das Gespräch ist beendet.*sofort beendet/);
		assert.equal((await unanswered(kaiser)).size, 3);
	});

eachEngine("a caller who hangs up, and one who did not", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const call = await Call.start(kaiser);
	await call.presses("anytime:leaves");
	await call.answers("still-there");
	call.says(/Kundennummer/);
	await call.presses("anytime:leaves");
	await call.answers("gone");
	call.says(/Das Gespräch ist beendet.*Anrufer/);
	// There is no open call that stands in the next one's way.
	assert.notEqual((await Call.start(kaiser)).path, call.path);
});

eachEngine("refusals return to the step they came from", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	await customer(kaiser);
	const call = await Call.start(kaiser);
	await call.identified();
	await call.answers("question");
	for (const [branch, answer] of [["internal", "goes-on"],
		["colleague", "goes-on"], ["lesson", "goes-on"],
		["time-is-up", "finishing"]]) {
		await call.presses(`anytime:${branch}`);
		await call.answers(answer);
		call.says(/Haben wir eine Antwort darauf/);
	}
	while (!/Worum geht es/.test(words(call.page.text)))
		await call.presses("back:");
	call.says(/Worum geht es/);
});

// ---- What the desk refuses -------------------------------------------------

eachEngine("without a contract there is no free support", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		await customer(kaiser, { contract: false });
		const call = await Call.start(kaiser);
		await call.identified();
		call.says(/kein Vertrag/);
		for (const answer of ["question", "exact", "said"]) {
			const { fields } = call.button("answer:understood");
			const refused = await kaiser.post(`${call.path}/step`,
				{ ...fields, move: `answer:${answer}` });
			assert.equal(refused.status, 409, answer);
		}
		await call.answers("understood");
		call.says(/Das Gespräch ist beendet/);
	});

eachEngine("what is missing is said, and what was typed stays", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		await customer(kaiser);
		const call = await Call.start(kaiser);
		const refused = async (move, typed, says) => {
			const said = await call.tries(move, typed);
			assert.equal(said.status, 422, move);
			assert.match(words(said.text), says, move);
			const fields = Object.assign({}, ...forms(said.text)
				.filter((one) => one.action === `${call.path}/step`)
				.map((one) => one.fields));
			for (const [name, value] of Object.entries(typed))
				assert.equal(fields[name], value, name);
		};

		await refused("answer:number", {}, /Kundennummer/);
		await call.finds("10443");
		await refused("answer:voice", {}, /Kunden/);
		await call.identified();
		await call.answers("question");
		await refused("answer:nothing", {}, /Suchen Sie zuerst/);
		await refused("answer:nothing", { search: "ä".repeat(201) },
			/höchstens 200/);
		await call.answers({ search: "Mail" }, "nothing",
			{ reason: "nichts dazu" }, "given");
		for (const [question, says] of [
			["Herr Kaiser soll mich zurückrufen.", /Rückruf/],
			["Nichts geht mehr", /./],
			["", /./],
			[`${QUESTION} ${"ö".repeat(10_001 - QUESTION.length - 1)}`,
				/10001.*höchstens 10000|höchstens 10000/],
			["Zu viel des Guten. ".repeat(2000).trim(), /höchstens 10000/],
		])
			await refused("answer:exact", { question }, says);
		await call.reload();
		const longest = `${QUESTION} ${"ö".repeat(10_000 - QUESTION.length - 1)}`;
		await call.answers({ question: longest }, "exact", "right", "said");
		assert.equal((await unanswered(kaiser)).size, 1);
	});

eachEngine("what nobody should send changes nothing", TWO, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	desk.employee("wolf", { name: "Ida Wolf" });
	const wolf = await desk.signIn("wolf");
	await customer(kaiser);
	const call = await Call.start(kaiser);
	await call.identified();
	const before = words(call.page.text);
	const { fields } = call.button("answer:question");
	const step = (changes) => kaiser.post(`${call.path}/step`,
		{ ...fields, move: "answer:question", ...changes });

	for (const [changes, status] of [
		[{ move: "answer:no-such" }, 409], [{ move: "answer:" }, 409],
		[{ move: "" }, 422], [{ move: "fly:away" }, 422],
		[{ move: "answer" }, 422], [{ move: "waive:question" }, 409],
		[{ move: "anytime:no-such" }, 409], [{ step: "no-such" }, 412],
		[{ step: "" }, 412], [{ seq: "" }, 412], [{ seq: "-1" }, 412],
		[{ seq: "99" }, 412], [{ seq: "x" }, 422],
		[{ seq: "9".repeat(30) }, 422], [{ person: "77" }, 422],
		[{ person: "-1" }, 422], [{ move: `answer:${"x".repeat(5000)}` }, 422],
		[{ move: "answer:question\u0000" }, 409],
	]) {
		const answer = await step(changes);
		const name = JSON.stringify(changes).slice(0, 60);
		assert.ok([status, 409, 412, 422].includes(answer.status),
			`${name}: ${answer.status}`);
		assert.match(answer.text, /role="alert"|class="wrong"/, name);
	}
	// Bytes that are no text.
	for (const body of ["move=%ff%fe", "question=%c3%28&move=answer:question",
		"%ff=1", "seq=1&seq=2&move=back:", "=&&&=", "move=%zz"]) {
		const answer = await kaiser.request("POST", `${call.path}/step`, { body,
			headers: { "Content-Type": "application/x-www-form-urlencoded",
				"Origin": desk.url } });
		assert.ok(answer.status >= 400 && answer.status < 500,
			`${body}: ${answer.status}`);
	}
	// More than fits.
	const big = await kaiser.post(`${call.path}/step`,
		{ ...fields, move: "answer:question", question: "x".repeat(10 << 20) })
		.catch(({ code }) => ({ status: code }));
	assert.ok([413, "EPIPE", "ECONNRESET"].includes(big.status));
	const mega = await kaiser.post(`${call.path}/step`,
		{ ...fields, move: "answer:question", question: "x".repeat(2 << 20) });
	assert.equal(mega.status, 413);
	assert.match(words(mega.text), /zu viel/i);
	// Somebody else's call.
	for (const [path, typed] of [["step", { ...fields, move: "back:" }],
		["step", { ...fields, move: "stay:" , question: "fremd" }],
		["type", { question: "fremd" }], ["customer", { typed: "10443-7" }]])
		assert.equal((await wolf.post(`${call.path}/${path}`, typed)).status,
			403, path);
	assert.match(words((await wolf.get(call.path)).text),
		/Tim Kaiser führt dieses Gespräch/);
	// Ids that nobody has.
	for (const id of ["0", "99", "9223372036854775807", "9223372036854775808",
		"-1", "x"])
		for (const answer of [await kaiser.get(`/calls/${id}`),
			await kaiser.post(`/calls/${id}/step`,
				{ ...fields, move: "back:" })])
			assert.equal(answer.status, 404, id);
	assert.equal(words((await call.reload()).text), before);
});

// ---- Twice, late, elsewhere ------------------------------------------------

eachEngine("a step that is sent twice is taken once", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	await customer(kaiser);
	const call = await Call.start(kaiser);
	await call.identified();
	await call.answers(...TO_TICKET.slice(0, -1));
	const { fields } = call.button("answer:said");
	const same = { ...fields, move: "answer:said" };
	const both = await Promise.all(Array.from({ length: 6 },
		() => kaiser.post(`${call.path}/step`, same)));
	assert.deepEqual(both.map((one) => one.status).sort(),
		[303, 412, 412, 412, 412, 412]);
	const late = await kaiser.post(`${call.path}/step`, same);
	assert.equal(late.status, 412);
	assert.match(words(late.text), /sonst noch ein Anliegen/);
	assert.equal((await unanswered(kaiser)).size, 1);
});

eachEngine("the second tab's answer comes too late, its text stays", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		await customer(kaiser);
		const call = await Call.start(kaiser);
		await call.identified();
		await call.answers(...TO_TICKET.slice(0, 5));
		const other = new Call(kaiser);
		other.path = call.path;
		await other.reload();
		await call.answers({ question: QUESTION }, "exact", "right");
		const typed = "Im zweiten Fenster stand seit heute 9 Uhr etwas anderes.";
		const stale = await other.tries("answer:exact", { question: typed });
		assert.equal(stale.status, 412);
		assert.match(words(stale.text), /anderen Fenster|anderen Tab/);
		assert.match(words(stale.text), /über das Internet/, "where it stands");
		assert.equal(times(stale.text, typed), 1, "what was typed");
		assert.equal(times(stale.text, QUESTION), 1, "what is on record");
		await call.answers("said");
		const [id] = await unanswered(kaiser);
		const ticket = await kaiser.get(`/tickets/${id}`);
		assert.equal(times(ticket.text, QUESTION), 1);
		assert.equal(times(ticket.text, typed), 0);
	});

eachEngine("a second call waits until the first has ended", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const call = await Call.start(kaiser);
		const all = await Promise.all(Array.from({ length: 4 },
			() => kaiser.post("/calls/new")));
		for (const { headers } of all)
			assert.equal(headers.location, `${call.path}?done=call-open`);
		const page = await kaiser.follow(all[0]);
		assert.match(page.text, /role="(status|alert)"[^]*offen/);
		assert.match((await kaiser.get("/")).text, new RegExp(call.path));
	});

eachEngine("what is typed is kept as it is typed", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	await customer(kaiser);
	const call = await Call.start(kaiser);
	await call.identified();
	await call.answers("question");
	assert.equal((await kaiser.post(`${call.path}/type`,
		{ search: "halb getip" })).status, 200);
	await call.reload();
	assert.equal(call.button("answer:nothing").fields.search, "halb getip");
	await call.answers("nothing", { reason: "nichts" }, "given");
	for (const [question, says] of [[QUESTION, /genau genug/],
		["Bitte um Rückruf", /nur der Wunsch/]]) {
		const verdict = await kaiser.post(`${call.path}/type`, { question });
		assert.equal(verdict.status, 200);
		assert.match(words(verdict.text), says);
		await call.reload();
		assert.equal(call.button("answer:exact").fields.question, question);
		call.says(says);
	}
	const long = await kaiser.post(`${call.path}/type`,
		{ question: "x".repeat(10_001) });
	assert.equal(long.status, 422);
	await call.reload();
	assert.equal(call.button("answer:exact").fields.question,
		"Bitte um Rückruf");
	// On record it stays as it is.
	await call.answers({ question: QUESTION }, "exact", "right");
	const late = await kaiser.post(`${call.path}/type`, { question: "anders" });
	assert.equal(late.status, 409);
});

eachEngine("a correction while reading back is what the ticket says", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		await customer(kaiser);
		const call = await Call.start(kaiser);
		await call.identified();
		await call.answers(...TO_TICKET.slice(0, 7));
		const better = QUESTION.replace("17 Uhr", "18 Uhr");
		await call.answers({ question: better }, "right", "said");
		const [id] = await unanswered(kaiser);
		assert.equal(times((await kaiser.get(`/tickets/${id}`)).text, better),
			1);
	});

eachEngine("the clock runs over the whole call", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const call = await Call.start(kaiser);
	desk.pass(4 * MINUTE + 5000);
	await call.reload();
	const [, start] = /data-clock-start="(\d+)"/.exec(call.page.text);
	assert.equal(Number(start), 4 * MINUTE + 5000);
	call.says(/4:05 5:00/);
	desk.pass(2 * MINUTE);
	await call.reload();
	call.says(/6:05/);
	call.says(/Die Zeit für ein Gespräch ist um/);
	await call.answers("ends");
	call.says(/Das Gespräch ist beendet. 6:05/);
	call.says(/Über die Grenze hinaus, ohne dass jemand zahlt: 0:35/);
	desk.pass(MINUTE);
	assert.match(words((await call.reload()).text), /6:05/);
});

eachEngine("nothing typed in a call becomes markup", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const xss = "<script>alert(1)</script>\"'><img src=x>";
	await customer(kaiser, { name: `Firma ${xss}`, person: xss });
	const call = await Call.start(kaiser);
	const clean = (html, name) => {
		assert.match(html, /&lt;script&gt;/, name);
		assert.doesNotMatch(html, /<script>alert|<img src=x/, name);
	};
	const found = await kaiser.get(
		`${call.path}/lookup?typed=${encodeURIComponent("Firma")}`);
	clean(found.text, "lookup");
	await call.finds(xss);
	clean(call.page.text, "typed");
	await call.identified();
	clean(call.page.text, "caller");
	await call.answers("question", { search: xss }, "nothing", { reason: xss },
		"given", { question: `${QUESTION} ${xss}` }, "exact");
	clean(call.page.text, "read back");
	await call.answers("right", "said");
	clean(call.page.text, "caller's tickets");
	const [id] = await unanswered(kaiser);
	for (const path of [`/tickets/${id}`, "/queue", "/", "/customers/1"])
		clean((await kaiser.get(path)).text, path);
	const note = await kaiser.post(`/tickets/${id}/note`, { body: xss });
	clean((await kaiser.follow(note)).text, "note");
	const { fields } = form((await kaiser.get(`/tickets/${id}`)).text,
		`/tickets/${id}/answer`);
	const answer = await kaiser.post(`/tickets/${id}/answer`,
		{ ...fields, body: xss });
	clean((await kaiser.follow(answer)).text, "answer");
});
