// Nothing acknowledged is ever lost: the program is killed after every single
// answer of a whole call, and the call goes on where it stood.
import assert from "node:assert/strict";
import { eachEngine } from "./desk.mjs";
import { Call, QUESTION, STAFF_ONE, V1, customer, evidence, good, ticketCount }
	from "./api.mjs";

const ONE = { staff: STAFF_ONE };

eachEngine("a call survives a power cut at every step", ONE, async (desk) => {
	const token = { Authorization: `Bearer ${desk.token("brandt")}` };
	const api = desk.client(token);
	const made = await customer(api);
	const call = await Call.start(api);
	const does = [
		() => call.chooses(made),
		() => call.goes("number:number"),
		() => call.names("Petra Arndt"),
		() => call.goes("person:named"),
		() => call.goes("matter:question"),
		() => call.types("search", "fehler 550"),
		() => call.goes("search:nothing"),
		() => call.types("reason", "keine Seite dazu"),
		() => call.goes("reason:given"),
		() => call.types("question", QUESTION),
		() => call.goes("question:exact"),
		() => call.goes("read-back:right"),
		() => call.goes("internet:said"),
		() => call.goes("more:nothing"),
	];

	for (const one of does) {
		const acknowledged = await one();
		await desk.kill9();
		await desk.restart();
		assert.deepEqual(await call.read(), acknowledged);
	}
	assert.equal(call.state.matters[0].outcome, "ticket");
	assert.equal(await ticketCount(api), 1);
});

eachEngine("tickets acknowledged before a power cut are there", ONE,
	async (desk) => {
		const api = desk.api("brandt");
		const { number } = await customer(api);
		const kept = [];
		const writer = async () => {
			const client = desk.client(api.headers);
			for (;;) {
				const answer = await client.json("POST", `${V1}/tickets`,
					evidence(number)).catch(() => null);
				if (!answer)
					return;
				kept.push(good(answer, 201).id);
			}
		};
		const writers = Array.from({ length: 8 }, writer);

		while (kept.length < 100)
			await new Promise((go) => setTimeout(go, 10));
		await desk.kill9();
		await Promise.all(writers);
		await desk.restart();
		assert.equal(new Set(kept).size, kept.length);
		for (const id of kept)
			assert.equal(good(await api.get(`${V1}/tickets/${id}`)).question,
				QUESTION);
		assert.ok(await ticketCount(api) >= kept.length);
	});
