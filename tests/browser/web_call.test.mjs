// The call page as it is used: by keys alone, while typing, over reloads,
// crashes, a dead server and a second tab.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inBrowser } from "./harness.mjs";
import { QUESTION, asks, begins, filledDesk, ready, says, searched, stands,
	tickets, writes } from "./web.mjs";

const MINUTE = 60_000;

// One desk, one signed-in browser, one test.
function call(name, options, run) {
	test(name, { timeout: 60_000 }, async () => {
		const desk = await filledDesk();
		await desk.during(() => inBrowser(desk, { as: "kaiser", ...options },
			(tools) => run({ desk, ...tools })));
	});
}

const focused = (page) => page.evaluate(() => document.activeElement.id ||
	document.activeElement.tagName);

for (const lang of ["de", "en"])
	call(`a ticket by keys alone [${lang}]`, { lang },
		async ({ page, keys, accessible }) => {
			await begins(page, keys);
			await writes(page, keys);
			await keys("Nichts geht mehr");
			await page.locator(".verdict-bad").waitFor();
			await accessible();
			await keys("Control+a", QUESTION);
			await page.locator(".verdict-ok").waitFor();
			await keys("Escape", "1");
			await stands(page, /lese Ihnen vor|read you/);
			assert.equal(await page.locator("#question").inputValue(), QUESTION);
			await keys("1");
			await stands(page, /über das Internet|over the internet/);
			await keys("1");
			await stands(page, /sonst noch|anything else/);
			assert.match(await page.locator(".closing").textContent(),
				/(aufgenommen|written as a ticket)\s+\d+-\d/);
			assert.match(await page.locator(".who").textContent(),
				/unbeantwortet|unanswered/);
			await keys("2");
			await page.getByText(/Das Gespräch ist beendet|The call has ended/)
				.waitFor();
			await accessible();
			// Enter takes the next call at once.
			await keys("Enter");
			await stands(page, /Kundennummer|customer number/);
		});

call("answered at once, by keys alone", {}, async ({ page, keys }) => {
	await begins(page, keys);
	await keys("1");
	await stands(page, /Ich sehe gleich/);
	assert.equal(await focused(page), "search");
	await keys("Postfach", "Enter", "2");
	await stands(page, /Beantworten Sie die Frage/);
	await keys("1");
	await stands(page, /sonst noch/);
	await keys("2");
	await page.getByText("sofort beantwortet").waitFor();
});

call("keys rest while one types, and lead back out", { lang: "en" },
	async ({ page, keys, accessible }) => {
		await begins(page, keys);
		await keys("1");
		await asks(page, "search");
		await keys("123 hikl?");
		assert.equal(await page.locator("#search").inputValue(), "123 hikl?");
		// The page says so as long as it is so.
		const way = page.locator(".field-leave");
		assert.match(await way.textContent(), /Esc first/);
		assert.ok(await way.isVisible());
		await keys("Escape");
		await way.waitFor({ state: "hidden" });
		await keys("/");
		await way.waitFor();
		// Out of the field; then letters are the branches' keys.
		await keys("Escape", "i");
		await stands(page, /no information about that/);
		await keys("1");
		await asks(page, "search");
		assert.equal(await page.locator("#search").inputValue(), "123 hikl?");
		await keys("Escape", "?");
		const list = page.locator("dialog.keys");
		await list.waitFor();
		const text = await list.textContent();
		for (const word of [/I\s*Asks about internal/, /F2\s*Running call/,
			/⌫\s*Back/, /0\s*None of these/, /Esc/])
			assert.match(text, word);
		await accessible();
		await keys("Escape");
		await list.waitFor({ state: "hidden" });
		// Back out of the branch, and on to the step before.
		for (let i = 0; !/What is it about/.test(
			await says(page).textContent()); i++) {
			assert.ok(i < 5, "Backspace leads back");
			await Promise.all([page.waitForNavigation(),
				keys("Escape", "Backspace")]);
			await ready(page);
		}
		// Browser keys stay the browser's: nothing happens here.
		await keys("Control+1", "Alt+1", "F4");
		assert.match(await says(page).textContent(), /What is it about/);
		// F2 leads to the running call from anywhere.
		await page.goto("/customers");
		await page.locator("#q").fill("x");
		await keys("F2");
		await stands(page, /What is it about/);
	});

call("what is pressed before the next page is there does nothing", {},
	async ({ page, keys }) => {
		await begins(page, keys);
		const answer = await page.locator(".answer").first().boundingBox();
		let go, sent = 0;
		const gate = new Promise((resolve) => { go = resolve; });
		await page.route("**/step", async (route) => {
			sent++;
			await gate;
			await route.continue();
		});
		await keys("1", "1", "m", "2");
		await page.mouse.click(answer.x + 9, answer.y + 9);
		go();
		await stands(page, /Ich sehe gleich/);
		assert.equal(sent, 1);
		assert.equal(await page.getByText("in einem anderen Fenster").count(), 0);
		// It listens again.
		await keys("Escape", "2");
		await stands(page, /Beantworten Sie die Frage/);
	});

call("what stands in a field is searched anew, or written on", { allow: /422/ },
	async ({ page, keys }) => {
		await begins(page, keys);
		await keys("1");
		await asks(page, "search");
		await keys("Weiterleitung", "Escape", "i");
		await stands(page, /keine Auskunft/);
		await keys("1");
		await asks(page, "search");
		await keys("Regeln");
		assert.equal(await page.locator("#search").inputValue(), "Regeln");
		await keys("Escape", "0");
		await asks(page, "reason");
		await keys("Steht nicht da", "Enter", "1");
		await asks(page, "question");
		await keys("Er soll mich zurückrufen", "Escape", "1");
		await page.locator(".wrong").waitFor();
		await ready(page);
		await keys(", es geht nichts");
		assert.equal(await page.locator("#question").inputValue(),
			"Er soll mich zurückrufen, es geht nichts");
	});

for (const wait of [0, 300])
	call(`on a telephone the sentence stays above the field [keys.js ${wait} ms late]`,
	{ width: 360, height: 500 }, async ({ page, keys }) => {
		await begins(page, keys);
		// Meanwhile the browser has gone to the field by itself.
		await page.route("**/keys*.js", (route) =>
			setTimeout(() => route.continue(), wait));
		await keys("4");
		await asks(page, "question");
		await page.evaluate(() => new Promise(requestAnimationFrame));
		assert.equal(await page.evaluate(() => globalThis.scrollY), 0);
		assert.equal(await focused(page), "question");
	});

call("single keys can be switched off", { lang: "en" },
	async ({ page, keys }) => {
		await page.locator("details.menu summary").click();
		await page.getByRole("button", { name: "Switch off" }).click();
		await page.locator("html[data-keys=off]").waitFor({ state: "attached" });
		await ready(page);
		await keys("u", "c", "?");
		assert.equal(new URL(page.url()).pathname, "/");
		assert.equal(await page.locator("dialog[open]").count(), 0);
		await keys("F2");
		await page.waitForURL(/\/calls\//);
		await asks(page, "typed");
		await keys("Escape", "3");
		assert.match(await says(page).textContent(), /customer number/);
		// Buttons are reached by Tab all the same.
		await page.getByRole("button", { name: /Does not know/ }).focus();
		await keys("Enter");
		await stands(page, /whose contract/);
		await page.goto("/");
		await page.locator("details.menu summary").click();
		await page.getByRole("button", { name: "Switch on" }).click();
		await page.locator("html:not([data-keys])").waitFor(
			{ state: "attached" });
		await ready(page);
		await keys("u");
		await page.waitForURL(/\/queue/);
	});

call("customers are found while one types", { allow: /422/ }, async ({ page, keys }) => {
	await keys("F2");
	await page.waitForURL(/\/calls\//);
	await asks(page, "typed");
	for (const [typed, found] of [["ozd", null], ["özd", /Özdemir/],
		["0221 4710", /Arndt.*4710/s], ["104", /Arndt/], ["petra", /Arndt/]]) {
		await page.locator("#typed").fill("");
		await keys(typed);
		if (found)
			await page.locator("#hits li").filter({ hasText: found }).waitFor();
	}
	// A list that is late does not answer what stands there.
	await page.route(/lookup/, () => {});
	await page.locator("#typed").fill("özd");
	await Promise.all([page.waitForNavigation(), keys("Enter")]);
	await page.unroute(/lookup/);
	await page.locator("#hits li").filter({ hasText: /Özdemir/ }).waitFor();
	await page.locator("#typed").fill("");
	await keys("petra");
	await page.locator("#hits [name=typed][value=petra]")
		.waitFor({ state: "attached" });
	// Enter leads to the hit, once more takes it; a name identifies nobody.
	await keys("Enter");
	assert.equal(await page.locator(".found-take:focus").count(), 1);
	await keys("Enter");
	await page.locator(".who").waitFor();
	assert.match(await page.locator(".who").textContent(), /nicht.*erkannt|noch nicht/i);
	await keys("Escape", "1");
	await page.locator(".wrong, .flash-bad").first().waitFor();
	await stands(page, /Kundennummer/);
});

// ---- What was typed is there again -----------------------------------------

const HALF = "Seit heute früh um acht lädt die Startseite nur ha";

async function atQuestion({ page, keys }) {
	await begins(page, keys);
	await writes(page, keys);
}

call("typed text survives a reload and a second tab", { allow: /412/ },
	async ({ page, context, keys }) => {
		await atQuestion({ page, keys });
		await keys(HALF);
		// At once, before anything could be sent.
		await page.reload();
		await asks(page, "question");
		assert.equal(await page.locator("#question").inputValue(), HALF);
		await keys("End", "lb.");
		await page.locator("[data-saved-for=question][data-state=saved]")
			.waitFor();
		const second = await context.newPage();
		await second.goto("/");
		await second.keyboard.press("F2");
		await asks(second, "question");
		assert.equal(await second.locator("#question").inputValue(),
			`${HALF}lb.`);
		// The call goes on there; the first tab is told, with its text.
		await second.locator("#question").fill(QUESTION);
		await second.keyboard.press("Escape");
		await second.keyboard.press("1");
		await stands(second, /lese Ihnen vor/);
		await keys("End", " Und es eilt.");
		await keys("Escape", "2");
		await page.getByRole("alert").first().waitFor();
		await stands(page, /lese Ihnen vor/);
		assert.match(await page.content(), /Und es eilt/);
		await second.close();
	});

call("typed text survives a crash of the page", {}, async ({ page, context,
	keys }) => {
	await atQuestion({ page, keys });
	await keys(HALF);
	await page.locator("[data-saved-for=question][data-state=saved]").waitFor();
	const url = page.url();
	const crashed = page.waitForEvent("crash");
	await page.goto("chrome://crash").catch(() => {});
	await crashed;
	const next = await context.newPage();
	await next.goto(url);
	assert.equal(await next.locator("#question").inputValue(), HALF);
});

// Chromium's words for a server that is away, when a script asks or a page.
const AWAY = { allow: /ERR_CONNECTION_REFUSED|Failed to load resource/ };

call("the server dies while one types: the text is kept and sent later",
	AWAY, async ({ desk, page, keys }) => {
		await atQuestion({ page, keys });
		await keys("Seit heute ");
		await page.locator("[data-saved-for=question][data-state=saved]")
			.waitFor();
		const { port } = new URL(desk.url);
		await desk.kill9();
		await keys("früh um acht ");
		await page.locator("p.lost:not([hidden])").waitFor();
		await keys("lädt nichts.");
		await desk.restart({ port });
		await page.locator("[data-saved-for=question][data-state=saved]")
			.waitFor();
		await page.locator("p.lost").waitFor({ state: "hidden" });
		await page.evaluate(() => sessionStorage.clear());
		await page.reload();
		assert.equal(await page.locator("#question").inputValue(),
			"Seit heute früh um acht lädt nichts.");
	});

call("an answer that is pressed while the server is away leaves the page there",
	AWAY, async ({ desk, page, keys }) => {
		await atQuestion({ page, keys });
		const url = page.url();
		const { port } = new URL(desk.url);
		await desk.kill9();
		await keys(QUESTION);
		await page.locator("p.lost:not([hidden])").waitFor();
		const asked = page.waitForEvent("requestfailed", (request) =>
			request.url().endsWith("/healthz"));
		await keys("Escape", "1");
		await asked;
		assert.equal(page.url(), url);
		assert.equal(await page.locator("#question").inputValue(), QUESTION);
		await desk.restart({ port });
		await page.locator("p.lost").waitFor({ state: "hidden" });
		await page.locator("[data-saved-for=question][data-state=saved]")
			.waitFor();
		await keys("1");
		await stands(page, /lese Ihnen vor/);
		assert.equal(await page.locator("#question").inputValue(), QUESTION);
	});

call("whoever comes back from the browser's error page finds the text", AWAY,
	async ({ desk, page, keys }) => {
		await atQuestion({ page, keys });
		const { port } = new URL(desk.url);
		await desk.kill9();
		// No event: no draft has noticed yet that nobody answers.
		await page.locator("#question").evaluate((field, text) => {
			field.value = text;
		}, QUESTION);
		const gone = page.waitForEvent("requestfailed", (request) =>
			request.method() === "POST");
		await keys("Escape", "1");
		await gone;
		await page.waitForURL(/^chrome-error:/);
		await desk.restart({ port });
		await page.goBack();
		await ready(page);
		assert.equal(await page.locator("#question").inputValue(), QUESTION);
		await searched(page);
		await keys("Escape", "1");
		await stands(page, /lese Ihnen vor/);
		assert.equal(await page.locator("#question").inputValue(), QUESTION);
	});

call("an ended session keeps what is typed until one signs in", {
	allow: /401/ }, async ({ desk, page, keys }) => {
	await atQuestion({ page, keys });
	desk.pass(13 * 60 * MINUTE);
	await keys(HALF);
	await page.locator("[data-saved-for=question][data-state=failed]")
		.waitFor();
	await page.reload();
	await page.locator("#password").waitFor();
	await page.locator("#login").fill("kaiser");
	await page.locator("#password").fill("kurze-dienstwege-sind-gut");
	await keys("Enter");
	// The time is up meanwhile; the step that was open comes back.
	await stands(page, /Die Zeit für ein kostenloses Gespräch/);
	await keys("Escape", "3");
	await asks(page, "question");
	assert.equal(await page.locator("#question").inputValue(), HALF);
});

// ---- The clock --------------------------------------------------------------

// Pages that are opened from here on have a clock that a test can put forward.
const clockCanMove = (page) => page.addInitScript(() => {
	const now = performance.now.bind(performance);

	globalThis.forward = 0;
	performance.now = () => now() + globalThis.forward;
});
const forward = (page, ms) =>
	page.evaluate((by) => { globalThis.forward += by; }, ms);

call("the clock warns at four minutes and is red at five", {},
	async ({ desk, page, keys, accessible, shot }) => {
		await clockCanMove(page);
		await begins(page, keys);
		const clock = page.locator(".clock");
		const shows = async (state, sign, time) => {
			await page.reload();
			await page.locator(`.clock[data-state=${state}]`).waitFor();
			assert.match(await page.title(), new RegExp(`^${sign}${time}`));
			await accessible();
		};

		desk.pass(4 * MINUTE - 30_000);
		await shows("ok", "", "3:[345]");
		// It goes on by itself.
		await forward(page, 30_000);
		await page.locator(".clock-warn").waitFor();
		assert.match(await clock.textContent(), /4:[0-3]/);
		await shows("ok", "", "3:[345]");
		desk.pass(30_000);
		await shows("warn", "▲ ", "4:[0-3]");
		desk.pass(MINUTE);
		await shows("over", "■ ", "5:[0-3]");
		assert.match(await clock.getAttribute("class"), /clock-over/);
		await shot("call-over-de-light-1280");
	});

call("at five minutes the page moves to the offer, and back", {},
	async ({ desk, page, keys, accessible, shot }) => {
		await begins(page, keys);
		await writes(page, keys);
		await clockCanMove(page);
		desk.pass(5 * MINUTE - 30_000);
		await page.reload();
		await asks(page, "question");
		await keys(HALF);
		desk.pass(30_000);
		await forward(page, 30_000);
		await stands(page, /Die Zeit für ein kostenloses Gespräch ist um.*24,00/);
		assert.equal(await focused(page), "words");
		await accessible();
		await keys("Ja, das ist mir recht.", "Escape", "1");

		// What was typed meanwhile is there again, and the time is paid for.
		await asks(page, "question");
		assert.equal(await page.locator("#question").inputValue(), HALF);
		assert.match(await page.locator(".paid").textContent(),
			/A1-3: 0:[0-3]\d, 1 × 10:00 begonnen, 28,56/);
		desk.pass(10 * MINUTE - 60_000);
		await page.reload();
		await asks(page, "question");
		assert.match(await page.locator(".paid").textContent(), /1 × 10:00/);
		// It counts on by itself.
		await forward(page, 60_000);
		await page.locator(".paid-units", { hasText: "2" }).waitFor();
		assert.match(await page.locator(".paid-sum").textContent(), /57,12/);
		await accessible();
		await shot("call-paid-de-light-1280");
		await keys("Escape", "p");
		await page.locator(".paid:not(.paid-runs)").waitFor();
	});

// ---- Without JavaScript ------------------------------------------------------

call("a whole call without JavaScript", { js: false, width: 360, allow: /422/ },
	async ({ page, fits }) => {
		const press = async (name) => {
			await fits();
			await page.getByRole("button", { name }).first().click();
		};
		await page.getByRole("button", { name: "Neuer Anruf" }).click();
		await page.locator("#typed").fill("10443-7");
		await press("Nehmen");
		await press(/Nummer genannt/);
		await page.getByLabel(/Petra Arndt/).check();
		await press(/Person gewählt/);
		await press(/Eine Frage/);
		await page.locator("#search").fill("Weiterleitung");
		await press(/Nichts davon/);
		await page.locator("#reason").fill("Passt nicht");
		await press(/Steht nirgends/);
		await page.locator("#question").fill("Geht nicht");
		await press(/Genau genug/);
		assert.equal(await page.locator("#question").inputValue(),
			"Geht nicht");
		await page.locator("#question").fill(QUESTION);
		await press(/Genau genug/);
		await press(/Vorgelesen/);
		await press(/Hinweis gegeben/);
		await press(/Nein, Ende/);
		await page.getByText("Das Gespräch ist beendet").waitFor();
		await fits();
	});

test("the queue is worked off by keys", { timeout: 60_000 }, async () => {
	const desk = await filledDesk();
	await desk.during(async () => {
		const [first, second] = await tickets(desk, 2);
		await inBrowser(desk, { as: "kaiser" }, async ({ page, keys }) => {
			await keys("u");
			await page.waitForURL("/queue");
			await keys("ArrowDown", "j", "k", "Enter");
			await page.waitForURL(first);
			await keys("a", "Unter Postfach,");
			await page.locator("[data-saved-for=answer][data-state=saved]")
				.waitFor();
			await page.reload();
			assert.equal(await page.locator("#answer").inputValue(),
				"Unter Postfach,");
			await keys("a", "End", " dann Regeln.", "Tab", "Enter");
			await page.waitForURL(new RegExp(`${second}\\?done`));
			assert.match(await page.locator(".flash").textContent(),
				/beantwortet/);
		});
	});
});

call("who unfolds a form writes into it", {}, async ({ desk, page, keys }) => {
	const [path] = await tickets(desk, 1);
	await page.goto(path);
	await page.getByText("Notiz für Kollegen").focus();
	await keys("Enter", "Customer rings at noon");
	assert.equal(new URL(page.url()).pathname, path);
	assert.equal(await page.locator("details[open] textarea").inputValue(),
		"Customer rings at noon");
	await page.getByText("Notiz für Kollegen").click();
	assert.equal(await page.locator("details.fold[open]").count(), 0);
});

call("one key says who calls, and goes on", {}, async ({ desk, page, keys }) => {
	const kaiser = await desk.signIn("kaiser");
	await kaiser.post(`${desk.arndt.path}/persons`,
		{ name: "Max Arndt", position: "Lehrling" });
	await keys("F2");
	await page.waitForURL(/\/calls\/\d+/);
	await asks(page, "typed");
	await keys("10443-7", "Enter");
	await page.locator(".who").waitFor();
	await keys("1");
	await stands(page, /mit wem spreche/);
	const key = await page.locator(".choice").filter({ hasText: "Max Arndt" })
		.locator("kbd").textContent();
	assert.equal(await page.locator("label[for=name] kbd").textContent(), "/");
	// What was typed before does not count any more.
	await keys("/", "Irgendwer", "Escape", key);
	await stands(page, /Worum geht es/);
	assert.match(await page.locator(".who").textContent(),
		/Am Apparat\s*Max Arndt/);
});

call("a caller's open ticket is opened by keys, beside the call", {},
	async ({ desk, page, context, keys }) => {
		const [older] = await tickets(desk, 2);
		await begins(page, keys);
		// The newest stands first.
		await keys("ArrowDown", "j");
		const opened = context.waitForEvent("page");
		await keys("Enter");
		const ticket = await opened;
		await ticket.waitForURL(`**${older}`);
		await ticket.close();
		await keys("1");
		await stands(page, /Ich sehe gleich/);
	});

call("whoever asks about a request hears how it stands", {},
	async ({ desk, page, context, keys }) => {
		const [path] = await tickets(desk, 1);
		await begins(page, keys);
		await keys("5");
		await stands(page, /ich sehe nach/);
		const opened = context.waitForEvent("page");
		await keys("ArrowDown", "Enter");
		const ticket = await opened;
		await ticket.waitForURL(`**${path}`);
		await ticket.close();
		await keys("2");
		await stands(page, /noch nicht beantwortet/);
		await keys("1");
		await stands(page, /sonst noch ein Anliegen/);
	});

call("after a call with nobody's customer nobody is waited for", {},
	async ({ page, keys }) => {
		await keys("F2");
		await page.waitForURL(/\/calls\/\d+/);
		await asks(page, "typed");
		const side = page.locator(".call-side");
		assert.match(await side.textContent(), /Sobald der Kunde/);
		await keys("Escape", "4");
		await stands(page, /Möchten Sie Kunde/);
		await keys("2");
		await stands(page, /Unternehmen/);
		await keys("2");
		await stands(page, /Mitbewerber/);
		await keys("2");
		await page.getByText("Das Gespräch ist beendet").waitFor();
		assert.match(await side.textContent(), /Niemand wurde erkannt/);
		assert.doesNotMatch(await side.textContent(), /Sobald der Kunde/);
	});

call("a letter of the menu does not leave a running call", {}, async ({ page, keys }) => {
	await keys("F2");
	await page.waitForURL(/\/calls\/\d+/);
	await asks(page, "typed");
	// Nobody is chosen yet: nothing is wrong with the customer.
	await keys("Escape", "w");
	assert.match(await says(page).textContent(), /Kundennummer/);
	const call = page.url();
	for (const key of "guto")
		await keys("Escape", key);
	await keys("c", "r", "?");
	const list = page.locator("dialog.keys");
	await list.waitFor();
	assert.doesNotMatch(await list.textContent(), /Unbeantwortet/);
	await keys("Escape");
	assert.equal(page.url(), call);
	await page.locator(".bar-nav a[href='/customers']").click();
	await page.waitForURL(/\/customers$/);
	await keys("Escape", "r");
	await page.waitForURL(/\/answers$/);
});
