// Orders on their pages: written for a customer, answered, worked on, invoiced;
// what the pages refuse, who may what, and that nothing acknowledged is lost.
import assert from "node:assert/strict";
import { MINUTE, STAFF, eachEngine } from "./desk.mjs";
import { customer, does, form, forms, sends, words } from "./web.mjs";

const WORK = "Bitte auf der Seite Kontakt die Telefonnummer in der Fußzeile " +
	"durch 0221 4710 330 ersetzen.";

// An offer for the customer, written on its page; the order's path.
async function offered(client, made, typed = {}) {
	const path = `${made.path}/orders/new`;
	const page = await client.get(path);
	const { fields } = form(page.text, path);
	const answer = await client.post(path, { ...fields, description: WORK,
		price: "setup", ...typed });
	assert.equal(answer.status, 303, words(answer.text));
	return new URL(answer.headers.location, "http://x").pathname;
}

// One change by the form of the page as it stands; the answer as it came.
async function change(client, path, what, typed = {}) {
	const page = await client.get(path);
	const { fields } = form(page.text, `${path}/${what}`);
	return client.post(`${path}/${what}`, { ...fields, ...typed });
}

async function changes(client, path, what, typed) {
	const answer = await change(client, path, what, typed);
	assert.equal(answer.status, 303, words(answer.text));
	return words((await client.follow(answer)).text);
}

const YES = { accepted: "1", words: "Ja, machen Sie das.",
	name: "Petra Arndt" };

async function done(client, made, typed, minutes) {
	const path = await offered(client, made, typed);
	await changes(client, path, "reply", YES);
	await changes(client, path, "start");
	await changes(client, path, "done", minutes ? { minutes } : {});
	return path;
}

// The changes that a page offers.
const offers = async (client, path) =>
	forms((await client.get(path)).text)
		.filter((one) => one.action?.startsWith(`${path}/`))
		.map((one) => one.action.slice(path.length + 1));

eachEngine("an order goes its way, and each state offers its own changes",
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const arndt = await customer(kaiser);
		const path = await offered(kaiser, arndt, { price: "work" });

		assert.deepEqual(await offers(kaiser, path),
			["reply", "cancel", "take"]);
		let said = await changes(kaiser, path, "reply", YES);
		assert.match(said, /Ja, machen Sie das\./);
		assert.match(said, /22,50\s€ netto/);
		assert.deepEqual(await offers(kaiser, path),
			["start", "cancel", "take"]);
		assert.match(await changes(kaiser, path, "take"), /Tim Kaiser/);
		const mine = words((await kaiser.get("/")).text);
		assert.match(mine, /für die ich zuständig bin/);
		assert.match(mine, /Angenommen/);
		assert.deepEqual(await offers(kaiser, path),
			["start", "cancel", "leave"]);
		await changes(kaiser, path, "start");
		assert.deepEqual(await offers(kaiser, path), ["done", "cancel"]);

		const typo = await change(kaiser, path, "done", { minutes: "halbe Stunde" });
		assert.equal(typo.status, 422);
		assert.equal(form(typo.text, `${path}/done`).fields.minutes,
			"halbe Stunde", "what was typed is still there");
		assert.equal((await change(kaiser, path, "done", { minutes: "0" }))
			.status, 422);
		said = await changes(kaiser, path, "done", { minutes: "31" });
		assert.match(said, /3 × 22,50\s€/, "started units");
		assert.match(said, /80,33\s€/, "gross");
		assert.deepEqual(await offers(kaiser, path), []);
		assert.doesNotMatch(words((await kaiser.get("/")).text),
			/für die ich zuständig bin/);
	});

eachEngine("a yes or a no is chosen, and never by Enter alone",
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const path = await offered(kaiser, await customer(kaiser));

		const unchosen = await change(kaiser, path, "reply",
			{ words: "Nein, das ist mir zu teuer.", name: "Petra Arndt" });
		assert.equal(unchosen.status, 422);
		assert.equal(form(unchosen.text, `${path}/reply`).fields.words,
			"Nein, das ist mir zu teuer.");
		assert.equal((await change(kaiser, path, "reply",
			{ ...YES, words: " " })).status, 422);
		const [first] = form(unchosen.text, `${path}/reply`).buttons;
		assert.equal(first.name, undefined, "the button that Enter presses");

		const said = await changes(kaiser, path, "reply",
			{ ...YES, accepted: "0", words: "Nein, das ist mir zu teuer." });
		assert.match(said, /Abgelehnt/);
		assert.deepEqual(await offers(kaiser, path), []);
	});

eachEngine("what was changed meanwhile is not overwritten", async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const path = await offered(kaiser, await customer(kaiser));
	const before = form((await kaiser.get(path)).text, `${path}/reply`).fields;

	await changes(kaiser, path, "take");
	const late = await kaiser.post(`${path}/reply`, { ...before, ...YES });
	assert.equal(late.status, 412);
	assert.match(words(late.text), /inzwischen geändert/);
	assert.equal(form(late.text, `${path}/reply`).fields.words, YES.words);
});

eachEngine("whoever is not in charge finishes nobody else's order", {
	staff: [...STAFF, { login: "voss", name: "Ida Voss", role: "agent" }] },
async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const brandt = await desk.signIn("brandt");
	const voss = await desk.signIn("voss");
	const path = await offered(kaiser, await customer(kaiser));
	const refused = async (what, typed) => {
		const { fields } = form((await kaiser.get(path)).text,
			`${path}/${what}`);
		const answer = await voss.post(`${path}/${what}`,
			{ ...fields, ...typed });

		assert.equal(answer.status, 403, what);
		assert.match(words(answer.text), /Nur wer für diesen Auftrag zuständig/);
	};

	await changes(voss, path, "reply", YES); // nobody is in charge yet
	assert.deepEqual(await offers(voss, path), ["start", "cancel", "take"]);
	await changes(kaiser, path, "take");
	await refused("start");
	await refused("cancel", { reason: "keine Lust" });
	await changes(kaiser, path, "start");
	await refused("done");
	await refused("cancel", { reason: "keine Lust" });
	assert.deepEqual(await offers(voss, path), []);
	assert.match(words((await voss.get(path)).text),
		/Nur wer für diesen Auftrag zuständig/);
	assert.deepEqual(await offers(brandt, path),
		["done", "cancel", "assign"]);
	await changes(brandt, path, "done");
});

eachEngine("why an order was cancelled stands in its history",
	async (desk) => {
		const brandt = await desk.signIn("brandt");
		const path = await offered(brandt, await customer(brandt));

		assert.equal((await change(brandt, path, "cancel", { reason: "" }))
			.status, 422);
		await changes(brandt, path, "assign", { employee: "kaiser" });
		const said = await changes(brandt, path, "cancel",
			{ reason: "Kunde hat das Angebot zurückgezogen" });
		assert.match(said, /Kunde hat das Angebot zurückgezogen/);
		assert.match(said, /kaiser/);
		const { history } = (await desk.api("brandt")
			.get(`/api/v1${path}`)).json();
		assert.deepEqual(history.map((one) => one.detail),
			["Kunde hat das Angebot zurückgezogen", "kaiser", null]);
	});

eachEngine("an offer that lacks something comes back with what was typed",
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const arndt = await customer(kaiser);
		const path = `${arndt.path}/orders/new`;
		const page = await kaiser.get(path);
		const { fields } = form(page.text, path);
		const tries = (typed) => kaiser.post(path,
			{ ...fields, description: WORK, price: "own", net: "49,00",
				kind: "work", ...typed });

		for (const typed of [{ description: "Es geht nicht." },
			{ description: "" }, { price: "nothing" }, { price: "" },
			{ net: "umsonst" }, { net: "-5" }, { net: "0" },
			{ kind: "consultation" }, { name: "x".repeat(101) }]) {
			const back = await tries(typed);
			assert.equal(back.status, 422, JSON.stringify(typed));
			const again = form(back.text, path).fields;
			for (const name of ["description", "net", "name"])
				if (typed[name])
					assert.equal(again[name], typed[name]);
		}
		assert.match(words((await kaiser.get(`/orders?state=offered`)).text),
			/Hier steht|Hier gibt es|keine/i);
		const twice = [await tries({}), await tries({})];
		assert.deepEqual(twice.map((one) => one.status), [303, 303]);
		assert.equal(twice[0].headers.location, twice[1].headers.location,
			"sent twice, one order");
		assert.match(words((await kaiser.follow(twice[0])).text), /58,31\s€/);
	});

eachEngine("lists by state, customer and number", async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const arndt = await customer(kaiser);
	const paths = [];

	for (let i = 0; i < 27; i++) {
		paths.push(await offered(kaiser, arndt));
		desk.pass(MINUTE);
	}
	const seen = new Set();
	for (let at = "/orders?state=offered"; at;) {
		const { text } = await kaiser.get(at);
		for (const [, path] of text.matchAll(/href="(\/orders\/\d+)"/g))
			seen.add(path);
		at = /class="pager".*?href="([^"]*)"/s.exec(text)?.[1]
			.replaceAll("&amp;", "&");
	}
	assert.deepEqual([...seen].sort(), [...paths].sort());

	const number = /A\d+-\d/.exec((await kaiser.get(paths[4])).text)[0];
	for (const at of [`/orders?number=${number}`, `/search?q=${number}`,
		`/search?q=${number.toLowerCase()}`])
		assert.equal((await kaiser.get(at)).headers.location, paths[4]);
	assert.match((await kaiser.get(arndt.path)).text,
		new RegExp(paths[26]));
	const none = await kaiser.get("/orders?number=A1-1");
	assert.match(words(none.text), /gibt es nicht/);
	assert.equal((await kaiser.get("/orders?customer=4711")).status, 422);
	assert.equal((await kaiser.get("/orders?state=nonsense&after=x.y"))
		.status, 200);
	assert.equal((await kaiser.get("/orders/99999")).status, 404);
});

eachEngine("what is invoiced: exported, marked once, by who may",
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const brandt = await desk.signIn("brandt");
		const arndt = await customer(kaiser, { name: '=HYPERLINK("x")' });
		const paths = [await done(kaiser, arndt),
			await done(kaiser, arndt, { price: "work" }, "16")];

		for (const at of ["/orders/invoice", "/orders/invoice.csv"])
			assert.equal((await kaiser.get(at)).status, 403);
		assert.equal((await kaiser.post("/orders/invoice",
			{ orders: "1" })).status, 403);

		const csv = await brandt.get("/orders/invoice.csv");
		assert.match(csv.headers["content-type"], /^text\/csv/);
		assert.ok(csv.text.startsWith("\ufeff"));
		const machine = await desk.api("brandt")
			.get("/api/v1/orders/invoice.csv");
		assert.match(machine.headers["content-type"], /^text\/csv/);
		const lines = csv.text.trim().split("\r\n");
		assert.equal(lines.length, 3);
		assert.match(lines[1], /;"'=HYPERLINK\(""x""\)";/);
		assert.match(lines[1], /;1;49,00;49,00;19,00;9,31;58,31;/);
		assert.match(lines[2], /;2;22,50;45,00;19,00;8,55;53,55;/);
		assert.match(lines[2], /"Petra Arndt";2026-11-24;2026-11-24$/);

		// What was done since stays on the next list.
		const page = await brandt.get("/orders/invoice");
		assert.match(words(page.text), /94,00\s€/);
		assert.match(words(page.text), /111,86\s€/);
		const later = await done(kaiser, arndt);
		const answer = await sends(brandt, page, "/orders/invoice");
		assert.equal(answer.status, 303);
		for (const path of paths)
			assert.match(words((await brandt.get(path)).text), /Abgerechnet/);
		const left = await brandt.get("/orders/invoice");
		assert.ok(left.text.includes(later));
		assert.ok(!left.text.includes(`"${paths[0]}"`));

		// The same list once more: nothing of it, and nothing else.
		const { orders } = form(page.text, "/orders/invoice").fields;
		const now = form(left.text, "/orders/invoice").fields.orders;
		for (const bad of [orders, `${now} ${orders}`, `${now} ${now}`]) {
			const again = await brandt.post("/orders/invoice",
				{ orders: bad });
			assert.equal(again.status, 409, bad);
			assert.match(words(again.text), /Nichts wurde|nichts/i);
		}
		for (const bad of ["", "A1-1", "Unsinn"])
			assert.equal((await brandt.post("/orders/invoice",
				{ orders: bad })).status, 422, bad);
		assert.match(words((await brandt.get(later)).text), /Erledigt/);
	});

eachEngine("two who mark the same list: one of them is told so",
	async (desk) => {
		const brandt = await desk.signIn("brandt");
		const adler = await desk.signIn("adler");
		const arndt = await customer(brandt);
		for (let i = 0; i < 5; i++)
			await done(brandt, arndt);
		const page = await brandt.get("/orders/invoice");

		const answers = await Promise.all([brandt, adler].map((one) =>
			sends(one, page, "/orders/invoice")));
		assert.deepEqual(answers.map((one) => one.status).sort(), [303, 409]);
		assert.match(words((await brandt.get("/orders/invoice")).text),
			/Nichts abzurechnen/);
	});

eachEngine("what was acknowledged survives a power cut", async (desk) => {
	const brandt = await desk.signIn("brandt");
	const path = await offered(brandt, await customer(brandt));

	for (const [what, typed] of [["reply", YES],
		["assign", { employee: "kaiser" }], ["start", {}], ["done", {}]]) {
		await changes(brandt, path, what, typed);
		const before = words((await brandt.get(path)).text);
		await desk.kill9();
		await desk.restart();
		assert.equal(words((await brandt.get(path)).text), before, what);
	}
	await does(brandt, "/orders/invoice", "/orders/invoice");
	await desk.kill9();
	await desk.restart();
	assert.match(words((await brandt.get(path)).text), /Abgerechnet/);
});

eachEngine("the price list says where it comes from",
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const page = words((await kaiser.get("/prices")).text);

		assert.match(page, /Beratung am Telefon/);
		assert.match(page, /24,00\s€/);
		assert.match(page, /28,56\s€/);
		assert.match(page, /10 Minuten/);
		assert.equal((await desk.client().get("/prices")).status, 303);
	});
