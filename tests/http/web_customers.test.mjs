// Customers' pages: what is typed is kept or comes back whole, two people do
// not overwrite each other, and nothing that is typed becomes HTML.
import assert from "node:assert/strict";
import { STAFF, eachEngine } from "./desk.mjs";
import { customer, does, form, forms, sends, words } from "./web.mjs";

const ONE = { staff: [STAFF[0]] };

const FULL = { number: "20815-1", name: "Gärtnerei Öztürk & Söhne",
	street: "Am Wehr 3", zip: "04109", city: "Leipzig",
	email: "post@oeztuerk.example", note: "Klingelt zweimal.\nImmer." };

// Script, markup and the characters that end an attribute.
const XSS = `<script>alert(1)</script><img src=x onerror=alert(2)>"'><b>&amp;`;

// Fails unless the text is in the page as text: written, but nowhere as markup.
function escaped(html, name) {
	assert.match(html, /&lt;script&gt;alert\(1\)/, name);
	assert.doesNotMatch(html, /<script>alert|<img src=x|"'><b>/, name);
}

// What was typed stands in the form again, line ends as browsers send them.
function standsIn(page, action, typed) {
	const { fields } = form(page.text, action);
	for (const [name, value] of Object.entries(typed))
		assert.equal(fields[name].replace(/\r\n/g, "\n"), value, name);
}

eachEngine("a customer is added, found and changed", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	let page = await does(kaiser, "/customers/new", "/customers/new", FULL);
	for (const value of Object.values(FULL))
		assert.ok(words(page.text).includes(words(value)), value);
	const [path] = /\/customers\/\d+/.exec(page.text);

	standsIn(await kaiser.get(`${path}/edit`), `${path}/edit`, FULL);
	page = await does(kaiser, `${path}/edit`, `${path}/edit`,
		{ name: "Gärtnerei Öztürk GmbH" });
	assert.match(page.text, /Der Kunde wurde gespeichert/);
	for (const q of ["20815-1", "oeztuerk", "öztürk", "Leipzig"]) {
		page = await kaiser.get(`/customers?q=${encodeURIComponent(q)}`);
		assert.match(words(page.text), /Gärtnerei Öztürk GmbH/, q);
	}
	page = await kaiser.follow(await kaiser.get("/search?q=20815-1"));
	assert.match(words(page.text), /Gärtnerei Öztürk GmbH/);
	page = await kaiser.get("/customers?q=gibtesnicht");
	assert.match(words(page.text), /niemand/i);
});

eachEngine("a refused customer comes back with everything typed", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const wrongs = [
			[{ name: "" }, /ausgefüllt/],
			[{ name: "ä".repeat(201) }, /höchstens 200/],
			[{ email: "keine Adresse" }, /E-Mail-Adresse/],
			[{ note: "x".repeat(10_001) }, /höchstens \d+/],
			[{ number: "9".repeat(41) }, /höchstens \d+/],
			[{ city: "x".repeat(300), zip: "9".repeat(300) },
				/höchstens \d+/],
		];
		for (const [wrong, says] of wrongs) {
			const typed = { ...FULL, ...wrong };
			const page = await kaiser.post("/customers/new", typed);
			assert.equal(page.status, 422, says);
			assert.match(words(page.text), says);
			standsIn(page, "/customers/new", typed);
		}
		assert.match((await kaiser.get("/customers")).text, /Noch keine Kunden/);
	});

eachEngine("a number is given once", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	await customer(kaiser, { number: "10443-7" });
	for (const number of ["10443-7", "104437", "10443 7"]) {
		const typed = { ...FULL, number };
		const page = await kaiser.post("/customers/new", typed);
		assert.ok([409, 422].includes(page.status), number);
		standsIn(page, "/customers/new", typed);
		assert.match(page.text, /id="number-fault"/);
	}
	const free = await does(kaiser, "/customers/new", "/customers/new",
		{ name: "Ohne Nummer" });
	assert.match(words(free.text), /Ohne Nummer \d+/);
});

eachEngine("who saves second sees what stands there and keeps the own text",
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const brandt = await desk.signIn("brandt");
		const { path } = await customer(kaiser, { contract: false });
		const action = `${path}/edit`;
		const first = await kaiser.get(action);
		const second = await brandt.get(action);

		assert.equal((await sends(kaiser, first, action,
			{ city: "Köln", note: "von Kaiser" })).status, 303);
		const late = { ...form(second.text, action).fields,
			street: "Ring 9", note: "von Brandt" };
		const stale = await brandt.post(action, late);
		assert.equal(stale.status, 412);
		assert.match(words(stale.text), /von Kaiser/);
		const { street, note } = form(stale.text, action).fields;
		assert.deepEqual({ street, note },
			{ street: "Ring 9", note: "von Brandt" });
		assert.match(words((await kaiser.get(path)).text), /Köln.*von Kaiser/);
		// Seen and meant: the second time it is saved.
		const meant = await sends(brandt, stale, action);
		assert.equal(meant.status, 303, words(meant.text));
		assert.match(words((await kaiser.get(path)).text), /Ring 9.*von Brandt/);
		// The form of the first time, sent again, changes nothing.
		assert.equal((await brandt.post(action, late)).status, 412);
	});

eachEngine("contracts, persons and telephone numbers of a customer", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const { path } = await customer(kaiser,
			{ contract: false, person: null });
		const contract = { product: "Webhosting M", number: "V-1",
			starts_on: "2020-01-01", ends_on: "", note: "jährlich" };
		let action = `${path}/contracts/new`;

		for (const [wrong, field] of [[{ product: "" }, "product"],
			[{ starts_on: "2020-02-30" }, "starts_on"],
			[{ starts_on: "gestern" }, "starts_on"],
			[{ ends_on: "2019-01-01" }, "ends_on"]]) {
			const typed = { ...contract, ...wrong };
			const page = await kaiser.post(action, typed);
			assert.equal(page.status, 422, field);
			assert.match(page.text, new RegExp(`id="${field}-fault"`));
			standsIn(page, action, typed);
		}
		let page = await does(kaiser, action, action, contract);
		assert.match(words(page.text), /Vertrag aktiv.*Webhosting M V-1/);
		[action] = /\/contracts\/\d+\/edit/.exec(page.text);
		const old = await kaiser.get(action);
		page = await does(kaiser, action, action, { ends_on: "2020-12-31" });
		assert.match(words(page.text), /Ehemaliger Kunde/);
		const stale = await sends(kaiser, old, action, { note: "zu spät" });
		assert.equal(stale.status, 412);
		assert.equal(form(stale.text, action).fields.note, "zu spät");

		page = await does(kaiser, path, `${path}/persons`,
			{ name: "Petra Arndt", position: "Inhaberin" });
		assert.match(words(page.text), /Petra Arndt Inhaberin/);
		page = await sends(kaiser, page, `${path}/persons`,
			{ name: "Uwe", email: "uwe" });
		assert.equal(page.status, 422);
		assert.equal(form(page.text, `${path}/persons`).fields.name, "Uwe");
		page = await sends(kaiser, page, `${path}/phones`,
			{ phone: "keine", label: "mobil" });
		assert.equal(page.status, 422);
		assert.deepEqual(Object.values(form(page.text, `${path}/phones`).fields)
			.slice(0, 2), ["keine", "mobil"]);
		page = await does(kaiser, path, `${path}/phones`,
			{ phone: "0221 4710 112", label: "Büro" });
		assert.match(words(page.text), /0221 4710112|0221 4710 112/);
		for (const { action: gone } of forms(page.text).filter(
			(one) => /\/remove$/.test(one.action)))
			assert.equal((await kaiser.post(gone)).status, 303, gone);
		page = await kaiser.get(path);
		assert.doesNotMatch(words(page.text), /Petra Arndt|4710/);
	});

eachEngine("what is typed never becomes markup", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const everything = { number: "1-1", name: XSS, street: XSS, zip: "<b>1",
		city: `${XSS}`.slice(0, 90), note: XSS, email: "" };
	let page = await kaiser.post("/customers/new",
		{ ...everything, email: XSS });
	assert.equal(page.status, 422);
	escaped(page.text, "refused");
	page = await does(kaiser, "/customers/new", "/customers/new", everything);
	escaped(page.text, "customer");
	const [path] = /\/customers\/\d+/.exec(page.text);
	const contract = { product: XSS, number: "<b>", note: XSS,
		starts_on: "2020-01-01" };
	page = await does(kaiser, `${path}/contracts/new`, `${path}/contracts/new`,
		contract);
	escaped(page.text, "contract");
	page = await does(kaiser, path, `${path}/persons`,
		{ name: XSS, position: XSS });
	escaped(page.text, "person");
	page = await does(kaiser, path, `${path}/phones`,
		{ phone: "0221 4710 112", label: "<b>\"x" });
	assert.match(page.text, /&lt;b&gt;/);
	const q = encodeURIComponent(XSS);
	for (const there of ["/customers", `/customers?q=${q}`,
		`/customers/lookup?q=${q}`, `${path}/edit`, `/sign-in?next=${q}`,
		`/queue?state=${q}`, `/tickets?after=${q}`, `/customers?after=${q}`,
		`/?done=${q}`]) {
		const answer = await kaiser.get(there);
		assert.doesNotMatch(answer.text,
			/<script>alert|<img src=x|"'><b>/, there);
	}
});

eachEngine("a form that is sent twice makes one entry", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const page = await kaiser.get("/customers/new");
	const fields = { ...form(page.text, "/customers/new").fields,
		name: "Doppelt OHG" };
	const first = await kaiser.post("/customers/new", fields);
	const second = await kaiser.post("/customers/new", fields);
	assert.equal(first.status, 303);
	assert.equal(second.headers.location, first.headers.location);
	// Other content under the same nonce is asked about, and kept.
	const third = await kaiser.post("/customers/new",
		{ ...fields, name: "Dreifach OHG" });
	assert.equal(third.status, 409);
	assert.match(words(third.text), /schon gesendet/);
	assert.match(third.text, /value="Dreifach OHG"/);
	const again = form(third.text, "/customers/new").fields;
	assert.equal((await kaiser.post("/customers/new", again)).status, 303);

	const { location } = first.headers;
	const [path] = /\/customers\/\d+/.exec(location);
	const shown = await kaiser.get(path);
	for (const [part, typed] of [["persons", { name: "Petra Arndt" }],
		["phones", { phone: "0221 4710 112" }]]) {
		const sent = { ...form(shown.text, `${path}/${part}`).fields, ...typed };
		const both = await Promise.all([kaiser.post(`${path}/${part}`, sent),
			kaiser.post(`${path}/${part}`, sent)]);
		assert.deepEqual(both.map((a) => a.status), [303, 303], part);
		const gone = forms((await kaiser.get(path)).text).filter((one) =>
			one.action?.startsWith(`${path}/${part}/`));
		assert.equal(gone.length, 1, part);
	}
});
