// Nothing acknowledged is ever lost: the program is killed at every step of a
// call that is led on its page, and the page stands where it stood.
import assert from "node:assert/strict";
import { STAFF, eachEngine } from "./desk.mjs";
import { Call, QUESTION, TO_TICKET, customer, words } from "./web.mjs";

const ONE = { staff: [STAFF[0]] };

// The page without what differs each time it is made.
const still = ({ text }) => words(text).replace(/vor \d+ s/g, "");

eachEngine("a call's page survives a power cut at every step", ONE,
	async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		await customer(kaiser);
		const call = await Call.start(kaiser);
		const types = (typed) => kaiser.post(`${call.path}/type`, typed);
		const does = [() => call.finds("10443-7"), () => call.answers("number"),
			() => call.answers("named")];

		for (const one of TO_TICKET)
			does.push(typeof one === "string" ? () => call.answers(one) :
				() => types(one));
		for (const one of does) {
			await one();
			const before = still(await call.reload());
			await desk.kill9();
			await desk.restart();
			assert.equal(still(await call.reload()), before);
		}
		call.says(/sonst noch ein Anliegen/);
		const queue = words((await kaiser.get("/queue")).text);
		assert.equal(queue.split(QUESTION.slice(0, 60)).length, 2,
			"one ticket, once");
		await call.answers("nothing");
		await desk.kill9();
		await desk.restart();
		await call.reload();
		call.says(/Das Gespräch ist beendet/);
		assert.match(words((await kaiser.get("/")).text), /Neuer Anruf/);
	});

eachEngine("killed while everybody types, nothing said to be saved is lost",
	ONE, async (desk) => {
		const kaiser = await desk.signIn("kaiser");
		await customer(kaiser);
		const call = await Call.start(kaiser);
		await call.identified();
		await call.answers("question");
		let saved = "";
		let typed = "";
		let alive = true;

		const typist = (async () => {
			while (alive && typed.length < 190) {
				typed += "abcdefgh "[typed.length % 9];
				const { status } = await kaiser.post(`${call.path}/type`,
					{ search: typed }).catch(() => ({}));
				if (status !== 200)
					return;
				saved = typed;
			}
		})();
		while (saved.length < 25)
			await new Promise((go) => setTimeout(go, 5));
		await desk.kill9();
		alive = false;
		await typist;
		await desk.restart();
		await call.reload();
		const { search } = call.button("answer:nothing").fields;
		assert.ok(search.startsWith(saved.trimEnd()), `${search} < ${saved}`);
		assert.ok(typed.startsWith(search), "and nothing else");
	});
