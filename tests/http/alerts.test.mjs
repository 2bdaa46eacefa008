// Legal action that a caller announces alerts the supervisors (M12), until one
// has seen it or somebody has answered.
import assert from "node:assert/strict";
import { eachEngine, MINUTE } from "./desk.mjs";
import { good, problem, V1 } from "./api.mjs";
import { does, words } from "./web.mjs";

const QUESTION = "Seit dem 3. November zeigt www.arndt.example ein Foto, für " +
	"das uns die Rechte fehlen; wir werden klagen.";

async function legal(desk, as = "kaiser", person = "Dr. Weiß") {
	return good(await desk.api(as).json("POST", `${V1}/tickets`,
		{ kind: "legal", person, question: QUESTION }), 201);
}

const waiting = async (api) => good(await api.get(`${V1}/alerts`)).alerts;

eachEngine("legal action alerts supervisors until one has seen it",
	async (desk) => {
		const agent = await desk.signIn("kaiser");
		const boss = await desk.signIn("brandt");
		const api = desk.api("brandt");

		assert.deepEqual(await waiting(api), []);
		const made = await legal(desk);
		const [alert] = await waiting(api);
		assert.equal(alert.ticket, made.id);
		assert.equal(alert.number, made.number);
		assert.equal(alert.person, "Dr. Weiß");

		const page = await boss.get("/customers");
		assert.match(page.text, /<title[^>]*>⚠ 1 – /);
		assert.match(words(page.text),
			new RegExp(`Rechtliche Schritte angekündigt Anfrage ${made.number} Dr. Weiß heute`));
		assert.doesNotMatch((await agent.get("/customers")).text, /alarm|⚠/);

		await does(boss, "/customers", `/tickets/${made.id}/seen`);
		assert.deepEqual(await waiting(api), []);
		assert.doesNotMatch((await boss.get("/customers")).text, /⚠/);
		assert.match(words((await boss.get(`/tickets/${made.id}`)).text),
			/Verlauf vor \d s von der Leitung gesehen Sabine Brandt, auf den Seiten vor \d s aufgeschrieben Tim Kaiser, über die API/);
		// A colleague was faster: nothing happens, and nothing is written.
		good(await api.json("POST", `${V1}/tickets/${made.id}/seen`, {}));
		const { history } = good(await api.get(`${V1}/tickets/${made.id}`));
		assert.deepEqual(history.map((deed) => [deed.event, deed.employee]), [
			["ticket.seen", "Sabine Brandt"], ["ticket.opened", "Tim Kaiser"]]);
		problem(await api.json("POST", `${V1}/tickets/4711/seen`, {}), 404,
			"not-found");
	});

eachEngine("an answer ends the alert, opening again raises it", async (desk) => {
	const agent = await desk.signIn("kaiser");
	const api = desk.api("brandt");
	const { id } = await legal(desk);

	await does(agent, `/tickets/${id}`, `/tickets/${id}/answer`,
		{ body: "Das Foto ist entfernt." });
	assert.deepEqual(await waiting(api), []);
	await does(agent, `/tickets/${id}`, `/tickets/${id}/reopen`,
		{ body: QUESTION });
	assert.equal((await waiting(api))[0].ticket, id);
});

eachEngine("support does not alert, and agents neither see nor end alerts",
	async (desk) => {
		const agent = await desk.signIn("kaiser");
		const { id } = await legal(desk);

		good(await desk.api("kaiser").json("POST", `${V1}/tickets`,
			{ kind: "prospect", person: "Eva Blau", question: QUESTION }), 201);
		assert.equal((await waiting(desk.api("brandt"))).length, 1);
		problem(await desk.api("kaiser").get(`${V1}/alerts`), 403, "forbidden");
		assert.equal((await agent.get("/alerts")).status, 403);
		assert.equal((await agent.post(`/tickets/${id}/seen`)).status, 403);
		assert.equal((await waiting(desk.api("brandt"))).length, 1);
	});

eachEngine("an open page is told only what is new, and keeps no session alive",
	async (desk) => {
		const boss = await desk.signIn("brandt");
		const asks = (tag) => boss.get("/alerts",
			{ "HX-Request": "true", "If-None-Match": tag });
		const tag = (await asks("")).headers.etag;

		assert.equal((await asks(tag)).status, 304);
		await legal(desk);
		const news = await asks(tag);
		assert.equal(news.status, 200);
		assert.match(news.text, /class="alarm"/);
		desk.pass(5000);
		assert.equal((await asks(news.headers.etag)).status, 304);

		desk.pass(11 * 60 * MINUTE);
		await asks(tag);
		desk.pass(2 * 60 * MINUTE);
		assert.equal((await boss.get("/")).status, 303);
	});
