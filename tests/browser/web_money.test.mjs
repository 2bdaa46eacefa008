// What is not support, by keys alone in both languages: each of the rules M6,
// M7, M9, M10, M14, M15 and M16 on a call, from its key to its proper end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { good } from "../http/api.mjs";
import { inBrowser } from "./harness.mjs";
import { QUESTION, begins, filledDesk, ready, says, stands } from "./web.mjs";

const YES = { de: "Ja, bitte.", en: "Yes, please." };

async function press(page, keys, ...strokes) {
	for (const key of strokes) {
		await Promise.all([page.waitForNavigation(), keys("Escape", key)]);
		await ready(page);
	}
}

// An order, from the step that asks what is to be done: exact, the first price,
// yes.
async function orders(page, keys, yes) {
	await keys(QUESTION);
	await press(page, keys, "1", "1");
	assert.match(await says(page).textContent(), /19 % (Mehrwertsteuer|VAT)/);
	await keys(yes);
	await press(page, keys, "1");
	assert.match(await page.locator(".closing").textContent(), /A\d+-\d/);
}

// Each way begins where a call asks what it is about, and ends between matters.
const WAYS = {
	M6: async (page, keys) => {
		await press(page, keys, "M");
		await stands(page, /Zu jemand Bestimmtem|anybody in particular/);
		await press(page, keys, "1");
	},
	M9: async (page, keys) => {
		await press(page, keys, "I");
		await stands(page, /keine Auskunft|no information/);
		await press(page, keys, "1");
	},
	M16: async (page, keys) => {
		await press(page, keys, "B");
		await stands(page, /sehr lange nicht zu erreichen|for a very long time/);
		await press(page, keys, "1");
	},
	M14: async (page, keys, yes) => {
		await press(page, keys, "2", "1", "3", "1");
		await stands(page, /andere verursacht|others have caused/);
		await press(page, keys, "1");
		await orders(page, keys, yes);
		await press(page, keys, "1");
	},
	M15: async (page, keys, yes) => {
		await press(page, keys, "D");
		await stands(page, /so, wie es vereinbart war|as it was agreed/);
		await press(page, keys, "1");
		await orders(page, keys, yes);
		await press(page, keys, "1");
	},
	M10: async (page, keys, yes) => {
		await press(page, keys, "L");
		await stands(page, /nicht beibringen|cannot teach you/);
		await press(page, keys, "2");
		await stands(page, /24/);
		await keys(yes);
		await press(page, keys, "1");
		await page.locator(".paid-runs").waitFor();
		await press(page, keys, "P", "1", "1");
	},
};

for (const lang of ["de", "en"])
	test(`what is not support, by keys [${lang}]`, { timeout: 120_000 },
		async (t) => {
			const desk = await filledDesk();
			await desk.during(() => inBrowser(desk, { as: "kaiser", lang },
				async ({ page, keys }) => {
					await begins(page, keys);
					for (const [rule, walk] of Object.entries(WAYS))
						await t.test(rule, async () => {
							await walk(page, keys, YES[lang]);
							await stands(page, /Worum geht es|What is it about/);
						});
				}));
		});

test("put through for an order in progress, by keys", { timeout: 60_000 },
	async () => {
		const desk = await filledDesk();
		await desk.during(async () => {
			const api = desk.api("brandt");
			const change = async ({ id, version }, what, body = {}) =>
				good(await api.json("POST", `/api/v1/orders/${id}/${what}`, body,
					{ "If-Match": `"${version}"` }));
			const offer = good(await api.json("POST", "/api/v1/orders", {
				customer: desk.arndt.number, person: "Petra Arndt",
				kind: "work", price: "setup", description: QUESTION }), 201);
			await change(await change(offer, "reply", { accepted: true,
				words: "Ja.", name: "Petra Arndt" }), "start");
			await inBrowser(desk, { as: "kaiser" }, async ({ page, keys, shot,
				accessible }) => {
				await begins(page, keys);
				await press(page, keys, "M");
				await accessible();
				await shot("call-transfer-de-light-1280");
				await press(page, keys, "1");
				await stands(page,
					/Auftrags A1-3 verbinde ich Sie mit Sabine Brandt/);
				await press(page, keys, "1");
				await page.getByText("Das Gespräch ist beendet").waitFor();
			});
		});
	});
