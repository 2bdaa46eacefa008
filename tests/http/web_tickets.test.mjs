// The queue and the tickets: what waits, who answers it, and that two people
// never answer the same one unknowingly.
import assert from "node:assert/strict";
import { MINUTE, STAFF, eachEngine } from "./desk.mjs";
import { evidence } from "./api.mjs";
import { customer, form, forms, sends, words } from "./web.mjs";

const ONE = { staff: [STAFF[0]] };
const TWO = { staff: STAFF.slice(0, 2) };

const ANSWER = "Die Weiterleitung gehört unter Postfach, dann Regeln.";

// Tickets, written at the API's door; returns their paths.
async function tickets(desk, client, n = 1) {
	const api = desk.api("kaiser");
	const { number } = await customer(client);
	const paths = [];
	for (let i = 0; i < n; i++) {
		const made = await api.json("POST", "/api/v1/tickets",
			evidence(number, { person: `Anrufer ${i}` }));
		assert.equal(made.status, 201, made.text);
		paths.push(`/tickets/${made.json().id}`);
		desk.pass(MINUTE);
	}
	return paths;
}

eachEngine("the queue is worked off, the oldest first", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	let page = await kaiser.get("/queue");
	assert.match(words(page.text), /Nichts ist unbeantwortet/);
	const [first, second, third] = await tickets(desk, kaiser, 3);
	page = await kaiser.get("/queue");
	assert.match(words(page.text), /Anrufer 0|0.*1.*2/);
	const order = [...page.text.matchAll(/href="(\/tickets\/\d+)"/g)]
		.map((m) => m[1]);
	assert.deepEqual(order, [first, second, third]);

	page = await kaiser.get(first);
	const { fields } = form(page.text, `${first}/answer`);
	let answer = await kaiser.post(`${first}/answer`,
		{ ...fields, body: ANSWER, next: "1" });
	assert.equal(answer.headers.location, `${second}?done=ticket-next`);
	page = await kaiser.follow(answer);
	assert.match(words(page.text), /vorige Anfrage ist beantwortet/);
	answer = await sends(kaiser, page, `${second}/answer`, { body: ANSWER });
	assert.equal(answer.headers.location, `${second}?done=ticket-answered`);
	page = await kaiser.get(third);
	answer = await kaiser.post(`${third}/answer`,
		{ ...form(page.text, `${third}/answer`).fields, body: ANSWER,
			next: "1" });
	assert.equal(answer.headers.location, "/queue?done=ticket-answered");
	page = await kaiser.get("/tickets?state=answered");
	assert.equal([...page.text.matchAll(/href="\/tickets\/\d+"/g)].length, 3);
});

eachEngine("a ticket's life: answered, closed, asked further", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const [path] = await tickets(desk, kaiser);
		const acts = async (what, typed) => {
			const page = await kaiser.get(path);
			const answer = await sends(kaiser, page, `${path}/${what}`, typed);
			assert.equal(answer.status, 303, words(answer.text));
			return words((await kaiser.follow(answer)).text);
		};

		assert.match(await acts("note", { body: "Nachgesehen." }),
			/Notiz.*Nachgesehen/);
		assert.match(await acts("answer", { body: ANSWER }), /Postfach, dann/);
		const closing = await kaiser.get(path);
		assert.match(await acts("close"), /geschlossen|abgeschlossen/);
		assert.equal((await sends(kaiser, closing, `${path}/close`)).status,
			412, "closed twice");
		const vague = await sends(kaiser, await kaiser.get(path),
			`${path}/reopen`, { body: "Geht nicht" });
		assert.equal(vague.status, 422);
		assert.equal(form(vague.text, `${path}/reopen`).fields.body,
			"Geht nicht");
		assert.match(await acts("reopen", { body: "Seit heute 8 Uhr steht " +
			"unter Regeln nur eine leere Seite. Was ist zu tun?" }),
		/leere Seite/);
		assert.match(words((await kaiser.get("/queue")).text), /\d-\d Beim Senden/);
		const gone = await kaiser.get(`/search?q=${encodeURIComponent(
			words((await kaiser.get(path)).text).match(/Anfrage (\d+-\d)/)[1])}`);
		assert.equal(gone.headers.location, path);
	});

eachEngine("two people do not answer the same ticket unknowingly", TWO,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const brandt = await desk.signIn("brandt");
		const [path] = await tickets(desk, kaiser);
		const action = `${path}/answer`;
		const seen = [await kaiser.get(path), await brandt.get(path)];

		// Each sees that the other has begun to write.
		assert.equal((await kaiser.post(`${path}/draft`,
			{ body: "Bitte" })).status, 204);
		assert.match(words((await brandt.get(path)).text),
			/Tim Kaiser schreibt/);
		assert.equal((await sends(kaiser, seen[0], action,
			{ body: ANSWER })).status, 303);
		const mine = "Bitte schalten Sie den Filter <aus>.";
		const late = await sends(brandt, seen[1], action, { body: mine });
		assert.equal(late.status, 412);
		const said = words(late.text);
		assert.match(said, /inzwischen bearbeitet/);
		assert.ok(said.includes(ANSWER), "what stands now");
		assert.ok(said.includes("Filter <aus>"), "what was typed");
		assert.equal(words((await brandt.get(path)).text).split(ANSWER).length,
			2);
	});

eachEngine("of six answers at once one is taken", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const [path] = await tickets(desk, kaiser);
	const { fields } = form((await kaiser.get(path)).text, `${path}/answer`);
	const all = await Promise.all(Array.from({ length: 6 }, (_, i) =>
		kaiser.post(`${path}/answer`, { ...fields, body: `Antwort ${i}` })));
	assert.deepEqual(all.map(({ status }) => status).sort(),
		[303, 412, 412, 412, 412, 412]);
	for (const [i, { status, text }] of all.entries())
		if (status === 412)
			assert.ok(text.includes(`Antwort ${i}`));
	assert.equal(words((await kaiser.get(path)).text)
		.match(/Antwort \d/g).length, 1);
});

eachEngine("an answer that is being written is found again", TWO,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const [path] = await tickets(desk, kaiser);
		const draft = async (client) => form((await client.get(path)).text,
			`${path}/answer`).fields.body;

		await kaiser.post(`${path}/draft`, { body: "Halb fert" });
		assert.equal(await draft(kaiser), "Halb fert");
		assert.equal(await draft(await desk.signIn("brandt")), "");
		await desk.kill9();
		await desk.restart();
		assert.equal(await draft(kaiser), "Halb fert");
		await kaiser.post(`${path}/draft`, { body: "" });
		assert.equal(await draft(kaiser), "");
	});

eachEngine("a refused answer comes back, and nothing is saved", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const [path] = await tickets(desk, kaiser);
		const before = words((await kaiser.get(path)).text);
		const action = `${path}/answer`;
		const { fields } = form((await kaiser.get(path)).text, action);

		for (const body of ["", "   \r\n ", `${"ö".repeat(10_001)}`]) {
			const page = await kaiser.post(action, { ...fields, body });
			assert.equal(page.status, 422);
			assert.equal(form(page.text, action).fields.body.trim(),
				body.trim());
		}
		for (const version of ["", "x", "-1", "9".repeat(40)])
			assert.ok([412, 422].includes((await kaiser.post(action,
				{ version, body: ANSWER })).status), version);
		for (const what of ["close", "reopen"])
			assert.ok([409, 422].includes((await kaiser.post(
				`${path}/${what}`, { ...fields, body: "x" })).status), what);
		for (const id of ["0", "999", "9223372036854775807", "x"]) {
			assert.equal((await kaiser.get(`/tickets/${id}`)).status, 404);
			assert.equal((await kaiser.post(`/tickets/${id}/answer`,
				{ version: "1", body: ANSWER })).status, 404);
		}
		assert.equal(words((await kaiser.get(path)).text), before);
		const full = "ö".repeat(10_000);
		assert.equal((await kaiser.post(action, { ...fields, body: full }))
			.status, 303);
	});

eachEngine("long lists come page by page, none twice", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const paths = await tickets(desk, kaiser, 27);
	const seen = [];
	for (let next = "/queue"; next;) {
		const page = await kaiser.get(next);
		assert.equal(page.status, 200);
		seen.push(...[...page.text.matchAll(/href="(\/tickets\/\d+)"/g)]
			.map((m) => m[1]));
		next = /href="(\/queue\?[^"]*)"/.exec(page.text)?.[1]
			.replaceAll("&amp;", "&");
	}
	assert.deepEqual(seen, paths);
	for (const after of ["x", "1.1", "-5.-5", "9".repeat(60), "1e9.2"])
		assert.equal((await kaiser.get(`/queue?after=${after}`)).status, 200);
	assert.equal(forms((await kaiser.get("/queue")).text)
		.filter(({ action }) => action === "/calls/new").length, 1);
});
