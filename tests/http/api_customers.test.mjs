// Customers over the API: adding, finding, paging, editing over the version
// that was seen, what belongs to them, and the import of many.
import assert from "node:assert/strict";
import { eachEngine } from "./desk.mjs";
import { STAFF_ONE, V1, customer, fields, good, problem } from "./api.mjs";

const C = `${V1}/customers`;
const ONE = { staff: STAFF_ONE };

eachEngine("a customer is added, read and edited", ONE, async (desk) => {
	const api = desk.api("brandt");
	const form = { number: "K 77-1", name: "Bäckerei Öztürk",
		street: "Am Wall 3", zip: "28195", city: "Bremen",
		email: "post@oeztuerk.example", note: "Zeile 1\nZeile 2" };
	const answer = await api.json("POST", C, form);
	const made = good(answer, 201);

	assert.equal(answer.headers.location, `${C}/${made.id}`);
	assert.equal(answer.headers.etag, '"1"');
	const { id, version, created, updated, ...rest } = made;
	assert.equal(version, 1);
	assert.equal(created, "2026-11-24T08:00:00.000Z");
	assert.equal(updated, created);
	assert.deepEqual(rest, { ...form, entitlement: "never", persons: [],
		phones: [], contracts: [], similar: [] });

	const put = (body, tag) => api.json("PUT", `${C}/${id}`, body,
		tag ? { "If-Match": tag } : {});
	problem(await put(form), 428, "precondition-required");
	problem(await put(form, '"2"'), 412, "stale");
	assert.deepEqual(fields(problem(await put({ ...form, name: " ",
		email: "post at oeztuerk" }, '"1"'), 422, "invalid")), ["name"]);
	assert.deepEqual(fields(problem(await put({ ...form,
		email: "post at oeztuerk" }, '"1"'), 422, "invalid")), ["email"]);
	const edited = await put({ ...form, name: "Bäckerei Öztürk OHG",
		note: "" }, '"1"');
	assert.equal(edited.headers.etag, '"2"');
	assert.equal(good(edited).note, null);
	problem(await put(form, '"1"'), 412, "stale");
	assert.equal(good(await api.get(`${C}/${id}`)).name,
		"Bäckerei Öztürk OHG");

	problem(await api.json("POST", C, { ...form, number: "k771" }), 409,
		"conflict");
	problem(await api.json("POST", C, {}), 422, "invalid");
	problem(await api.get(`${C}/${id + 1}`), 404, "not-found");
	problem(await api.json("PUT", `${C}/${id + 1}`, form,
		{ "If-Match": '"1"' }), 404, "not-found");
});

eachEngine("persons, telephone numbers and contracts come and go", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		const { id } = await customer(api, { contract: null });
		const add = async (what, body) => good(await api.json("POST",
			`${C}/${id}/${what}`, body), 201);
		const read = async () => good(await api.get(`${C}/${id}`));

		const person = (await add("persons", { name: "Petra Arndt",
			position: "Buchhaltung", email: "petra@arndt.example" })).id;
		const phone = (await add("phones", { number: "0221 4710112",
			label: "mobil", person })).id;
		const contract = await add("contracts", { number: "V-1",
			product: "DSL 100", starts_on: "2026-12-01" });
		let now = await read();
		assert.deepEqual(now.persons, [{ id: person, name: "Petra Arndt",
			position: "Buchhaltung", email: "petra@arndt.example",
			version: 1 }]);
		assert.deepEqual(now.phones, [{ id: phone, number: "+492214710112",
			label: "mobil", person }]);
		assert.equal(now.contracts[0].state, "future");
		assert.equal(now.entitlement, "future");

		assert.deepEqual(fields(problem(await api.json("POST",
			`${C}/${id}/phones`, { number: "anonym" }), 422, "invalid")),
		["number"]);
		problem(await api.json("POST", `${C}/${id}/contracts`,
			{ product: "DSL", starts_on: "2026-02-30" }), 422, "invalid");
		problem(await api.json("POST", `${C}/${id}/contracts`, { product:
			"DSL", starts_on: "2026-02-02", ends_on: "2026-02-01" }), 422,
		"invalid");
		for (const what of ["persons", "phones", "contracts"])
			problem(await api.json("POST", `${C}/999/${what}`,
				{ name: "X", number: "0221 1", product: "X",
					starts_on: "2026-01-01" }), 422, "invalid");
		for (const [what, body] of [["persons", { name: "Xaver" }],
			["phones", { number: "0221 4710113" }],
			["contracts", { product: "X", starts_on: "2026-01-01" }]])
			problem(await api.json("POST", `${C}/999/${what}`, body), 404,
				"not-found");

		const at = `${V1}/contracts/${contract.id}`;
		const tag = (await api.get(at)).headers.etag;
		const form = { product: "DSL 250", starts_on: "2026-11-24" };
		problem(await api.json("PUT", at, form), 428,
			"precondition-required");
		good(await api.json("PUT", at, form, { "If-Match": tag }));
		problem(await api.json("PUT", at, form, { "If-Match": tag }), 412,
			"stale");
		problem(await api.get(`${V1}/contracts/999`), 404, "not-found");

		const who = `${V1}/persons/${person}`;
		problem(await api.json("PUT", who, { name: "Petra Arndt-Kern" }), 428,
			"precondition-required");
		good(await api.json("PUT", who, { name: "Petra Arndt-Kern" },
			{ "If-Match": '"1"' }));
		now = await read();
		assert.equal(now.entitlement, "entitled");
		assert.equal(now.persons[0].name, "Petra Arndt-Kern");
		assert.equal(now.persons[0].position, null);

		assert.equal((await api.request("DELETE", who)).status, 204);
		assert.equal((await api.request("DELETE",
			`${V1}/phones/${phone}`)).status, 204);
		problem(await api.request("DELETE", who), 404, "not-found");
		problem(await api.request("DELETE", `${V1}/phones/${phone}`), 404,
			"not-found");
		now = await read();
		assert.deepEqual([now.persons, now.phones], [[], []]);
	});

eachEngine("customers are found as one types, and paged by name", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		const names = Array.from({ length: 30 },
			(_, i) => `Firma ${String.fromCharCode(65 + i % 26)}${i}`);
		const made = [];

		for (const name of names)
			made.push(await customer(api, { name, contract: null }));
		const arndt = await customer(api);
		const find = async (q, more = "") => good(await api.get(
			`${C}?q=${encodeURIComponent(q)}${more}`)).customers;

		assert.deepEqual((await find("tisch arn")).map((c) => c.id),
			[arndt.id]);
		const [hit] = await find(arndt.number);
		assert.equal(hit.id, arndt.id);
		assert.equal(hit.exact, true);
		assert.equal(hit.entitled, true);
		assert.equal((await find("firma")).length, 20);
		assert.equal((await find("firma", "&limit=3")).length, 3);
		assert.deepEqual(await find("gibtesnicht"), []);

		const seen = [];
		for (let next = ""; next !== null;) {
			const page = good(await api.get(`${C}?after=${next}`));
			seen.push(...page.customers.map((c) => c.name));
			next = page.next;
		}
		assert.deepEqual(seen, [...names, arndt.name].sort());
		const few = good(await api.get(`${C}?limit=2`));
		assert.deepEqual(few.customers.map((c) => c.name), seen.slice(0, 2));
		assert.equal(good(await api.get(`${C}?limit=2&after=${few.next}`))
			.customers[0].name, seen[2]);
		for (const bad of ["limit=0", "limit=-1", "limit=x", "after=x"])
			problem(await api.get(`${C}?${bad}`), 422, "invalid");
		problem(await api.get(`${C}?after=99999`), 404, "not-found");
		assert.equal(made.length, 30);
	});

eachEngine("a table of customers is imported whole or not at all", {},
	async (desk) => {
		const api = desk.api("brandt");
		const csv = (body, who = api) => who.request("POST", `${C}/import`,
			{ body, headers: { "Content-Type": "text/csv" } });
		const all = async () => good(await api.get(C)).customers.length;
		const head = "number;name;city;person;phone;product;starts_on;ends_on";

		const bad = problem(await csv(`${head}\n` +
			"K1;Arndt;Köln;Petra;0221 4710112;DSL;2020-01-01;\n" +
			"K2;;Köln;;nichts;DSL;2020-13-01;\n"), 422, "invalid");
		assert.equal(bad.complaints, bad.errors.length);
		assert.deepEqual(bad.errors.map((e) => [e.line, e.field]).sort(),
			[[3, "name"], [3, "phone"], [3, "starts_on"]]);
		assert.equal(await all(), 0, "nothing was imported");

		assert.deepEqual(good(await csv(`${head}\r\n` +
			"K1;Arndt;Köln;Petra;0221 4710112;DSL;2020-01-01;\r\n" +
			"K1;Arndt;Köln;Max;;Web;2021-01-01;31.12.2030\r\n" +
			"K2;Öztürk;Bremen;;;;;\r\n")),
		{ lines: 3, customers: 2, persons: 2, phones: 1, contracts: 2 });
		assert.equal(await all(), 2);
		problem(await csv("\xff\xfe"), 422, "invalid");
		const ansi = problem(await csv(Buffer.from("Nummer;Straße\nK4;Müller\n" +
			"K5;X\nK6;Y\n", "latin1")), 422, "invalid");
		assert.equal(ansi.complaints, 1, "what Excel calls ANSI");
		assert.deepEqual(ansi.errors.map((e) => e.line), [1]);
		assert.match(ansi.errors[0].reason, /CSV UTF-8.*iconv/);
		problem(await csv(""), 422, "invalid");
		problem(await csv(`${head}\nK3;X;;;;;;\n`, desk.api("kaiser")), 403,
			"forbidden");
		assert.equal(await all(), 2);
	});

// A table may be large: nothing of it is sent here, and the answer comes all the
// same.
eachEngine("who may not import is told so before the table is read", {},
	async (desk) => {
		const begin = (who) => desk.raw(`POST ${C}/import HTTP/1.1\r\n` +
			`Host: desk\r\nContent-Length: ${60 << 20}\r\n${who}\r\n`,
		{ quiet: 5000 });
		const bearer = (token) => `Authorization: Bearer ${token}\r\n`;

		for (const who of ["", bearer("A".repeat(43))])
			assert.match(await begin(who), /^HTTP\/1.1 401 /);
		assert.match(await begin(bearer(desk.token("kaiser"))),
			/^HTTP\/1.1 403 /);
		assert.match(await begin(`${bearer(desk.token("brandt"))}` +
			"Expect: 100-continue\r\n"), /^HTTP\/1.1 100 /);
	});
