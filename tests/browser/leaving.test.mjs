// The form that answers a ticket: what would hold the answer back is said while
// one types, a supervisor releases it, and how it reaches the customer is
// chosen by the keyboard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { spawnDesk } from "../http/desk.mjs";
import { V1, customer, evidence, good } from "../http/api.mjs";
import { inBrowser } from "./harness.mjs";

const TELLS = "Frau Brandt ist bis Freitag im Urlaub. Die Weiterleitung " +
	"gehört unter Postfach, dann Regeln.";

async function ticket(desk) {
	const api = desk.api("kaiser");
	const { number } = await customer(api);
	const { id } = good(await api.json("POST", `${V1}/tickets`,
		evidence(number)), 201);
	return `/tickets/${id}`;
}

for (const [width, theme] of [[1280, "light"], [360, "dark"]])
	test(`an answer is held back, ${width} px, ${theme}`, async () => {
		const desk = await spawnDesk();
		await desk.during(async () => {
			const path = await ticket(desk);
			await inBrowser(desk, { as: "kaiser", width, theme, allow: /422/ },
				async ({ page, accessible, fits, shot }) => {
					await page.goto(desk.url + path);
					await page.keyboard.press("a");
					await page.keyboard.type(TELLS);
					await page.waitForSelector("#marked mark");
					assert.equal(await page.textContent(
						"#marked .marked mark"),
					"Frau Brandt ist bis Freitag im Urlaub");
					await page.fill("#answer", "Ohne Namen.");
					await page.waitForSelector("#marked mark",
						{ state: "detached" });
					await page.fill("#answer", TELLS);
					await page.click("text=Nur antworten");
					await page.waitForSelector("#answer-fault");
					await accessible();
					await fits();
					await shot(`held-${width}-${theme}`);
				});
			await inBrowser(desk, { as: "brandt", width, theme },
				async ({ page, accessible, fits, shot }) => {
					await page.goto(`${desk.url}/outbox`);
					await fits();
					await shot(`outbox-held-${width}-${theme}`);
					await page.click(`a[href="${path}"]`);
					await page.fill("#release", "Der Kunde weiß es von ihr");
					await accessible();
					await fits();
					await shot(`release-${width}-${theme}`);
					await page.click("text=Nur antworten");
					await page.waitForSelector(".letters");
					await shot(`to-tell-${width}-${theme}`);
					await page.goto(`${desk.url}/outbox`);
					await accessible();
					await fits();
					await page.click(".letters button");
					await page.waitForSelector("text=bei ihrem Kunden angekommen");
				});
		});
	});

test("by mail, where no server answers", { timeout: 60_000 }, async () => {
	const desk = await spawnDesk({ config: { smtp: "smtp://127.0.0.1:9",
		mail_from: "Hilfe <hilfe@desk.example>" } });
	await desk.during(async () => {
		const path = await ticket(desk);
		await inBrowser(desk, { as: "kaiser", lang: "en", width: 360 },
			async ({ page, accessible, fits, shot }) => {
				await page.goto(desk.url + path);
				await page.fill("#answer", "Under Mailbox, then Rules.");
				await page.check("input[value=mail]");
				await page.fill("[name=address]", "petra@arndt.example");
				await fits();
				await accessible();
				await shot("by-mail-360-light");
				await page.click("text=Only answer");
				await page.waitForSelector(".letters");
				// The page does not follow by itself what becomes of a letter.
				while (!await page.locator(".letters .hint").count())
					await page.reload();
				assert.match(await page.textContent(".letters"),
					/connect/i);
				await fits();
				await accessible();
				await shot("mail-waits-360-light");
			});
	});
});
