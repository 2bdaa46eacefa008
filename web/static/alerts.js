/*
 * What is alarming (#alerts, on the pages of supervisors): while somebody looks
 * at the page, asks every few seconds whether there is something new. The focus
 * stays where it is; the window's title says how many there are
 * (<html data-mark>, which clock.js heeds too).
 */
(() => {
	const EVERY_MS = 4000;
	const box = document.getElementById("alerts");
	const root = document.documentElement;
	const title = document.querySelector("title");
	let tag = box?.dataset.tag;
	let asking = false;

	const mark = () => {
		const n = box.querySelectorAll(".alarm").length;

		root.dataset.mark = n ? `⚠ ${n} – ` : "";
		if (!document.querySelector("[data-clock-start]"))
			document.title = root.dataset.mark + title.dataset.plain;
	};

	/* A button that had the focus keeps it, if it is still there. */
	const show = (html) => {
		const at = box.contains(document.activeElement) &&
			document.activeElement.form?.getAttribute("action");

		box.innerHTML = html;
		globalThis.htmx?.process(box);
		if (at)
			box.querySelector(`[action="${CSS.escape(at)}"] button`)?.focus();
		mark();
	};

	const ask = async () => {
		if (document.hidden || asking)
			return;
		asking = true;
		try {
			const answer = await fetch("/alerts", {cache: "no-store",
				headers: {"HX-Request": "true", "If-None-Match": tag}});

			/* not out from under a finger that is just pressing */
			if (answer.status === 200 && !box.matches(":active")) {
				tag = answer.headers.get("ETag") ?? "";
				show(await answer.text());
			}
		} catch {
			/* not reachable: the next time */
		}
		asking = false;
	};

	if (!box)
		return;
	mark();
	setInterval(ask, EVERY_MS);
	document.addEventListener("visibilitychange", ask);
	box.addEventListener("htmx:afterSettle", () => {
		tag = "";
		mark();
	});
})();
