// How every staff page looks: nothing wider than the window, nothing that
// keeps anybody out, no complaint of the browser, in both languages and
// colours on every width. Pictures: HACKING.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Call, TO_TICKET, answer } from "../http/web.mjs";
import { inBrowser } from "./harness.mjs";
import { QUESTION, filledDesk, ready, tickets } from "./web.mjs";

// Each language, colour and width comes up with several others.
const LOOKS = [
	["de", "light", 1280], ["en", "dark", 1280], ["en", "light", 360],
	["de", "dark", 360], ["de", "light", 768], ["en", "dark", 1920],
];

// In these axe looks too, which takes most of the time: light and wide, dark and
// narrow. What it judges depends on nothing else.
const JUDGED = new Set([0, 3]);

// A name without a space in it, and a question as long as they get.
const LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunter" +
	"beamtengesellschaft";

// Pages with everything on them that they can show; [name, path].
async function pagesMade(desk) {
	const kaiser = await desk.signIn("kaiser");
	const [first, second] = await tickets(desk, 3);
	const page = await kaiser.get(first);
	const version = /name="version" value="(\d+)"/.exec(page.text)[1];

	await kaiser.post(`${first}/note`, { body: "Ist im Rechenzentrum bekannt." });
	await kaiser.post(`${first}/answer`, { version,
		body: `Unter Postfach, dann Regeln.\n\nSiehe ${LONG}` });
	const brandt = await desk.signIn("brandt");
	await brandt.post(`${second}/draft`, { body: "Bitte" });
	await kaiser.post("/customers/new", { name: LONG, number: "30001-1",
		street: LONG, city: LONG, note: `Achtung. ${LONG}` });
	await kaiser.post("/customers/2/persons", { name: LONG, position: LONG });
	for (const path of ["/customers/3/edit", "/customers/3/contracts/new",
		"/customers/new"])
		assert.equal((await kaiser.get(path)).status, 200);
	return [["home", "/"], ["queue", "/queue"], ["ticket", second],
		["ticket-answered", first], ["tickets", "/tickets?state=answered"],
		["tickets-none", "/tickets?state=closed"],
		["tickets-filter", "/tickets?customer=10443-7&number=7"], ["customers", "/customers"],
		["customers-none", "/customers?q=niemand"],
		["customer", "/customers/1"], ["customer-long", "/customers/3"],
		["customer-new", "/customers/new"], ["password", "/password"],
		["customer-edit", "/customers/3/edit"],
		["contract-new", "/customers/1/contracts/new"],
		["contract-edit", "/contracts/1/edit"], ["missing", "/nothing-here"]];
}

// What a person sees at each step of a call that ends in a ticket.
const STEPS = [
	["call-number"],
	["call-found", (call) => call.finds("10443-7")],
	["call-person", (call) => call.answers("number")],
	["call-matter", (call) => call.answers("named")],
	["call-branch", (call) => call.presses("anytime:internal")],
	["call-search", (call) => call.answers("goes-on", "question")],
	["call-reason", (call) => call.answers({ search: "Mail" }, "nothing")],
	["call-question", (call) => call.answers(...TO_TICKET.slice(3, 5))],
	["call-vague", (call) => call.client.post(`${call.path}/type`,
		{ question: "Bitte um Rückruf" })],
	["call-exact", (call) => call.client.post(`${call.path}/type`,
		{ question: QUESTION })],
	["call-read-back", async (call) => {
		await call.reload();
		await call.answers("exact");
	}],
	["call-internet", (call) => call.answers("right")],
	["call-more", (call) => call.answers("said")],
	["call-ended", (call) => call.answers("nothing")],
];

// What is wrong with the page as it stands, as lines that name the look.
async function faults(look, ...checks) {
	const found = [];
	for (const check of checks)
		await check().catch(({ actual }) =>
			found.push(...actual.map((one) => `${look}: ${one}`)));
	return found;
}

test("every page fits, is accessible and quiet", { timeout: 150_000 },
	async () => {
		const desk = await filledDesk();
		const wrong = [];
		await desk.during(async () => {
			const pages = await pagesMade(desk);
			for (const [i, [lang, theme, width]] of LOOKS.entries())
				await inBrowser(desk, { as: "kaiser", lang, theme, width,
					allow: /404/ },
				async ({ page, fits, accessible, shot }) => {
					for (const [name, path] of pages) {
						await page.goto(path);
						const look = `${name}-${lang}-${theme}-${width}`;
						const checks = JUDGED.has(i) ? [fits, accessible] : [fits];
						await shot(look);
						wrong.push(...await faults(look, ...checks));
					}
				});
			assert.deepEqual(wrong, []);
		});
	});

test("every step of a call fits, is accessible and quiet",
	{ timeout: 150_000 }, async () => {
		const desk = await filledDesk();
		const wrong = [];
		await desk.during(async () => {
			const logins = ["kaiser", "brandt", "adler"];
			for (const [i, [lang, theme, width]] of LOOKS.slice(0, 5).entries()) {
				const login = logins[i % 3];
				const call = await Call.start(await desk.signIn(login));
				await inBrowser(desk, { as: login, lang, theme, width },
					async ({ page, fits, accessible, shot }) => {
						for (const [name, act] of STEPS) {
							const look = `${name}-${lang}-${theme}-${width}`;
							await act?.(call);
							await page.goto(call.path);
							await shot(look);
							wrong.push(...await faults(look, fits, accessible));
						}
					});
			}
			assert.deepEqual(wrong, []);
		});
	});

test("on a telephone a tap anywhere in a row opens it", async () => {
	const desk = await filledDesk();
	await desk.during(async () => {
		const [first] = await tickets(desk, 2);
		await inBrowser(desk, { as: "kaiser", width: 360 }, async ({ page }) => {
			for (const list of ["/queue", "/tickets?state=unanswered", "/"]) {
				await page.goto(list);
				assert.equal(await page.getByText("Enter öffnet").isVisible(),
					false);
				const row = page.locator("tbody tr").last();
				const path = await row.getByRole("link").getAttribute("href");
				// Forced: the link is what lies there, not the cell.
				await row.locator("td[data-label=Frage]").tap({ force: true });
				await page.waitForURL((url) => url.pathname === path);
			}
		});
		await inBrowser(desk, { as: "kaiser" }, async ({ page }) => {
			await page.goto("/queue");
			await page.getByText("Enter öffnet eine.").waitFor();
			await page.locator("td[data-label=Kunde]").first()
				.click({ force: true });
			await page.waitForURL((url) => url.pathname === first);
		});
	});
});

test("on a telephone nothing of a list of answers is cut or squeezed",
	async () => {
		const desk = await filledDesk();
		await desk.during(async () => {
			await answer(await desk.signIn("kaiser"),
				{ title: "Weiterleitung einrichten" });
			desk.pass(40 * 86400_000);
			await inBrowser(desk, { as: "kaiser", width: 360 },
				async ({ page }) => {
					await page.goto("/answers");
					const [wrap, hidden, row, title] = await page.evaluate(() => {
						const box = document.querySelector(".table-wrap");
						const td = document.querySelector("td.wide");
						return [box.clientWidth, box.scrollWidth,
							td.parentNode.clientWidth, td.offsetWidth];
					});
					assert.equal(hidden, wrap);
					assert.ok(row - title < 40, `${title} of ${row} px`);
				});
		});
	});

test("colours and language are chosen and kept", async () => {
	const desk = await filledDesk();
	await desk.during(() => inBrowser(desk, { as: "kaiser", lang: "de" },
		async ({ page }) => {
			const menu = page.locator("details.menu summary");
			const colours = () => page.evaluate(() =>
				document.documentElement.dataset.bsTheme);

			assert.equal(await colours(), "light");
			await menu.click();
			await page.getByRole("button", { name: "Dunkel" }).click();
			await page.waitForFunction(() =>
				document.documentElement.dataset.theme === "dark");
			await ready(page);
			assert.equal(await colours(), "dark");
			await page.goto("/queue");
			assert.equal(await colours(), "dark");
			await page.locator(".bar-lang button[lang=en]").click();
			await page.getByRole("heading", { name: "Unanswered" }).waitFor();
			assert.equal(new URL(page.url()).pathname, "/queue");
			await page.emulateMedia({ colorScheme: "dark" });
			await menu.click();
			await page.getByRole("button", { name: "Light" }).click();
			await page.waitForFunction(() =>
				document.documentElement.dataset.theme === "light");
			await ready(page);
			assert.equal(await colours(), "light");
		}));
});
