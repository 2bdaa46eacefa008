// Answers: written by employees, found by everybody, taken in a call; and the
// gate that lets no ticket by without a search that the desk made itself.
import assert from "node:assert/strict";
import { STAFF, eachEngine } from "./desk.mjs";
import { Call, QUESTION, answer, customer, does, sends, words } from "./web.mjs";

const ONE = { staff: [STAFF[0]] };
const POSTFACH = { title: "Einrichten eines Postfachs",
	body: "Im Menü auf „Neues Postfach“ klicken.",
	url: "https://www.example.com/postfach", clicks: "Start > Hilfe > E-Mail" };

const form = (changes) => ({ customer: "10443-7", person: "Petra Arndt",
	question: QUESTION, search: "weiterleitung", reason: "nichts dazu",
	read_back: true, internet_hint: true, ...changes });

// A call about a question, where one answer is written.
async function asked(desk, written) {
	const kaiser = await desk.signIn("kaiser");
	await customer(kaiser);
	await answer(kaiser, written);
	const call = await Call.start(kaiser);
	await call.identified();
	await call.answers("question");
	return { kaiser, call };
}

eachEngine("an answer is written, found, changed and retired", ONE,
	async (desk) => {
		const api = desk.api(STAFF[0].login ?? "kaiser");
		const made = await api.json("POST", "/api/v1/answers", POSTFACH);
		assert.equal(made.status, 201, made.text);
		const { id, version, clicks } = made.json();
		assert.deepEqual(clicks, ["Start", "Hilfe", "E-Mail"]);
		const find = async (q) => (await api.json("GET",
			`/api/v1/answers?q=${encodeURIComponent(q)}`)).json().found;

		for (const q of ["postfach einrichten", "Postfächer", "psotfach",
			"neues postf"]) {
			const [best] = await find(q);
			assert.equal(best?.title, POSTFACH.title, q);
			assert.equal(best.answer, id);
			assert.deepEqual(best.clicks, ["Start", "Hilfe", "E-Mail"]);
			assert.match(best.snippet, /Neues Postfach/);
		}
		const edit = (tag, changes) => api.json("PUT", `/api/v1/answers/${id}`,
			{ ...POSTFACH, ...changes }, { "If-Match": tag });
		assert.equal((await edit(`"${version + 5}"`, {})).status, 412);
		const changed = await edit(`"${version}"`, { title: "Mailkonto" });
		assert.equal(changed.status, 200, changed.text);
		assert.equal((await find("mailkonto")).length, 1);
		assert.equal((await find("einrichten")).length, 0);
		for (const wrong of [{ title: "" }, { body: "" },
			{ url: "javascript:alert(1)" }, { title: "x".repeat(201) }])
			assert.equal((await api.json("POST", "/api/v1/answers",
				{ ...POSTFACH, ...wrong })).status, 422,
			JSON.stringify(wrong));
		const retired = await api.json("POST", `/api/v1/answers/${id}/retire`,
			undefined, { "If-Match": changed.headers.etag });
		assert.equal(retired.status, 200, retired.text);
		assert.equal((await find("mailkonto")).length, 0);
		const back = await api.json("POST", `/api/v1/answers/${id}/restore`,
			undefined, { "If-Match": retired.headers.etag });
		assert.equal(back.status, 200, back.text);
		assert.equal((await find("mailkonto")).length, 1);
	});

eachEngine("what is taken in a call is kept and counts", ONE, async (desk) => {
	const { kaiser, call } = await asked(desk, POSTFACH);
	const typed = await kaiser.post(`${call.path}/type`,
		{ search: "postfach" });
	assert.match(typed.text, /<mark>/);
	await call.takes("postfach", POSTFACH.title);
	call.says(/Im Menü auf .*Start > Hilfe > E-Mail/);
	await call.answers("read-out", "nothing");
	call.says(/sofort beantwortet/);
	const list = words((await kaiser.get("/answers")).text);
	assert.match(list, new RegExp(`${POSTFACH.title} 1`));
});

eachEngine("nobody names the address of an answer that has none", ONE,
	async (desk) => {
		const { kaiser, call } = await asked(desk,
			{ title: "Weiterleitung anlegen" });
		await call.takes("weiterleitung", "Weiterleitung anlegen");
		assert.match(call.page.text,
			/answer-shut" name="move" value="answer:named"/);
		call.says(/weder eine Adresse noch einen Klickweg/);
		const refused = await call.tries("answer:named");
		assert.equal(refused.status, 422);
		assert.match(words(refused.text), /weder eine Adresse/);
		await call.answers("read-out", "nothing");
		call.says(/sofort beantwortet/);
	});

eachEngine("no ticket without a search that was really made", ONE,
	async (desk) => {
		const { kaiser, call } = await asked(desk,
			{ title: "Weiterleitung anlegen" });
		assert.equal((await call.tries("answer:nothing")).status, 422);
		await call.answers({ search: "weiterleitung" }, "nothing",
			{ reason: "gilt nur für neue Postfächer" }, "not-clear",
			{ question: QUESTION }, "exact", "right", "said");
		const [, path] = /href="(\/tickets\/\d+)"/.exec(
			(await kaiser.get("/queue")).text);
		const ticket = words((await kaiser.get(path)).text);
		assert.match(ticket, /weiterleitung \(1 Antwort gefunden\)/);
		assert.match(ticket, /ist nicht zu verstehen: gilt nur/);

		// Over the API somebody else made it, and says so.
		const api = desk.api("kaiser");
		const without = await api.json("POST", "/api/v1/tickets",
			form({ search: "" }));
		assert.equal(without.status, 422, without.text);
		const made = await api.json("POST", "/api/v1/tickets",
			form({ reason_kind: "not-there" }));
		assert.equal(made.status, 201, made.text);
		const told = words((await kaiser.get(
			`/tickets/${made.json().id}`)).text);
		assert.match(told, /Gesucht nach weiterleitung/);
		assert.match(told, /steht nirgends/);
	});

eachEngine("a gap is closed, and its tickets are told", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	await customer(kaiser);
	const api = desk.api("kaiser");
	const ids = [];
	for (const search of ["Weiterleitung einrichten",
		"Einrichtung einer Weiterleitung"]) {
		const made = await api.json("POST", "/api/v1/tickets",
			form({ search, reason_kind: "not-there" }));
		assert.equal(made.status, 201, made.text);
		ids.push(made.json().id);
	}
	const gaps = await kaiser.get("/gaps");
	assert.match(words(gaps.text), /Einrichtung einer Weiterleitung 2-mal/);
	const [, gap] = /href="(\/gaps\/\d+)"/.exec(gaps.text);
	assert.match(words((await kaiser.get(gap)).text), /steht nirgends/);

	await answer(kaiser, { title: "Weiterleitung einrichten" });
	const page = await kaiser.get(gap);
	const [, document] = /name="document" value="(\d+)"/.exec(page.text);
	const wrong = await kaiser.post(`${gap}/close`, { document: "999" });
	assert.equal(wrong.status, 422);
	const closed = await kaiser.post(`${gap}/close`, { document });
	assert.equal(closed.status, 303, words(closed.text));
	assert.match(words((await kaiser.get("/gaps")).text), /Keine Lücke/);
	for (const id of ids)
		assert.match(words((await kaiser.get(`/tickets/${id}`)).text),
			/Das ist jetzt beantwortet: Weiterleitung einrichten/);
	assert.equal((await kaiser.post(`${gap}/close`, { document })).status,
		409);
});

eachEngine("an answer written for a gap leads back to it", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	await customer(kaiser);
	const made = await desk.api("kaiser").json("POST", "/api/v1/tickets",
		form({ search: "Weiterleitung einrichten" }));
	assert.equal(made.status, 201, made.text);
	const [, gap] = /href="(\/gaps\/\d+)"/.exec(
		(await kaiser.get("/gaps")).text);
	const [, write] = /href="(\/answers\/new[^"]*)" data-key="n"/.exec(
		(await kaiser.get(gap)).text);
	const page = await kaiser.get(write);
	assert.match(page.text, /name="title" value="Weiterleitung einrichten"/);
	assert.match(page.text, new RegExp(`class="btn" href="${gap}"`));

	const refused = await sends(kaiser, page, "/answers/new", { body: "" });
	assert.equal(refused.status, 422);
	const sent = await sends(kaiser, refused, "/answers/new",
		{ title: "Mails umlenken", body: "So geht es." });
	assert.equal(sent.status, 303, words(sent.text));
	assert.ok(sent.headers.location.startsWith(`${gap}?`));
	const back = await kaiser.follow(sent);
	assert.match(words(back.text), /Die Antwort wurde angelegt.*Mails umlenken/);
	const [, document] = /name="document" value="(\d+)"/.exec(back.text);
	const closed = await kaiser.post(`${gap}/close`, { document });
	assert.equal(closed.status, 303, words(closed.text));
	assert.match(words((await kaiser.get(gap)).text),
		/geschlossen durch Mails umlenken/);
	assert.equal((await kaiser.get("/answers/new?gap=999")).status, 404);
});

eachEngine("a closed gap teaches the answer its words", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	await customer(kaiser);
	const api = desk.api("kaiser");
	const search = "Der Dackel frisst die Kabel";
	const found = async () => (await api.json("GET",
		`/api/v1/answers?q=${encodeURIComponent("dackel frisst kabel")}`))
		.json().found.map((hit) => hit.title);
	const closes = async (title) => {
		assert.equal((await api.json("POST", "/api/v1/tickets",
			form({ search, reason_kind: "not-there" }))).status, 201);
		const [, gap] = /href="(\/gaps\/\d+)"/.exec(
			(await kaiser.get("/gaps")).text);
		const page = (await kaiser.get(`${gap}?q=${title}`)).text;
		const [, document] = /name="document" value="(\d+)"/.exec(page);
		assert.equal((await kaiser.post(`${gap}/close`, { document }))
			.status, 303, words(page));
	};

	await answer(kaiser, POSTFACH);
	await answer(kaiser, { title: "Haustiere" });
	assert.deepEqual(await found(), []);
	await closes("Postfach");
	assert.deepEqual(await found(), [POSTFACH.title]);

	// Not that one after all.
	await closes("Haustiere");
	assert.deepEqual(await found(), ["Haustiere"]);
});

eachEngine("what ends a call well is found first by its words", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		await customer(kaiser);
		const api = desk.api("kaiser");
		const first = async () => (await api.json("GET",
			"/api/v1/answers?q=dackel+kabel")).json().found[0].title;

		await answer(kaiser, { title: "Dackel", body: "Am Kabel." });
		await answer(kaiser, { title: "Ersatz", body: "Dackel, Kabel." });
		assert.equal(await first(), "Dackel");
		const call = await Call.start(kaiser);
		await call.identified();
		await call.answers("question");
		await call.takes("dackel kabel", "Ersatz");
		await call.answers("read-out", "nothing");
		assert.equal(await first(), "Ersatz");
	});

eachEngine("a ticket's answer becomes one for all, once", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		await customer(kaiser);
		const api = desk.api("kaiser");
		const { id } = (await api.json("POST", "/api/v1/tickets",
			form())).json();
		assert.equal((await api.json("POST", "/api/v1/answers",
			{ ...POSTFACH, ticket: id })).status, 409, "it still waits");
		await does(kaiser, `/tickets/${id}`, `/tickets/${id}/answer`,
			{ body: "Das Häkchen „Kopie behalten“ setzen." });
		const fresh = await kaiser.get(`/answers/new?ticket=${id}`);
		assert.match(words(fresh.text), /Nichts über den Kunden/);
		assert.match(fresh.text, /Kopie behalten/);
		await does(kaiser, `/answers/new?ticket=${id}`, "/answers/new",
			{ title: "Kopie behalten" });
		assert.match(words((await kaiser.get(`/tickets/${id}`)).text),
			/jedem Anrufer angeboten/);
		assert.equal((await api.json("POST", "/api/v1/answers",
			{ ...POSTFACH, ticket: id })).status, 409, "once is enough");
	});

eachEngine("the command line finds answers", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	await answer(kaiser, POSTFACH);
	const json = await desk.command("answers", "search", "--json", "postfach");
	const [hit] = JSON.parse(json.stdout ?? json);
	assert.deepEqual(Object.keys(hit), ["url", "title", "clicks", "snippet"]);
	assert.deepEqual(hit.clicks, ["Start", "Hilfe", "E-Mail"]);
});
