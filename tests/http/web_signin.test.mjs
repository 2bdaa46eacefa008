// Who gets in, for how long and where to: passwords, throttling, sessions,
// cookies, and the rights of every page.
import assert from "node:assert/strict";
import { MINUTE, PASSWORD, STAFF, eachEngine } from "./desk.mjs";
import { customer, form, forms, sends, words } from "./web.mjs";

const ONE = { staff: [STAFF[0]] };
const SECOND = 1000;
const HOUR = 60 * MINUTE;

// What only the typed login tells apart, taken out.
const without = (answer, login) =>
	words(answer.text.replaceAll(login, "")).replace(/Nummer.*$/, "");

eachEngine("a wrong password and an unknown name are told apart by nobody",
	ONE, async (desk) => {
		const client = desk.client();
		const wrong = await client.post("/sign-in",
			{ login: "kaiser", password: "falsch" });
		const unknown = await client.post("/sign-in",
			{ login: "nobody", password: "falsch" });
		assert.equal(wrong.status, 401);
		assert.equal(unknown.status, 401);
		assert.doesNotMatch(wrong.text, /falsch"/);
		assert.equal(without(wrong, "kaiser"), without(unknown, "nobody"));
		assert.equal(form(wrong.text, "/sign-in").fields.password, "");
	});

eachEngine("who guesses has to wait, longer each time", ONE, async (desk) => {
	const client = desk.client();
	const tries = async (password) => (await client.post("/sign-in",
		{ login: "kaiser", password })).status;

	for (let i = 0; i < 5; i++)
		assert.equal(await tries("geraten"), 401);
	assert.equal(await tries(PASSWORD), 429, "even the right one waits");
	desk.pass(1 * SECOND);
	assert.equal(await tries("geraten"), 401);
	desk.pass(1 * SECOND);
	assert.equal(await tries(PASSWORD), 429, "twice as long now");
	const answer = await client.post("/sign-in",
		{ login: "kaiser", password: PASSWORD });
	assert.match(words(answer.text), /warte|wait/i);
	assert.equal(form(answer.text, "/sign-in").fields.login, "kaiser");
	desk.pass(1 * SECOND);
	assert.equal(await tries(PASSWORD), 303);
	assert.equal(await tries("vertippt"), 401, "and all is forgotten");
	assert.equal(await tries(PASSWORD), 303);
});

eachEngine("who guesses many at once is judged no oftener", ONE,
	async (desk) => {
		const judged = async (guess) => (await Promise.all(
			Array.from({ length: 24 }, guess))).reduce((by, { status }) =>
			({ ...by, [status]: (by[status] ?? 0) + 1 }), {});

		const kaiser = await desk.signIn("kaiser");
		assert.deepEqual(await judged(() => desk.client().post("/sign-in",
			{ login: "kaiser", password: "geraten" })), { 401: 5, 429: 19 });
		desk.pass(HOUR);
		const { fields } = form((await kaiser.get("/password")).text, "/password");
		desk.pass(HOUR);
		await desk.signIn("kaiser"); // what was counted is forgotten
		assert.deepEqual(await judged(() => kaiser.post("/password",
			{ ...fields, current: "geraten", password: "ganz-neue-losung",
				again: "ganz-neue-losung" })), { 422: 5, 429: 19 });
	});

eachEngine("who fails with others' names locks out no colleague beside them",
	async (desk) => {
		const tries = async (login, password) => (await desk.client().post(
			"/sign-in", { login, password })).status;
		const invented = async () => {
			for (let i = 0; i < 20; i++)
				assert.equal(await tries(`fremd-${i}`, "geraten"), 401);
		};

		assert.equal(await tries("kaiser", PASSWORD), 303);
		await invented();
		assert.equal(await tries("brandt", PASSWORD), 429, "never was here");
		assert.equal(await tries("kaiser", PASSWORD), 303);
		for (let i = 0; i < 5; i++)
			assert.equal(await tries("kaiser", "geraten"), 401);
		assert.equal(await tries("kaiser", PASSWORD), 429, "the name counts");

		// Who was not here for a month is one of many.
		desk.pass(31 * 24 * HOUR);
		assert.equal(await tries("wieder", "geraten"), 401);
		assert.equal(await tries("kaiser", PASSWORD), 429);
	});

eachEngine("who fails with a name from everywhere locks nobody out of the house",
	{ ...ONE, config: { public_url: "https://desk.example" } },
	async (desk) => {
		const tries = async (from, password) => (await desk.client().post(
			"/sign-in", { login: "kaiser", password }, { "X-Forwarded-For": from,
				"Origin": "https://desk.example" })).status;

		assert.equal(await tries("192.0.2.7", PASSWORD), 303, "the house");
		for (let i = 0; i < 100; i++)
			assert.equal(await tries(`198.51.100.${i}`, "geraten"), 401);
		assert.equal(await tries("198.51.100.200", PASSWORD), 429, "elsewhere");
		assert.equal(await tries("192.0.2.7", PASSWORD), 303, "the house");
		for (let i = 0; i < 5; i++)
			assert.equal(await tries("192.0.2.7", "geraten"), 401);
		assert.equal(await tries("192.0.2.7", PASSWORD), 429, "guessed there");
	});

eachEngine("those who sign in all at once hold up nobody else", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const crowd = Array.from({ length: 40 }, (_, i) =>
			desk.client().post("/sign-in",
				{ login: `fremd-${i}`, password: "geraten" }));
		const page = await kaiser.get("/queue");
		const answers = await Promise.all(crowd);
		const away = answers.filter((a) => /sehr viele/.test(a.text));

		assert.equal(page.status, 200);
		assert.ok(away.length > 0, "some are asked to come back");
		for (const [i, a] of answers.entries()) {
			assert.ok(a.status === 401 || a.status === 429, `${a.status}`);
			assert.equal(form(a.text, "/sign-in").fields.login, `fremd-${i}`);
			if (a.status === 429)
				assert.match(a.headers["retry-after"], /^[1-9]\d*$/);
		}
		for (const a of away)
			assert.equal(a.status, 429);
		desk.pass(HOUR);
		await desk.signIn("kaiser");
	});

eachEngine("nobody is led to another site", ONE, async (desk) => {
	const kaiser = await desk.signIn("kaiser");
	const own = new URL(desk.url).host;
	const lures = ["//evil.example", "https://evil.example/", "/\\evil.example",
		"\\\\evil.example", "/\t/evil.example", "\t//evil.example",
		" //evil.example", "/\n/evil.example", "/\r/evil.example",
		"http:evil.example", "javascript:alert(1)", "///evil.example",
		"/\u0000/evil.example", "/\u200b/evil.example", "/%5cevil.example",
		"/x\r\nLocation: https://evil.example/", "evil.example",
		"/./\\evil.example", "@evil.example", ""];

	for (const next of lures) {
		const name = JSON.stringify(next);
		for (const answer of [
			await desk.client().post("/sign-in",
				{ login: "kaiser", password: PASSWORD, next }),
			await kaiser.post("/settings", { theme: "dark", back: next })]) {
			if (answer.status === 422 || next.includes("\u0000")) {
				assert.ok([400, 422].includes(answer.status), name);
				continue;
			}
			assert.equal(answer.status, 303, name);
			const { location } = answer.headers;
			assert.equal(new URL(location, desk.url).host, own, name);
			assert.match(location, /^\/(?![/\\])/, name);
		}
		const resent = await desk.client().post("/sign-in", { login: "kaiser",
			password: PASSWORD, resend_to: next || "/", resend: "a=b" });
		for (const { action } of forms(resent.text))
			assert.equal(new URL(action, desk.url).host, own, name);
		const page = await desk.client().get(
			`/sign-in?next=${encodeURIComponent(next)}`);
		if (next.includes("\u0000")) {
			assert.equal(page.status, 400, name);
			continue;
		}
		const kept = form(page.text, "/sign-in").fields.next;
		assert.equal(new URL(kept, desk.url).host, own, name);
	}
});

eachEngine("a session's cookie is closed to scripts and other sites",
	{ ...ONE, config: { public_url: "https://desk.example" } },
	async (desk) => {
		const flags = (answer) => answer.headers["set-cookie"][0];
		const plain = flags(await desk.client().post("/sign-in",
			{ login: "kaiser", password: PASSWORD }));
		assert.match(plain, /^dienstweg=[\w-]{40,}; Path=\/; HttpOnly; SameSite=Lax$/);
		const behind = flags(await desk.client().post("/sign-in",
			{ login: "kaiser", password: PASSWORD },
			{ "X-Forwarded-Proto": "https", "Origin": "https://desk.example" }));
		assert.match(behind,
			/^__Host-dienstweg=[\w-]{40,}; Path=\/; .*Secure/);
	});

eachEngine("a session ends twelve hours after its last use", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const stays = async () => (await kaiser.get("/queue")).status === 200;

		desk.pass(11 * HOUR);
		assert.ok(await stays(), "used");
		desk.pass(11 * HOUR);
		assert.ok(await stays(), "used again");
		desk.pass(12 * HOUR + MINUTE);
		const answer = await kaiser.get("/queue?state=answered");
		assert.equal(answer.status, 303);
		assert.equal(answer.headers.location,
			`/sign-in?next=${encodeURIComponent("/queue?state=answered")}`);
		// A part of a page asked for meanwhile takes the page with it.
		const part = await kaiser.get("/customers/lookup?q=a",
			{ "HX-Request": "true" });
		assert.equal(part.status, 401);
		assert.equal(part.headers["hx-refresh"], "true");
		// Back to where one was, once signed in again.
		const page = await kaiser.follow(answer);
		const again = await sends(kaiser, page, "/sign-in",
			{ login: "kaiser", password: PASSWORD });
		assert.equal(again.headers.location, "/queue?state=answered");
	});

eachEngine("a form sent after the session has ended is not lost", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const { id } = await customer(kaiser, { contract: false });
		const typed = { name: "Ada <b>Öl</b> & Söhne\"'", street: "Weg 1",
			zip: "50667", city: "Köln", email: "", number: "",
			note: "erste Zeile\nzweite Zeile", version: "1" };

		desk.pass(13 * HOUR);
		const refused = await kaiser.post(`/customers/${id}/edit`, typed);
		assert.equal(refused.status, 401);
		assert.equal(form(refused.text, "/sign-in").fields.login, "");
		const wrong = await sends(kaiser, refused, "/sign-in",
			{ login: "kaiser", password: "vertippt" });
		assert.equal(wrong.status, 401);
		const again = await sends(kaiser, wrong, "/sign-in",
			{ login: "kaiser", password: PASSWORD });
		assert.equal(again.status, 200);
		const kept = form(again.text, `/customers/${id}/edit`).fields;
		for (const [name, value] of Object.entries(typed))
			assert.equal(kept[name].replace(/\r\n/g, "\n"), value, name);
		assert.match(words((await kaiser.get(`/customers/${id}`)).text),
			/Tischlerei/, "nothing is saved before it is sent again");
		const answer = await sends(kaiser, again, `/customers/${id}/edit`);
		assert.equal(answer.status, 303, words(answer.text));
		const page = await kaiser.follow(answer);
		assert.match(words(page.text), /Ada <b>Öl<\/b> & Söhne"'/);
		assert.doesNotMatch(page.text, /<b>Öl/);
	});

// ---- Rights ----------------------------------------------------------------

const PAGES = ["/", "/search?q=1", "/calls/1", "/calls/1/lookup?typed=1",
	"/queue", "/tickets", "/tickets/1", "/customers", "/customers/lookup?q=1",
	"/customers/new", "/customers/1", "/customers/1/edit",
	"/customers/1/contracts/new", "/contracts/1/edit"];

const FORMS = ["/sign-out", "/calls/new", "/calls/1/step", "/calls/1/customer",
	"/calls/1/type", "/tickets/1/answer", "/tickets/1/note",
	"/tickets/1/close", "/tickets/1/reopen", "/tickets/1/draft",
	"/customers/new", "/customers/1/edit", "/customers/1/persons",
	"/customers/1/persons/1/remove", "/customers/1/phones",
	"/customers/1/phones/1/remove", "/customers/1/contracts/new",
	"/contracts/1/edit"];

eachEngine("nothing is shown or done for who is not signed in", ONE,
	async (desk) => {
		const nobody = desk.client();
		for (const path of PAGES) {
			const answer = await nobody.get(path);
			assert.equal(answer.status, 303, path);
			assert.equal(answer.headers.location,
				`/sign-in?next=${encodeURIComponent(path)}`);
		}
		for (const path of FORMS) {
			const answer = await nobody.post(path, { name: "x", body: "x" });
			if (path === "/sign-out") {
				assert.equal(answer.headers.location, "/sign-in?next=%2F");
				continue;
			}
			assert.equal(answer.status, 401, path);
			assert.equal(form(answer.text, "/sign-in").fields.resend_to, path);
		}
		const kaiser = await desk.signIn("kaiser");
		assert.match(words((await kaiser.get("/customers")).text),
			/Noch keine Kunden/);
	});

eachEngine("a form of another site is refused, whatever it asks for", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const marks = [
			{ "Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example" },
			{ "Sec-Fetch-Site": "same-site", "Origin": "https://evil.example" },
			{ "Sec-Fetch-Site": undefined, "Origin": "https://evil.example" },
			{ "Sec-Fetch-Site": undefined, "Origin": "null" },
			{ "Sec-Fetch-Site": undefined, "Origin": undefined,
				"Referer": "https://evil.example/x" },
			{ "Sec-Fetch-Site": undefined, "Origin": undefined },
		];
		const bare = (headers) => Object.fromEntries(
			Object.entries(headers).filter(([, value]) => value));

		for (const path of [...FORMS, "/sign-in", "/settings"])
			for (const mark of marks) {
				const answer = await kaiser.request("POST", path,
					{ body: "name=x", headers: bare({ "Content-Type":
						"application/x-www-form-urlencoded", ...mark }) });
				assert.equal(answer.status, 403, `${path} ${mark.Origin}`);
			}
		assert.equal((await kaiser.get("/")).status, 200, "still signed in");
		assert.equal((await kaiser.get("/customers/1")).status, 404);
	});

eachEngine("every answer carries the policy that scripts are ours alone", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		const { path } = await customer(kaiser);
		const safe = (name, { headers }) => {
			const policy = headers["content-security-policy"];
			assert.match(policy, /default-src 'none'/, name);
			assert.match(policy, /script-src 'self'(;|$)/, name);
			assert.match(policy, /frame-ancestors 'none'/, name);
			assert.doesNotMatch(policy, /unsafe/, name);
			assert.equal(headers["x-content-type-options"], "nosniff", name);
		};

		for (const page of [...PAGES, path, "/sign-in", "/nothing-here"]) {
			const answer = await kaiser.get(page);
			safe(page, answer);
			assert.doesNotMatch(answer.text, /\sstyle=|\son\w+=|<script>/, page);
		}
		safe("form", await kaiser.post("/customers/new", { name: "" }));
		safe("sign-in", await desk.client().get("/sign-in"));
		safe("without", await desk.client().post("/calls/new"));
	});
