/*
 * Saves as one types. A field with data-draft="URL" is posted there, under its
 * own name, 300 ms after the last change; [data-saved-for="its id"] says how
 * that went. The answer, HTML or nothing, is put into the element that
 * data-draft-into selects (the verdict on a wording, for example).
 *
 * Until the server has it, the text is kept in this tab's sessionStorage: a
 * lost connection is tried again with growing pauses and when the line is back
 * (line.js), a reload finds the text. Sending the form makes its drafts
 * pointless; they are dropped when an answer has come. Who comes back from an
 * error page finds them.
 */
(() => {
	const WAIT_MS = 300;
	const RETRY_MS = [1000, 2000, 4000, 8000, 15000, 30000];
	const drafts = new Map(); /* field -> draft */

	const keyOf = (field) => `draft:${field.dataset.draft}:${field.name}`;

	/* Where storage is full or forbidden, the server has to do. */
	const stored = (what) => {
		try {
			return what(sessionStorage);
		} catch {
			return null;
		}
	};
	const keep = (field) => stored((s) => s.setItem(keyOf(field), field.value));
	const drop = (field) => stored((s) => s.removeItem(keyOf(field)));

	/* What was sent with its form, until this or another page is the answer. */
	const sentOf = (field) => `sent:${keyOf(field)}`;
	const sentForget = () => stored((s) => {
		for (const key of Object.keys(s))
			if (key.startsWith("sent:"))
				s.removeItem(key);
	});
	const answered = () => {
		const came = performance.getEntriesByType("navigation")[0];

		return came?.type === "navigate" && !(came.responseStatus >= 500);
	};

	const say = (field, state, word) => {
		const mark = document.querySelector(
			`[data-saved-for="${CSS.escape(field.id)}"]`);

		if (!mark)
			return;
		mark.dataset.state = state;
		mark.textContent = document.body.dataset[word] || "";
	};

	const tell = (well) => document.dispatchEvent(
		new CustomEvent("desk-line", {detail: {well}}));

	const draftOf = (field) => {
		if (!drafts.has(field))
			drafts.set(field, {timer: 0, tries: 0, saved: field.value,
				flight: null});
		return drafts.get(field);
	};

	const later = (field, ms) => {
		const draft = draftOf(field);

		clearTimeout(draft.timer);
		draft.timer = setTimeout(() => send(field), ms);
	};

	/* The server has `value`, or has refused it for good. */
	const settled = async (field, value, answer) => {
		const draft = draftOf(field);
		const into = answer.ok && field.dataset.draftInto;
		const html = into && await answer.text();

		draft.tries = 0;
		if (answer.ok) {
			draft.saved = value;
			if (field.value === value) {
				drop(field);
				say(field, "saved", "wordSaved");
			}
		} else {
			say(field, "failed", "wordRefused");
		}
		if (typeof html === "string" && field.value === value)
			for (const el of document.querySelectorAll(into))
				el.innerHTML = html;
	};

	const failed = (field) => {
		const draft = draftOf(field);

		say(field, "failed", "wordUnsaved");
		tell(false);
		later(field, RETRY_MS[Math.min(draft.tries++, RETRY_MS.length - 1)]);
	};

	const post = (field, value, options) => fetch(field.dataset.draft, {
		method: "POST",
		headers: {"X-Draft": "1"},
		body: new URLSearchParams([[field.name, value]]),
		...options,
	});

	const send = async (field) => {
		const draft = draftOf(field);
		const value = field.value;

		if (draft.flight || value === draft.saved || !field.isConnected)
			return;
		draft.flight = new AbortController();
		try {
			const answer = await post(field, value,
				{signal: draft.flight.signal});

			tell(true);
			draft.flight = null;
			if (answer.status >= 500 || answer.status === 429)
				failed(field);
			else
				await settled(field, value, answer);
			if (answer.ok && field.value !== value)
				later(field, 0);
		} catch (error) {
			draft.flight = null;
			if (error.name !== "AbortError")
				failed(field);
		}
	};

	/* Leaves at once, even if the page is about to go. */
	const flush = (field) => {
		const draft = draftOf(field);

		clearTimeout(draft.timer);
		if (field.value !== draft.saved)
			post(field, field.value, {keepalive: true}).catch(() => {});
	};

	/* What a reload or a crash of the tab left here goes before the server's. */
	const restore = (field) => {
		const kept = stored((s) =>
			s.getItem(keyOf(field)) ?? s.getItem(sentOf(field)));

		draftOf(field);
		if (kept === null || kept === field.value) {
			drop(field);
			return;
		}
		field.value = kept;
		keep(field);
		later(field, 0);
	};

	const restoreAll = () => {
		for (const field of document.querySelectorAll("[data-draft]"))
			if (!drafts.has(field))
				restore(field);
		for (const field of drafts.keys())
			if (!field.isConnected)
				drafts.delete(field);
	};

	document.addEventListener("input", (event) => {
		const field = event.target.closest?.("[data-draft]");

		if (!field)
			return;
		draftOf(field).tries = 0;
		keep(field);
		say(field, "waiting", "wordSaving");
		later(field, Number(field.dataset.draftWait) || WAIT_MS);
	});
	document.addEventListener("submit", (event) => {
		for (const [field, draft] of drafts) {
			if (field.form !== event.target) {
				flush(field);
				continue;
			}
			clearTimeout(draft.timer);
			draft.flight?.abort();
			draft.saved = field.value;
			drop(field);
			stored((s) => s.setItem(sentOf(field), field.value));
		}
	});
	document.addEventListener("desk-back", () => {
		for (const field of drafts.keys())
			later(field, 0);
	});
	addEventListener("pagehide", () => {
		for (const field of drafts.keys())
			flush(field);
	});
	document.addEventListener("htmx:afterSettle", restoreAll);
	if (answered())
		sentForget();
	restoreAll();
	sentForget();
})();
