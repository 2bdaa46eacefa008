// Answers that go out by mail, to a real SMTP server: what arrives, what is
// tried again, what is given up, and that nothing is sent a second time where
// nobody knows whether it went.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { MINUTE, STAFF, eachEngine, root, spawnDesk } from "./desk.mjs";
import { V1, customer, evidence, good, problem } from "./api.mjs";
import { form, forms, sends, words } from "./web.mjs";

const ANSWER = "Guten Tag,\n\ndie Weiterleitung gehört unter Postfach, dann " +
	"„Regeln“ – siehe https://hilfe.example/regeln?seite=postfach&teil=2 und " +
	"die lange Zeile hier, die umgebrochen werden muss.\n.\nGrüße = Größe";
const WAIT_MS = 20_000;

// A self-signed certificate for 127.0.0.1.
function certificate(folder, name) {
	const [cert, key] = [".crt", ".key"].map((end) => join(folder, name + end));
	const made = spawnSync("openssl", ["req", "-x509", "-newkey", "ec",
		"-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
		"-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
		"-keyout", key, "-out", cert], { encoding: "utf8" });
	assert.equal(made.status, 0, made.stderr);
	return { cert, key };
}

// The server; `mails` grows as mails are taken.
class Smtpd {
	mails = [];
	#child;

	async start(port, ...rest) {
		this.#child = spawn("/usr/bin/python3", [join(root, "tests/http/smtpd.py"),
			String(port), ...rest], { stdio: ["ignore", "pipe", "inherit"] });
		await new Promise((resolve, reject) => {
			let left = "";
			this.#child.on("exit", () => reject(new Error("smtpd ended")));
			this.#child.stdout.setEncoding("utf8").on("data", (text) => {
				const lines = (left + text).split("\n");
				left = lines.pop();
				for (const line of lines.map((one) => JSON.parse(one)))
					if (line.port)
						resolve(this.port = line.port);
					else
						this.mails.push(line);
			});
		});
		return this;
	}

	async stop() {
		if (this.#child.exitCode !== null || this.#child.signalCode)
			return;
		const ended = new Promise((go) => this.#child.on("close", go));
		this.#child.kill("SIGKILL");
		await ended;
	}
}

// Looks until `what` gives something.
async function until(what, why) {
	for (let tries = WAIT_MS / 100; tries > 0; tries--) {
		const found = await what();
		if (found)
			return found;
		await new Promise((go) => setTimeout(go, 100));
	}
	assert.fail(`in vain: ${why}`);
}

// A desk with a mail server beside it, and a way to answer tickets.
async function withMail(engine, { tls = false, user, config = {} }, run) {
	const folder = mkdtempSync(join(tmpdir(), "mail-"));
	const smtpd = new Smtpd();
	try {
		const { cert, key } = tls ? certificate(folder, "mail") : {};
		const secret = join(folder, "secret");
		writeFileSync(secret, "geheim & gut\n");
		await smtpd.start(0, ...(tls ? [cert, key] : []),
			...(user ? [user, "geheim & gut"] : []));
		const desk = await spawnDesk({ engine, staff: STAFF.slice(0, 2),
			config: { smtp: `smtp://127.0.0.1:${smtpd.port}`,
				mail_from: "Kundendienst Köln <hilfe@desk.example>",
				company: "Leitwerk",
				...(tls ? { smtp_ca: cert } : { smtp_tls: "if-offered" }),
				...(user ? { smtp_user: user, smtp_secret: secret } : {}),
				smtp_wait: "20s", ...config } });
		await desk.during(async () => {
			const api = desk.api("kaiser");
			const { number } = await customer(api);
			const answered = async (to, body = ANSWER) => {
				const { id } = good(await api.json("POST", `${V1}/tickets`,
					evidence(number)), 201);
				good(await api.json("POST", `${V1}/tickets/${id}/answers`,
					{ body, way: "mail", address: to },
					{ "If-Match": '"1"' }));
				return id;
			};
			const letter = async (id) => good(await api.get(
				`${V1}/tickets/${id}`)).outbox[0];
			const becomes = (id, state) => until(async () => {
				const one = await letter(id);
				return one.state === state && one;
			}, `${id} becomes ${state}`);
			await run({ desk, smtpd, api, answered, letter, becomes, folder });
		});
	} finally {
		await smtpd.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

const mailTest = (name, options, run) => {
	for (const engine of ["sqlite", "postgresql"])
		test(`${name} [${engine}]`, { timeout: 120_000 },
			() => withMail(engine, options, run));
};

mailTest("a mail arrives as it was written", { tls: true, user: "desk" },
	async ({ smtpd, api, answered, becomes, desk }) => {
		const id = await answered("arndt@kunde.example");
		const sent = await becomes(id, "sent");
		const [mail] = smtpd.mails;

		assert.equal(smtpd.mails.length, 1);
		assert.ok(sent.done);
		assert.deepEqual([mail.tls, mail.signed_in, mail.sender, mail.to],
			[true, true, "hilfe@desk.example", ["arndt@kunde.example"]]);
		assert.deepEqual(mail.defects, []);
		const { number } = good(await api.get(`${V1}/tickets/${id}`));
		assert.equal(mail.headers.from,
			"Kundendienst Köln <hilfe@desk.example>");
		assert.match(mail.headers.to, /^Petra Arndt <arndt@kunde\.example>$/);
		assert.match(mail.headers.subject, new RegExp(`^\\[${number}\\] Beim`));
		assert.match(mail.headers["message-id"], /^<\S+@desk\.example>$/);
		assert.match(mail.headers.date, /^Tue, 24 Nov 2026 \d\d:\d\d:\d\d \+0000$/);
		assert.equal(mail.headers["auto-submitted"], undefined,
			"a person wrote it");
		assert.equal(mail.body.replaceAll("\r\n", "\n"),
			`${ANSWER}\n\n-- \nLeitwerk\nTicket ${number}\n\n`);
		assert.ok(mail.raw.split("\r\n").every((line) => line.length <= 78));

		// The next one in the same matter belongs to the first.
		good(await api.json("POST", `${V1}/tickets/${id}/reopen`, {
			body: "Seit heute 8 Uhr steht unter Regeln nur eine leere Seite. " +
				"Was ist zu tun?" }, { "If-Match": '"2"' }));
		good(await api.json("POST", `${V1}/tickets/${id}/answers`,
			{ body: "Bitte neu anmelden.", way: "mail",
				address: "arndt@kunde.example" }, { "If-Match": '"3"' }));
		await until(() => smtpd.mails.length === 2, "the second mail");
		assert.equal(smtpd.mails[1].headers["in-reply-to"],
			mail.headers["message-id"]);
		assert.doesNotMatch(desk.log(), /geheim/);
	});

mailTest("what is refused for now is tried again, later and later", {},
	async ({ smtpd, desk, answered, becomes, letter }) => {
		const id = await answered("full@kunde.example");
		const tried = (n) => until(async () =>
			(await letter(id)).tries === n, `try ${n}`);

		await tried(1);
		assert.match((await letter(id)).reason, /452.*mailbox full/);
		const later = await answered("later@kunde.example");
		await until(async () => (await letter(later)).tries === 1, "later");
		assert.equal((await letter(later)).state, "waiting");
		for (const [i, minutes] of [1, 5, 15, 60, 180, 360, 720, 720, 720]
			.entries()) {
			desk.pass(minutes * MINUTE);
			await tried(i + 2);
		}
		assert.equal((await becomes(id, "failed")).tries, 10);
		// A person sends it once more, when the mailbox is empty again.
		const kaiser = await desk.signIn("kaiser");
		const page = await kaiser.get(`/tickets/${id}`);
		assert.match(words(page.text), /konnte nicht gesendet werden.*452/);
		const again = forms(page.text).find((f) =>
			f.buttons.some((b) => b.formaction?.endsWith("/again")));
		const answer = await kaiser.post(again.buttons.find((b) =>
			b.formaction).formaction, again.fields);
		assert.equal(answer.status, 303);
		await tried(1);
		assert.equal(smtpd.mails.filter((m) =>
			m.to[0] === "full@kunde.example").length, 0);
	});

mailTest("what is refused for good is given up and shown", {},
	async ({ desk, answered, becomes }) => {
		const id = await answered("nobody@kunde.example");
		assert.match((await becomes(id, "failed")).reason, /550 5\.1\.1 no such/);
		const spam = await answered("spam@kunde.example");
		assert.match((await becomes(spam, "failed")).reason, /554.*spam/);
		const kaiser = await desk.signIn("kaiser");
		assert.match(words((await kaiser.get("/outbox")).text),
			/550 5\.1\.1 no such mailbox/);
		// Told by telephone instead.
		const page = await kaiser.get(`/tickets/${id}`);
		const told = forms(page.text).find((f) => f.action.endsWith("/told"));
		assert.equal((await kaiser.post(told.action, told.fields)).status, 303);
		await becomes(id, "told");
	});

mailTest("nobody knows whether it went: a person decides", {
	config: { smtp_wait: "3s" } },
async ({ smtpd, desk, answered, becomes, letter }) => {
	const gone = await answered("gone@kunde.example");
	await becomes(gone, "unclear");
	const silent = await answered("silent@kunde.example");
	await becomes(silent, "unclear");
	for (let i = 0; i < 5; i++) {
		desk.pass(600 * MINUTE);
		// One that is due later goes, so those two had their chance.
		await becomes(await answered("arndt@kunde.example"), "sent");
	}
	assert.equal(smtpd.mails.length, 2 + 5, "neither by the program alone");
	assert.equal((await letter(gone)).state, "unclear");
});

mailTest("killed while the server has the mail: not sent a second time", {},
	async ({ smtpd, desk, answered, becomes }) => {
		const id = await answered("silent@kunde.example");
		await until(() => smtpd.mails.length === 1, "the server has it");
		await desk.kill9();
		await desk.restart();
		desk.pass(10 * MINUTE); // the dead program's lease runs out
		await becomes(id, "unclear");
		const other = await answered("arndt@kunde.example");
		await becomes(other, "sent");
		assert.equal(smtpd.mails.length, 2);
	});

mailTest("a server that is not there, then is", {},
	async ({ smtpd, desk, answered, becomes, letter }) => {
		const { port } = smtpd;
		await smtpd.stop();
		const id = await answered("arndt@kunde.example");
		await until(async () => (await letter(id)).tries === 1, "tried");
		await smtpd.start(port);
		desk.pass(MINUTE);
		await becomes(id, "sent");
		assert.equal(smtpd.mails.length, 1);
	});

mailTest("a certificate that nobody vouches for, and a wrong password", {
	tls: true, user: "desk", config: { smtp_ca: "/etc/ssl/certs/ca-certificates.crt" } },
async ({ smtpd, answered, letter }) => {
	const id = await answered("arndt@kunde.example");
	await until(async () => (await letter(id)).tries === 1, "tried");
	assert.equal((await letter(id)).state, "waiting");
	assert.match((await letter(id)).reason, /certificate|SSL/i);
	assert.equal(smtpd.mails.length, 0);
});

mailTest("without TLS nothing is sent unless that is allowed", {
	config: { smtp_tls: "always" } },
async ({ smtpd, answered, letter }) => {
	const id = await answered("arndt@kunde.example");
	await until(async () => (await letter(id)).tries === 1, "tried");
	assert.equal((await letter(id)).state, "waiting");
	assert.equal(smtpd.mails.length, 0);
});

mailTest("the form offers the person's address", {},
	async ({ desk, smtpd, api }) => {
		const { id: customerId, number } = await customer(api,
			{ name: "Kern" });
		const kaiser = await desk.signIn("kaiser");
		good(await api.json("POST", `${V1}/customers/${customerId}/persons`,
			{ name: "Jana Kern", email: "jana@kern.example" }), 201);
		const { id } = good(await api.json("POST", `${V1}/tickets`,
			evidence(number, { person: "Jana Kern" })), 201);
		const path = `/tickets/${id}`;
		const page = await kaiser.get(path);
		const { fields } = form(page.text, `${path}/answer`);

		assert.deepEqual([fields.way, fields.address],
			["mail", "jana@kern.example"]);
		for (const address of ["", "a b@kern.example", "jana@kern",
			"jana@kern.example\r\nBcc: x@y.example", "jäna@kern.example"]) {
			const refused = await sends(kaiser, page, `${path}/answer`,
				{ body: ANSWER, address });
			assert.equal(refused.status, 422, address);
			assert.match(refused.text, /id="address-fault"/, address);
		}
		assert.equal((await sends(kaiser, page, `${path}/answer`,
			{ body: ANSWER })).status, 303);
		await until(() => smtpd.mails.length === 1, "the mail");
		assert.deepEqual(smtpd.mails[0].to, ["jana@kern.example"]);
	});

mailTest("nothing internal leaves above the text either", {},
	async ({ smtpd, api, desk }) => {
		const { number } = await customer(api);
		const exact = "Beim Senden an gmx.de meldet der Server seit heute 8 " +
			"Uhr den Fehler 550. Was bedeutet das?";
		const ticket = async (changes) => good(await api.json("POST",
			`${V1}/tickets`, evidence(number, changes)), 201).id;
		const answer = (id, way, body = {}, who = api) => who.json("POST",
			`${V1}/tickets/${id}/answers`, { body: ANSWER, way,
				...(way === "mail" ? { address: "arndt@kunde.example" } : {}),
				...body }, { "If-Match": '"1"' });
		const held = async (id, why, words) => {
			const said = problem(await answer(id, "mail"), 422,
				"confidential");
			const full = good(await api.get(`${V1}/tickets/${id}`));

			assert.match(said.errors[0].reason, why);
			assert.deepEqual(said.places.map((p) => p.text), [words]);
			assert.deepEqual([full.state, full.outbox], ["unanswered", []]);
		};

		const subject = await ticket({
			question: `Sabine Brandt ist krank. ${exact}` });
		await held(subject, /Betreff/, "Sabine Brandt ist krank");
		// Even if the customer is said to be called so.
		const name = await ticket({ person: "Frau Brandt ist im Urlaub" });
		await held(name, /Name des Empfängers/, "Frau Brandt ist im Urlaub");
		// And what colleagues wrote for colleagues, although it was asked.
		const quoted = await ticket({ question: exact });
		good(await api.json("POST", `${V1}/tickets/${quoted}/notes`,
			{ body: "Beim Senden an gmx.de meldet der Server seit heute " +
				"Unsinn." }));
		await held(quoted, /Betreff/,
			"gmx.de meldet der Server seit heute");

		// On the page nothing typed is lost.
		const kaiser = await desk.signIn("kaiser");
		const path = `/tickets/${subject}`;
		const page = await sends(kaiser, await kaiser.get(path),
			`${path}/answer`, { body: ANSWER, way: "mail",
				address: "arndt@kunde.example" });
		assert.equal(page.status, 422);
		assert.match(page.text, /<mark[^>]*>Sabine Brandt ist krank<\/mark>/);
		assert.match(words(page.text), /Der Betreff der E-Mail verrät/);
		assert.equal(form(page.text, `${path}/answer`).fields.body, ANSWER);

		// It may be told, or be released.
		good(await answer(name, "told"));
		good(await answer(subject, "mail", { release: "Er weiß es von ihr" },
			desk.api("brandt")));
		await until(() => smtpd.mails.length === 1, "the mail");
		assert.match(smtpd.mails[0].headers.subject, /Sabine Brandt/);
	});

mailTest("an offer goes out as it was said, once, and tells nothing internal",
	{}, async ({ smtpd, api, desk }) => {
		const WORK = "Bitte auf der Seite Kontakt die Telefonnummer in der " +
			"Fußzeile durch 0221 4710 330 ersetzen.";
		const { number } = await customer(api);
		const offer = async (description) => good(await api.json("POST",
			`${V1}/orders`, { customer: number, person: "Petra Arndt",
				kind: "change", price: "website-text", description }), 201);
		const send = (one, body = {}, who = api, headers = {}) => who.json(
			"POST", `${V1}/orders/${one.id}/send`,
			{ address: "arndt@kunde.example", ...body }, headers);

		const one = await offer(WORK);
		const key = { "Idempotency-Key": "offer-1" };
		good(await send(one, {}, api, key));
		good(await send(one, {}, api, key));
		const [mail] = await until(() => smtpd.mails.length && smtpd.mails,
			"the offer");
		assert.deepEqual(mail.to, ["arndt@kunde.example"]);
		assert.ok(mail.headers.subject.startsWith(`[${one.number}] Bitte auf`));
		const text = mail.body.replaceAll("\r\n", "\n");
		assert.ok(text.startsWith(`${WORK}\n\nPreis: ${one.sentence}.\n\n`));
		assert.match(text, /Wir beginnen erst, wenn Sie Ja gesagt haben/);
		assert.ok(text.trimEnd().endsWith(`Auftrag ${one.number}`));

		// What tells where somebody is stays, until a supervisor lets it go.
		const two = await offer(`${WORK} Frau Brandt ist im Urlaub.`);
		const held = await send(two);
		assert.equal(held.status, 422, held.text);
		assert.match(held.json().type, /confidential/);
		good(await send(two, { release: "Der Kunde weiß es von ihr." },
			desk.api("brandt")));
		await until(() => smtpd.mails.length === 2, "the second offer");
		const early = await offer(`Tim Kaiser ist krank. ${WORK}`);
		assert.equal((await send(early)).status, 422);
		desk.command("employee", "private-number", "add", "brandt",
			"0171 2345678");
		assert.equal((await send(await offer(`${WORK} (01712345678)`))).status,
			422);
		assert.deepEqual(desk.query("SELECT count(*) FROM event WHERE kind = " +
			"'confidential.number_asked'"), ["1"]);

		// Bad addresses, what is done with, what there is not.
		for (const address of ["", "nobody", "a@b.example\nBcc: x@y.example"])
			assert.equal((await send(one, { address })).status, 422, address);
		good(await api.json("POST", `${V1}/orders/${one.id}/reply`,
			{ accepted: false, words: "Nein.", name: "P. Arndt" },
			{ "If-Match": `"${one.version}"` }));
		assert.equal((await send(one)).status, 409);
		assert.equal((await send({ id: 999 })).status, 404);

		// The page shows what became of it, and offers the address on record.
		const kaiser = await desk.signIn("kaiser");
		const page = await kaiser.get(`/orders/${two.id}`);
		assert.match(words(page.text), /arndt@kunde\.example/);
		assert.ok(form(page.text, `/orders/${two.id}/send`));
		const sent = await sends(kaiser, page, `/orders/${two.id}/send`,
			{ address: "chef@kunde.example" });
		assert.equal(sent.status, 422);
		assert.match(sent.text, /<mark[^>]*>Frau Brandt ist im Urlaub<\/mark>/);
		assert.equal(form(sent.text, `/orders/${two.id}/send`).fields.address,
			"chef@kunde.example");
	});
