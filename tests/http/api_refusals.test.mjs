// What the API refuses before the desk is asked: strangers, wrong roles,
// methods and bodies. Nothing of it changes anything or ends the program.
import assert from "node:assert/strict";
import { eachEngine } from "./desk.mjs";
import { QUESTION, STAFF_ONE, V1, customer, evidence, fields, good, problem,
	ticketCount } from "./api.mjs";

const T = `${V1}/tickets`;
const ONE = { staff: STAFF_ONE };
const JSON_TYPE = { "Content-Type": "application/json" };

eachEngine("without a token that is known there is nothing to see", ONE,
	async (desk) => {
		const paths = (await desk.client().get(`${V1}/openapi.json`)).json()
			.paths;
		const open = ["/api/v1/openapi.json", "/healthz"];
		const strangers = [
			[{}, "Bearer"],
			[{ Authorization: "Bearer x" }, 'Bearer error="invalid_token"'],
			[{ Authorization: "Bearer " }, 'Bearer error="invalid_token"'],
			[{ Authorization: "Basic YTpi" }, 'Bearer error="invalid_token"'],
			[{ Authorization: `Bearer ${"A".repeat(43)}` },
				'Bearer error="invalid_token"'],
		];

		for (const [path, item] of Object.entries(paths))
			for (const method of Object.keys(item)) {
				const at = path.replace(/\{id\}/, "1").replace(/\{name\}/,
					"text");
				const [headers, challenge] = strangers[0];
				const answer = await desk.client(headers).request(
					method.toUpperCase(), at);
				if (open.includes(path)) {
					assert.equal(answer.status, 200, path);
					continue;
				}
				problem(answer, 401, "unauthenticated");
				assert.equal(answer.headers["www-authenticate"], challenge);
			}
		for (const [headers, challenge] of strangers) {
			const answer = await desk.client(headers).get(T);
			problem(answer, 401, "unauthenticated");
			assert.equal(answer.headers["www-authenticate"], challenge);
		}
		const visitor = await desk.signIn("brandt");
		problem(await visitor.get(T), 401, "unauthenticated");
	});

eachEngine("healthy, countable, and who works here", {}, async (desk) => {
	const api = desk.api("kaiser");
	const health = await desk.client().get("/healthz");

	assert.equal(health.status, 200);
	assert.equal(health.text, "ok\n");
	good(await api.json("POST", T, { kind: "legal", person: "Dr. Weber",
		question: QUESTION }), 201);
	const metrics = await api.get("/metrics");
	assert.match(metrics.headers["content-type"], /^text\/plain; version=0/);
	assert.match(metrics.text,
		new RegExp(`^dienstweg_build_info\\{.*engine="${desk.engine}"\\} 1$`,
			"m"));
	assert.match(metrics.text, /^dienstweg_tickets_unanswered 1$/m);
	assert.deepEqual(good(await api.get(`${V1}/employees`)).employees
		.map((e) => [e.login, e.role, e.active]).sort(), [
		["adler", "admin", true], ["brandt", "supervisor", true],
		["kaiser", "agent", true]]);
	problem(await api.request("POST", `${V1}/customers/import`,
		{ body: "name\nX\n" }), 403, "forbidden");
});

eachEngine("wrong methods and addresses", ONE, async (desk) => {
	const api = desk.api("brandt");
	const wrong = [
		["DELETE", T, "GET, HEAD, POST"],
		["PATCH", `${T}/1`, "GET, HEAD"],
		["GET", `${T}/1/answers`, "POST"],
		["POST", `${V1}/customers/1`, "GET, HEAD, PUT"],
	];

	for (const [method, path, allow] of wrong) {
		const answer = await api.request(method, path);
		problem(answer, 405, "method-not-allowed");
		assert.equal(answer.headers.allow, allow, path);
	}
	for (const path of ["", "/", "/ticket", "/tickets/", "/tickets/0",
		"/tickets/-1", "/tickets/x", "/tickets/99999999999999999999",
		"/tickets/1", "/tickets/1/nothing", "/calls/1", "/customers/1"])
		problem(await api.get(V1 + path), 404, "not-found");
	problem(await api.json("POST", `${T}/1/notes`, { body: "x" }), 404,
		"not-found");
	problem(await api.json("POST", `${T}/1/answers`, { body: "x" },
		{ "If-Match": '"1"' }), 404, "not-found");
});

eachEngine("bodies that are none", ONE, async (desk) => {
	const api = desk.api("brandt");
	const { number } = await customer(api);
	const post = (body, headers = JSON_TYPE) => api.request("POST", T,
		{ body, headers });
	const long = { person: "P".repeat(201), question: `${QUESTION} ` +
		"x".repeat(10_000), search: "s".repeat(201), reason: "r".repeat(201),
	customer: "1".repeat(41), caller_number: "1".repeat(51) };

	for (const body of ["{", "[]", "1", "null", '"x"', '{"a":1,"a":2}',
		"{'a':1}", "[".repeat(100_000), '{"question":"\\ud800"}',
		'{"question":"\\u0000"}', Buffer.from('{"person":"\xff\xfe"}',
			"latin1"), `${JSON.stringify(evidence(number))}x`])
		problem(await post(body), 400, "malformed");
	problem(await post(JSON.stringify(Object.fromEntries(
		Array.from({ length: 257 }, (_, i) => [`m${i}`, i])))), 400,
	"malformed");
	for (const type of ["text/plain", "application/x-www-form-urlencoded",
		"application/json; charset=latin1", "application/jsonx"])
		problem(await post(JSON.stringify(evidence(number)),
			{ "Content-Type": type }), 415, "media-type");
	problem(await post(JSON.stringify(evidence(number)), {}), 415,
		"media-type");

	for (const [name, value] of Object.entries({ customer: 10001,
		person: ["x"], question: { a: 1 }, search: true, read_back: "true",
		internet_hint: 1, kind: 0 }))
		assert.deepEqual(fields(problem(await api.json("POST", T,
			evidence(number, { [name]: value })), 422, "invalid")), [name]);
	assert.deepEqual(fields(problem(await api.json("POST", T,
		evidence(number, { employee: "kaiser", Person: "x" })), 422,
	"invalid")), ["Person", "employee"]);
	assert.deepEqual(fields(problem(await api.json("POST", T,
		evidence(number, long)), 422, "invalid")), Object.keys(long).sort());
	problem(await post(JSON.stringify({ question: "x".repeat(10 << 20) })),
		413, "too-large");
	assert.equal(await ticketCount(api), 0, "nothing was written");

	good(await api.json("POST", T, evidence(number,
		{ question: `${QUESTION} ${"ß".repeat(9_000)}` })), 201);
});

eachEngine("text stays as it was, whatever it looks like", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		const { number } = await customer(api);
		const nasty = `${QUESTION} <script>alert(1)</script> ' -- "; ` +
			"DROP TABLE ticket; \\ ${x} {{y}} %s %n 😀 e\u0301";
		const { id } = good(await api.json("POST", T,
			evidence(number, { question: `${nasty}\u202e` })), 201);

		// but for what would turn the rest of a line around
		assert.equal(good(await api.get(`${T}/${id}`)).question,
			nasty.normalize("NFC"));
	});

eachEngine("problems speak the caller's language", ONE, async (desk) => {
	const api = desk.api("brandt");
	const title = async (lang) => problem(await api.get(`${T}/1`,
		{ "Accept-Language": lang }), 404, "not-found").title;

	assert.equal(await title("en"), "There is nothing here.");
	assert.equal(await title("de"), "Hier ist nichts.");
});
