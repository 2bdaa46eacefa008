// What the command line does to an employee holds at once, at every door.
import assert from "node:assert/strict";
import { PASSWORD, STAFF, eachEngine } from "./desk.mjs";

const ONE = { staff: [STAFF[0]] };
const LOGIN = STAFF[0].login;
const NEW = "ein-neues-passwort";

eachEngine("a new password ends the sessions", ONE, async (desk) => {
	const before = await desk.signIn(LOGIN);

	assert.equal((await before.get("/")).status, 200);
	desk.command("employee", "password", LOGIN, { input: `${NEW}\n` });
	assert.equal((await before.get("/")).status, 303);
	assert.equal((await desk.client().post("/sign-in",
		{ login: LOGIN, password: PASSWORD })).status, 401);
	assert.equal((await (await desk.signIn(LOGIN, NEW)).get("/")).status, 200);
	assert.throws(() => desk.command("employee", "password", LOGIN,
		{ input: "kurz\n" }), /password/);
});

eachEngine("who is barred is out at once, and may come back", ONE,
	async (desk) => {
		const page = await desk.signIn(LOGIN);
		const api = desk.api(LOGIN);

		assert.equal((await api.get("/api/v1/employees")).status, 200);
		desk.command("employee", "bar", LOGIN);
		assert.equal((await page.get("/")).status, 303);
		assert.equal((await api.get("/api/v1/employees")).status, 401);
		desk.command("employee", "unbar", LOGIN);
		assert.equal((await api.get("/api/v1/employees")).status, 200);
		assert.equal((await (await desk.signIn(LOGIN)).get("/")).status, 200);
		assert.throws(() => desk.command("employee", "bar", "niemand"),
			/login/);
	});

eachEngine("a revoked token opens nothing", ONE, async (desk) => {
	const api = desk.api(LOGIN);

	assert.equal((await api.get("/api/v1/employees")).status, 200);
	desk.command("token", "revoke", LOGIN);
	assert.equal((await api.get("/api/v1/employees")).status, 401);
	assert.throws(() => desk.command("token", "revoke", LOGIN), /./);
});
