// Orders by keys: an offer is written, answered, worked on and invoiced, in
// both languages; the pages on a telephone and in the dark.
import assert from "node:assert/strict";
import { test } from "node:test";
import { good } from "../http/api.mjs";
import { inBrowser } from "./harness.mjs";
import { filledDesk, ready } from "./web.mjs";

const WORK = "Bitte auf der Seite Kontakt die Telefonnummer in der Fußzeile " +
	"durch 0221 4710 330 ersetzen.";

// Presses a key that leads to another page.
async function leads(page, keys, ...strokes) {
	await Promise.all([page.waitForEvent("load"), keys(...strokes)]);
	await ready(page);
}

const states = {
	de: ["Angeboten", "Angenommen", "In Arbeit", "Erledigt", "Abgerechnet"],
	en: ["Offered", "Accepted", "In progress", "Done", "Invoiced"],
};

for (const lang of ["de", "en"])
	test(`an order from the offer to the invoice by keys (${lang})`, async () => {
		const desk = await filledDesk();
		await desk.during(() => inBrowser(desk, { as: "brandt", lang },
			async ({ page, keys, accessible, fits, shot }) => {
				const chip = async (n) => assert.equal(await page
					.locator("h1 .chip").innerText(), states[lang][n]);

				await page.goto(desk.arndt.path);
				await leads(page, keys, "n");
				await accessible();
				await page.locator("#description").focus();
				await keys(WORK);
				await page.locator("#verdict .verdict-ok").waitFor();
				await page.locator("input[value=work]").focus();
				await keys(" ");
				await shot(`order-new-${lang}`);
				await leads(page, keys, "Enter");
				await chip(0);
				await shot(`order-offered-${lang}`);
				await accessible();

				// Enter in the field for the words chooses nothing.
				await keys("a", "Ja, machen Sie das.", "Enter");
				assert.notEqual(await page.evaluate(() =>
					document.activeElement.id), "words");
				await chip(0);
				await page.locator("button[name=accepted][value='1']").focus();
				await leads(page, keys, "Enter");
				await chip(1);
				await leads(page, keys, "b");
				await chip(2);
				await shot(`order-running-${lang}`);
				await keys("m", "31");
				await leads(page, keys, "Enter");
				await chip(3);
				await accessible();
				await fits();
				await shot(`order-done-${lang}`);

				await leads(page, keys, "o");
				await shot(`orders-${lang}`);
				await accessible();
				await leads(page, keys, "i");
				await accessible();
				await shot(`invoice-${lang}`);
				const [file] = await Promise.all(
					[page.waitForEvent("download"), keys("x")]);
				assert.match(file.suggestedFilename(),
					/^orders-2026-11-24\.csv$/);
				await leads(page, keys, "m");
				await page.goto("/orders?state=invoiced");
				await leads(page, keys, "j", "Enter");
				await chip(4);
			}));
	});

test("the pages of orders on a telephone, in the dark", async () => {
	const desk = await filledDesk();
	const api = desk.api("brandt");
	const offer = () => api.json("POST", "/api/v1/orders", {
		customer: desk.arndt.number, person: "Petra Arndt", kind: "work",
		price: "work", description: WORK });
	const change = async ({ id, version }, what, body = {}) =>
		good(await api.json("POST", `/api/v1/orders/${id}/${what}`, body,
			{ "If-Match": `"${version}"` }));
	const open = good(await offer(), 201);
	const done = await change(await change(await change(
		good(await offer(), 201), "reply", { accepted: true,
			words: "Ja.", name: "Petra Arndt" }), "start"), "done",
	{ minutes: 50 });

	await desk.during(() => inBrowser(desk,
		{ as: "brandt", width: 360, theme: "dark" },
		async ({ page, accessible, fits, shot }) => {
			for (const [name, path] of [["orders", "/orders?state=offered"],
				["order", `/orders/${open.id}`],
				["order-done", `/orders/${done.id}`],
				["order-new", `${desk.arndt.path}/orders/new`],
				["prices", "/prices"], ["invoice", "/orders/invoice"],
				["customer-orders", desk.arndt.path]]) {
				await page.goto(path);
				await accessible();
				await fits();
				await shot(`${name}-360-dark`);
			}
		}));
});
