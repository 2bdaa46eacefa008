// Bytes that are no text (UTF-8) reach nobody behind the front: they are refused
// in the reader's words, and what was typed comes back.
import assert from "node:assert/strict";
import { eachEngine } from "./desk.mjs";
import { STAFF_ONE, V1, problem } from "./api.mjs";

const ONE = { staff: STAFF_ONE };
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

eachEngine("no text in an address, a cookie or a header", ONE, async (desk) => {
	const brandt = await desk.signIn("brandt");
	const api = desk.api("brandt");

	for (const path of ["/tickets?after=%FF", "/tickets?state=%C3",
		"/customers?q=M%FCller", "/customers?%FF=1", "/search?q=%00",
		"/tickets/%FF", "/%C0%AF", "/calls/1/lookup?typed=%ED%A0%80"]) {
		const page = await brandt.get(path, { "Accept-Language": "de" });
		assert.equal(page.status, 400, path);
		assert.match(page.text, /Das war nicht zu lesen/, path);
		assert.match(page.text, /kein Text/, path);
	}
	const english = await desk.client().get("/sign-in?next=%FF",
		{ "Accept-Language": "en" });
	assert.equal(english.status, 400);
	assert.match(english.text, /holds bytes that are no text/);

	for (const path of ["/tickets?after=%FF", "/customers?q=%FF",
		"/wording?text=%80", "/customers/%FF"])
		problem(await api.get(V1 + path), 400, "malformed");
	for (const [name, value] of [["Idempotency-Key", "a\xff"],
		["If-Match", "\"\xff\""], ["Cookie", "lang=\xff"],
		["Accept-Language", "\xff"]]) {
		const body = problem(await api.get(`${V1}/tickets`,
			{ "Accept-Language": "en", [name]: value }), 400, "malformed");
		assert.match(body.detail, new RegExp(name));
	}
	problem(await api.get(`${V1}/tickets`,
		{ Authorization: "Bearer \xff" }), 400, "malformed");
	// a header that nobody asks for may hold what it likes
	assert.equal((await api.get(`${V1}/tickets`,
		{ "User-Agent": "\xff" })).status, 200);
});

eachEngine("a form with bytes that are no text comes back as it was typed", ONE,
	async (desk) => {
		const brandt = await desk.signIn("brandt");
		const send = (client, path, body) => client.request("POST", path,
			{ body, headers: { ...FORM, Origin: desk.url } });

		const made = await send(brandt, "/customers/new",
			"once=1&name=Tischlerei+M%FCller&city=Bonn&note=zwei%0AZeilen");
		assert.equal(made.status, 422);
		assert.match(made.text, /value="Tischlerei M\ufffdller"/);
		assert.match(made.text, /value="Bonn"/);
		assert.match(made.text, /zwei\nZeilen/);
		assert.match(made.text, /kein Text/);

		// without a session the form is kept over signing in
		const kept = await send(desk.client(), "/customers/new",
			"name=M%FCller&city=Bonn");
		assert.match(kept.text, /M%FCller/);
		const shown = await send(desk.client(), "/sign-in", new URLSearchParams({
			login: "brandt", password: "kurze-dienstwege-sind-gut",
			resend_to: "/customers/new", resend: "name=M%FCller&city=Bonn",
		}).toString());
		assert.match(shown.text, /M\ufffdller/);
		assert.match(shown.text, /Bonn/);
		assert.equal((await send(desk.client(), "/customers/new",
			Buffer.from("name=\xff", "latin1"))).status, 400);
	});
