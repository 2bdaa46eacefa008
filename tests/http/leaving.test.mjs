// What leaves the house: answers are screened for what is internal, and stand
// in the outbox until they have reached somebody.
import assert from "node:assert/strict";
import { MINUTE, STAFF, eachEngine } from "./desk.mjs";
import { V1, evidence, good, problem } from "./api.mjs";
import { customer, form, forms, sends, words } from "./web.mjs";

const ANSWER = "Die Weiterleitung gehört unter Postfach, dann Regeln.";
const TELLS = "Frau Brandt ist im Urlaub. Die Weiterleitung folgt.";

// A ticket, written at the API's door; its path.
async function ticket(desk, client) {
	const { number } = await customer(client);
	const made = good(await desk.api("kaiser").json("POST", `${V1}/tickets`,
		evidence(number)), 201);
	return `/tickets/${made.id}`;
}

eachEngine("an answer that tells where somebody is does not leave", {},
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const path = await ticket(desk, kaiser);
		const held = await sends(kaiser, await kaiser.get(path),
			`${path}/answer`, { body: TELLS });

		assert.equal(held.status, 422);
		assert.match(held.text,
			/<mark[^>]*>Frau Brandt ist im Urlaub<\/mark>/);
		assert.match(words(held.text), /verrät etwas Internes/);
		assert.equal(form(held.text, `${path}/answer`).fields.body, TELLS);
		assert.equal(form(held.text, `${path}/answer`).fields.release,
			undefined, "an agent cannot release");
		// Not by a field of one's own either.
		assert.equal((await kaiser.post(`${path}/answer`, {
			...form(held.text, `${path}/answer`).fields,
			release: "Ich darf das" })).status, 422);
		const page = words((await kaiser.get(path)).text);
		assert.match(page, /Unbeantwortet/);

		// Changed, it goes, and nothing waits for a supervisor any more.
		assert.equal((await sends(kaiser, held, `${path}/answer`,
			{ body: ANSWER })).status, 303);
		const brandt = await desk.signIn("brandt");
		assert.doesNotMatch(words((await brandt.get("/outbox")).text),
			/Zurückgehalten/);
	});

eachEngine("who closes what was not told is told so", {}, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const path = await ticket(desk, kaiser);
	const answered = await kaiser.follow(await sends(kaiser,
		await kaiser.get(path), `${path}/answer`,
		{ body: ANSWER, way: "tell" }));
	assert.match(words(answered.text), /hat den Kunden noch nicht erreicht/);
	const action = /action="(\/outbox\/\d+\/told)"/.exec(answered.text)[1];
	assert.equal((await sends(kaiser, answered, action)).status, 303);
	assert.doesNotMatch(words((await kaiser.get(path)).text),
		/noch nicht erreicht/);
});

eachEngine("a supervisor releases it, with a reason", {}, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const path = await ticket(desk, kaiser);
	await sends(kaiser, await kaiser.get(path), `${path}/answer`,
		{ body: TELLS });

	const brandt = await desk.signIn("brandt");
	assert.match(words((await brandt.get("/")).text), /freizugeben/);
	const box = await brandt.get("/outbox");
	assert.match(words(box.text), /Zurückgehalten.*Tim Kaiser/);
	const page = await brandt.get(path);
	const { fields } = form(page.text, `${path}/answer`);
	assert.equal(fields.body, TELLS);
	assert.match(words(page.text), /Tim Kaiser hat diese Antwort geschrieben/);
	assert.equal((await sends(brandt, page, `${path}/answer`)).status, 422,
		"without a reason");
	assert.equal((await sends(brandt, page, `${path}/answer`,
		{ release: "Sie hat es dem Kunden selbst gesagt" })).status, 303);
	const api = desk.api("kaiser");
	const full = good(await api.get(`${V1}${path}`));
	assert.equal(full.state, "answered");
	assert.equal(full.messages[0].employee, "Sabine Brandt");
	assert.ok(full.history.some((h) => h.event === "ticket.released"));
	assert.doesNotMatch(words((await brandt.get("/outbox")).text),
		/Zurückgehalten/);
});

eachEngine("private numbers and internal notes stay in the house", {},
	async (desk) => {
		const api = desk.api("kaiser");
		const kaiser = await desk.signIn("kaiser");
		const path = await ticket(desk, kaiser);
		const at = `${V1}${path}`;

		desk.command("employee", "private-number", "add", "brandt",
			"0171 2345678");
		assert.match(desk.command("employee", "private-number", "list"),
			/^brandt\tSabine Brandt\t0171 2345678\n$/);
		assert.equal(desk.try(["employee", "private-number", "add", "brandt",
			"+49 171 2345678"]).code, 1, "twice");
		good(await api.json("POST", `${at}/notes`,
			{ body: "Vorsicht: der Kunde zahlt seit Monaten nur nach der " +
				"dritten Mahnung." }));
		const body = "Über 0049 (0)171/234-56-78 geht es. Wie bekannt: der " +
			"Kunde zahlt seit Monaten nur nach der dritten Mahnung. Grüße";
		const said = problem(await api.json("POST", `${at}/answers`,
			{ body }, { "If-Match": "*" }).then((a) => a.status === 428 ?
			api.json("POST", `${at}/answers`, { body },
				{ "If-Match": '"1"' }) : a), 422, "confidential");
		assert.deepEqual(said.places.map((p) => [p.kind,
			body.slice(p.from, p.from + p.length)]), [
			["number", "0049 (0)171/234-56-78"],
			["note", "der Kunde zahlt seit Monaten nur nach der dritten " +
				"Mahnung"]]);
		assert.ok(said.places.every((p) => p.reason));
		assert.deepEqual(said.errors.map((e) => e.field), ["body"]);
		desk.command("employee", "private-number", "remove", "brandt",
			"0171/2345678");
		assert.equal(desk.try(["employee", "private-number", "remove",
			"brandt", "0171/2345678"]).code, 1);
		const looked = good(await api.get(`${V1}/confidential?text=` +
			encodeURIComponent("Rufen Sie 0171 2345678 an")));
		assert.equal(looked.confidential, false);
		assert.equal(desk.try(["confidential"],
			"Frau Adler ist krank.\nGuten Tag, Frau Adler\n").out,
		"absence\tFrau Adler ist krank.\nclean\tGuten Tag, Frau Adler\n");
	});

eachEngine("nobody reads the private numbers out by asking", {},
	async (desk) => {
		const api = desk.api("kaiser");
		const asks = (...ends) => api.get(`${V1}/confidential?text=` +
			encodeURIComponent(ends.map((n) => `0171 23456${n}`).join(", ")));
		const asked = () => desk.query("SELECT count(*) FROM event " +
			"WHERE kind = 'confidential.number_asked' AND employee_id IS NOT NULL");
		const few = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19];

		desk.command("employee", "private-number", "add", "brandt",
			"0171 2345678");
		assert.deepEqual(problem(await asks(...few, ...few), 422, "invalid")
			.errors.map((e) => e.field), ["text"]);
		assert.equal(good(await asks(...few)).confidential, false);
		assert.deepEqual(asked(), ["0"]);
		assert.equal(good(await asks(77, 78)).confidential, true);
		assert.deepEqual(asked(), ["1"]);
	});

const met = (desk) => desk.query("SELECT count(*) FROM event WHERE kind = " +
	"'confidential.number_asked' AND employee_id IS NOT NULL");
// Numbers of eleven digits that are not the private one; fifteen digits in a row
// count as one.
const tried = (n) => Array.from({ length: n },
	(x, i) => `0171 ${8000000 + i}`).join(", ");

eachEngine("what is typed is not compared with private numbers", {},
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const path = await ticket(desk, kaiser);
		const body = "Rufen Sie bitte 0171 2345678 an, dann geht es weiter.";

		desk.command("employee", "private-number", "add", "brandt",
			"0171 2345678");
		assert.equal((await kaiser.post(`${path}/draft`, { body })).status, 204);
		assert.doesNotMatch((await kaiser.get(path)).text, /<mark/);
		assert.deepEqual(met(desk), ["0"]);
		const held = await sends(kaiser, await kaiser.get(path),
			`${path}/answer`, { body });
		assert.equal(held.status, 422);
		assert.match(held.text, /<mark[^>]*>0171 2345678<\/mark>/);
		assert.deepEqual(met(desk), ["1"], "who has met one is kept");

		// What was held back stays marked, for supervisors too.
		for (const who of [kaiser, await desk.signIn("brandt")])
			assert.match((await who.get(path)).text,
				/<mark[^>]*>0171 2345678<\/mark>/);
		assert.equal((await kaiser.post(`${path}/draft`,
			{ body: body.replace("78", "79") })).status, 204);
		assert.deepEqual(met(desk), ["1"]);
	});

eachEngine("whoever tries numbers with texts that are held back must wait", {},
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const path = await ticket(desk, kaiser);
		const answers = (body, who = kaiser) => who.get(path).then((page) =>
			sends(who, page, `${path}/answer`, { body }));

		desk.command("employee", "private-number", "add", "brandt",
			"0171 2345678");
		assert.equal((await answers(`${TELLS} ${tried(680)}`)).status, 422);
		assert.equal((await answers(`${TELLS} 0171 2345678`)).status, 422);
		assert.deepEqual(met(desk), ["1"]);
		const late = await answers(`${TELLS} 0171 2345679`);
		assert.equal(late.status, 429);
		assert.ok(Number(late.headers["retry-after"]) > 0);
		assert.match(words(late.text), /Zu viele Telefonnummern/);
		assert.doesNotMatch(late.text, /<mark[^>]*>0171/);
		assert.equal((await answers(`0171 2345678 ${ANSWER}`)).status, 429);
		assert.deepEqual(met(desk), ["1"]);
		const asks = (text) => desk.api("kaiser").get(
			`${V1}/confidential?text=${encodeURIComponent(text)}`);
		problem(await asks("0171 2345678"), 429, "too-many");

		// Texts without numbers, and others, are not concerned; it ends.
		assert.equal((await answers(TELLS)).status, 422);
		good(await asks(TELLS));
		assert.equal((await answers(`${TELLS} 0171 2345679`,
			await desk.signIn("brandt"))).status, 422);
		desk.pass(2 * MINUTE);
		assert.equal(good(await asks("0171 2345678")).confidential, true);
		assert.equal((await answers(ANSWER)).status, 303);
	});

// An answer that leaves says of its numbers that none is private.
eachEngine("whoever sends lists of numbers must wait, whoever sends few not", {},
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const api = desk.api("kaiser");
		const { number } = await customer(kaiser);
		const sent = async (n) => {
			const { id } = good(await api.json("POST", `${V1}/tickets`,
				evidence(number)), 201);
			const answer = await sends(kaiser,
				await kaiser.get(`/tickets/${id}`), `/tickets/${id}/answer`,
				{ body: `${ANSWER} ${tried(n)}` });
			return answer.status;
		};

		for (let i = 0; i < 10; i++)
			assert.equal(await sent(10), 303);
		assert.equal(await sent(680), 303);
		assert.equal(await sent(40), 303);
		assert.equal(await sent(1), 429);
		assert.equal(await sent(0), 303);
		desk.pass(30 * MINUTE);
		assert.equal(await sent(1), 303);
	});

eachEngine("a program that asks about many numbers must wait", {},
	async (desk) => {
		const api = desk.api("kaiser");
		const asks = () => api.get(`${V1}/confidential?text=` +
			encodeURIComponent(tried(10)));

		for (let i = 0; i < 63; i++)
			assert.equal(good(await asks()).confidential, false);
		problem(await asks(), 429, "too-many");
		desk.pass(60 * MINUTE);
		for (let i = 0; i < 7; i++)
			good(await asks());
		problem(await asks(), 429, "too-many");
	});

eachEngine("while it is typed it is said what would hold it back", {
	staff: [STAFF[0], STAFF[1]] }, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const path = await ticket(desk, kaiser);
	const typed = await kaiser.post(`${path}/draft`,
		{ body: "Tim Kaiser ist <krank>." });

	assert.equal(typed.status, 200);
	assert.match(typed.text, /<mark title="[^"]+">Tim Kaiser ist &lt;krank<\/mark>/);
	assert.equal((await kaiser.post(`${path}/draft`, { body: ANSWER })).status,
		204);
});

eachEngine("without mail an answer is told by telephone, or waits for it", {},
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const path = await ticket(desk, kaiser);
		const page = await kaiser.get(path);
		const { fields } = form(page.text, `${path}/answer`);

		assert.equal(fields.way, "tell");
		assert.match(words(page.text), /E-Mail ist hier nicht eingerichtet/);
		assert.equal((await kaiser.post(`${path}/answer`, { ...fields,
			body: ANSWER, way: "mail", address: "a@kern.example" })).status,
		422);
		assert.equal((await sends(kaiser, page, `${path}/answer`,
			{ body: ANSWER })).status, 303);
		assert.match(words((await kaiser.get("/")).text),
			/noch nicht beim Kunden sind: 1/);
		const box = await kaiser.get("/outbox");
		assert.match(words(box.text), /telefonisch mitzuteilen/);
		const told = forms(box.text).find((f) => f.action.endsWith("/told"));
		const answer = await kaiser.post(told.action, told.fields);
		assert.equal(answer.headers.location, "/outbox?done=outbox-told");
		assert.match(words((await kaiser.follow(answer)).text),
			/Jede Antwort ist bei ihrem Kunden angekommen/);
		assert.match(words((await kaiser.get(path)).text),
			/Telefonisch mitgeteilt|telefonisch mitgeteilt.*Tim Kaiser/);
		assert.equal((await kaiser.post(told.action, told.fields)).headers
			.location, "/outbox?done=outbox-late");

		await sends(kaiser, await kaiser.get(path), `${path}/reopen`,
			{ body: "Seit heute 8 Uhr steht unter Regeln nur eine leere " +
				"Seite. Was ist zu tun?" });
		assert.equal((await sends(kaiser, await kaiser.get(path),
			`${path}/answer`, { body: ANSWER, way: "told" })).status, 303);
		assert.match(words((await kaiser.get("/outbox")).text),
			/Jede Antwort/);
		const api = desk.api("kaiser");
		assert.deepEqual(good(await api.get(`${V1}/outbox`)),
			{ outbox: [], next: null });
		assert.equal(good(await api.get(`${V1}${path}`)).outbox[0].told_by,
			"Tim Kaiser");
	});
