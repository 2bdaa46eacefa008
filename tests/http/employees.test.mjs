// What the command line does to an employee holds at once, at every door.
import assert from "node:assert/strict";
import { PASSWORD, STAFF, eachEngine } from "./desk.mjs";
import { sends } from "./web.mjs";

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

eachEngine("a role and a name hold from the next request on", async (desk) => {
	const kaiser = await desk.signIn("kaiser");

	assert.equal((await kaiser.get("/instruction/versions/new")).status, 403);
	desk.command("employee", "role", "kaiser", "supervisor");
	assert.equal((await kaiser.get("/instruction/versions/new")).status, 200);
	desk.command("employee", "rename", "kaiser", "--name", "Tim Kaiser-Roth");
	assert.match((await kaiser.get("/")).text, /Tim Kaiser-Roth/);
	assert.match(desk.command("employee", "list"),
		/kaiser\tTim Kaiser-Roth\tsupervisor/);
	assert.throws(() => desk.command("employee", "role", "kaiser", "boss"),
		/role/);
	assert.throws(() => desk.command("employee", "role", "niemand", "agent"),
		/login/);
	assert.throws(() => desk.command("employee", "rename", "kaiser"), /name/);
});

eachEngine("the last admin is neither barred nor lowered", async (desk) => {
	for (const words of [["bar", "adler"], ["role", "adler", "supervisor"]])
		assert.throws(() => desk.command("employee", ...words), /last admin/);
	assert.equal((await (await desk.signIn("adler")).get("/")).status, 200);
	desk.command("employee", "role", "brandt", "admin");
	desk.command("employee", "bar", "adler");
	// Who is barred looks after nothing.
	assert.throws(() => desk.command("employee", "role", "brandt", "agent"),
		/last admin/);
	desk.command("employee", "unbar", "adler");
	desk.command("employee", "role", "brandt", "agent");
	assert.match(desk.command("employee", "list"), /brandt\t.*\tagent/);
});

const typed = (changes = {}) =>
	({ current: PASSWORD, password: NEW, again: NEW, ...changes });

eachEngine("one's own password is changed; sessions elsewhere end",
	async (desk) => {
		const here = await desk.signIn("kaiser");
		const elsewhere = await desk.signIn("kaiser");
		const done = await sends(here, await here.get("/password"), "/password",
			typed());

		assert.equal(done.status, 303, done.text);
		assert.match((await here.follow(done)).text, /Passwort ist geändert/);
		assert.equal((await elsewhere.get("/")).status, 303);
		assert.equal((await (await desk.signIn("kaiser", NEW)).get("/")).status,
			200);
	});

eachEngine("a wrong present password changes nothing and slows down",
	async (desk) => {
		const page = await desk.signIn("kaiser");
		const tries = (changes) => page.post("/password", typed(changes));

		for (const [changes, says] of [
			[{ current: "geraten" }, /nicht Ihr bisheriges Passwort/],
			[{ again: "anders-geschrieben" }, /stimmen nicht überein/],
			[{ password: "kurz", again: "kurz" }, /10 bis/]]) {
			const back = await tries(changes);
			assert.equal(back.status, 422);
			assert.match(back.text, says);
			assert.doesNotMatch(back.text, new RegExp(NEW));
		}
		for (let i = 1; i < 5; i++)
			assert.equal((await tries({ current: "geraten" })).status, 422);
		// Signing in is slowed down with it, and the right one waits as well.
		assert.equal((await tries({ current: "geraten" })).status, 429);
		assert.equal((await tries()).status, 429);
		assert.equal((await desk.client().post("/sign-in",
			{ login: "kaiser", password: PASSWORD })).status, 429);
		desk.pass(60_000);
		assert.equal((await tries()).status, 303);
	});

eachEngine("a password that comes after the session's end is put into no page",
	async (desk) => {
		const late = await desk.client().post("/password", typed());

		assert.equal(late.status, 303);
		assert.doesNotMatch(late.text, new RegExp(NEW));
	});
