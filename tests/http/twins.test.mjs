// A customer that seems to be there already is mentioned before it becomes two.
import assert from "node:assert/strict";
import { eachEngine } from "./desk.mjs";
import { good, V1 } from "./api.mjs";
import { sends, words } from "./web.mjs";

const MUELLER = { name: "Bäckerei Müller", city: "Köln" };

eachEngine("the form comes back once and says who", async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const adds = async (page, typed) => sends(kaiser, page, "/customers/new",
		typed);
	const fresh = () => kaiser.get("/customers/new");
	const first = await fresh();

	assert.equal((await adds(first, MUELLER)).status, 303);
	// Sent twice it is still one, and no twin of itself.
	assert.equal((await adds(first, MUELLER)).status, 303);
	assert.equal((await adds(await fresh(), { ...MUELLER, city: "Bonn" })).status,
		303);

	const back = await adds(await fresh(),
		{ name: "BÄCKEREI MÜLLER", city: "köln", note: "Hintereingang" });
	assert.equal(back.status, 409);
	assert.match(words(back.text),
		/gibt es diesen Kunden schon: 10001-\d Bäckerei Müller Köln/);
	assert.doesNotMatch(words(back.text), /schon: [^]*Bonn/);
	assert.match(back.text, /Hintereingang/);
	assert.equal((await adds(back)).status, 303);
	assert.equal(good(await desk.api("kaiser").get(
		`${V1}/customers?q=bäckerei`)).customers.length, 3);
});

eachEngine("the API adds it and mentions the others", async (desk) => {
	const api = desk.api("kaiser");
	const add = async (body) =>
		good(await api.json("POST", `${V1}/customers`, body), 201);
	const first = await add(MUELLER);

	assert.deepEqual(first.similar, []);
	const second = await add(MUELLER);
	assert.deepEqual(second.similar.map((one) => one.number), [first.number]);
	assert.notEqual(second.number, first.number);
	assert.deepEqual((await add({ ...MUELLER, city: "Bonn" })).similar, []);
});
