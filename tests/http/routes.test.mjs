// Every route of the tables in src/doors, as whoever may least: without signing
// in, with too low a role, from another site.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { STAFF, eachEngine, root } from "./desk.mjs";
import { problem } from "./api.mjs";

const FORM = "application/x-www-form-urlencoded";

// [{method, path, role, api}], read from a table's source.
function routes(file, api) {
	const source = readFileSync(join(root, "src/doors", file), "utf8");
	const table = source.slice(source.indexOf(`${api ? "api" : "web"}_routes[]`));
	const found = [
		...table.matchAll(/\{HTTP_(\w+),\s*"([^"]+)",\s*ROLE_(\w+)/g),
		...[...table.matchAll(/\bPAGE\(()"([^"]+)"()/g)].map((m) =>
			[m[0], "GET", m[2], "AGENT"]),
		...[...table.matchAll(/\bPOST\(()"([^"]+)"()/g)].map((m) =>
			[m[0], "POST", m[2], "AGENT"]),
		...[...table.matchAll(/\bAGENT\((\w+), "([^"]+)"/g)].map((m) =>
			[m[0], m[1], `/api/v1${m[2]}`, "AGENT"]),
		...[...table.matchAll(/\bPUBLIC\((\w+), "([^"]+)"/g)].map((m) =>
			[m[0], m[1], m[2], "NONE"]),
	];

	// All of them: each names its handler once.
	const handlers = new Set(table.slice(0, table.indexOf("};"))
		.match(api ? /\bapi_\w+(?=,|\))/g : /\bweb_\w+(?=,|\))/g)
		.filter((name) => !name.endsWith("_form") && !name.endsWith("_routes")));
	assert.equal(found.length, handlers.size, `${file}: ${found.length} found`);
	return found.map(([, method, path, role]) => ({ method, role, api,
		path: path.replace("{name:text}", "question").replace(/\{\w+\}/g, "1") }));
}

const WEB = routes("web/web.c", false), API = routes("api/api.c", true);
const body = ({ method, api }) => method === "GET" || method === "DELETE" ? {} :
	{ body: api ? "{}" : "a=b", headers: api ?
		{ "Content-Type": "application/json" } :
		{ "Content-Type": FORM, "Sec-Fetch-Site": "same-origin" } };
const asked = (client, route, headers = {}) => {
	const rest = body(route);
	return client.request(route.method, route.path,
		{ ...rest, headers: { ...rest.headers, ...headers } });
};
const called = ({ method, path }) => `${method} ${path}`;

eachEngine("no route does anything for nobody, or for too low a role",
	{ staff: STAFF }, async (desk) => {
		const nobody = desk.client(), kaiser = await desk.signIn("kaiser");
		const api = desk.api("kaiser");

		for (const route of WEB.filter((r) => r.role !== "NONE")) {
			const answer = await asked(nobody, route);
			const away = route.method === "GET" || route.path === "/sign-out" ||
				route.path === "/password";
			assert.equal(answer.status, away ? 303 : 401, called(route));
			if (away)
				assert.match(answer.headers.location, /^\/sign-in\?next=%2F/);
		}
		for (const route of API.filter((r) => r.role !== "NONE")) {
			problem(await asked(nobody, route), 401, "unauthenticated");
			problem(await asked(nobody, route,
				{ Authorization: "Bearer x" }), 401, "unauthenticated");
			// A session opens no route of the API.
			const answer = await asked(kaiser, route);
			assert.ok([401, 403].includes(answer.status), called(route));
		}
		for (const route of WEB.filter((r) => r.role === "SUPERVISOR"))
			assert.equal((await asked(kaiser, route)).status, 403, called(route));
		for (const route of API.filter((r) => r.role === "SUPERVISOR"))
			problem(await asked(api, route), 403, "forbidden");
	});

eachEngine("no other site does anything by a browser that is signed in",
	{ staff: STAFF }, async (desk) => {
		const adler = await desk.signIn("adler");

		for (const route of [...WEB, ...API].filter((r) => r.method !== "GET"))
			for (const mark of [{ "Sec-Fetch-Site": "cross-site" },
				{ "Sec-Fetch-Site": "same-site" }]) {
				const answer = await asked(adler, route, mark);
				assert.equal(answer.status, 403, called(route));
			}
		assert.equal((await adler.get("/")).status, 200, "still signed in");
	});
