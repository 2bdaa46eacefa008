/*
 * Time on the page, counted from what the server said when it made the page,
 * so that a wrong clock in the browser changes nothing.
 *
 * .clock with data-clock-start (milliseconds the call had lasted), data-warn-ms
 * and data-limit-ms: shows m:ss, moves its <progress>, becomes clock-warn and
 * clock-over, also in the page's title, and sends the events "clock-warn" and
 * "clock-limit" once (hx-trigger="clock-limit from:body"). With data-limit-moves
 * the guide moves on at the limit, so the page is asked for anew.
 * .paid with data-paid-start (milliseconds paid for so far) and data-unit-ms,
 * data-least, data-net (cents a unit), data-vat (hundredths of a percent):
 * counts time, units begun and the sum, as desk/money.c does.
 * <html data-now> and [data-at], UTC milliseconds: ages of less than a minute
 * ("8 s ago") tick on.
 */
(() => {
	const root = document.documentElement;
	const title = document.querySelector("title").dataset.plain;
	const arrived =
		performance.getEntriesByType("navigation")[0]?.responseStart || 0;
	const begun = new WeakMap(); /* clock -> when it came into the page */

	const minutes = (ms) => {
		const s = Math.max(0, Math.floor(ms / 1000));

		return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
	};

	const clockBegin = (clock, at) => {
		if (!begun.has(clock))
			begun.set(clock, at);
	};

	const clockState = (clock, ms) => {
		if (ms >= Number(clock.dataset.limitMs))
			return "over";
		return ms >= Number(clock.dataset.warnMs) ? "warn" : "ok";
	};

	const clockShow = (clock) => {
		const ms = Number(clock.dataset.clockStart) +
			performance.now() - begun.get(clock);
		const state = clockState(clock, ms);
		const bar = clock.querySelector("progress");
		const sign = {ok: "", warn: "▲ ", over: "■ "}[state];

		clock.querySelector(".clock-now").textContent = minutes(ms);
		if (bar)
			bar.value = ms;
		document.title = `${root.dataset.mark ?? ""}${sign}${minutes(ms)} – ${title}`;
		if (clock.dataset.state === state)
			return;
		const before = clock.dataset.state;

		clock.dataset.state = state;
		clock.classList.toggle("clock-warn", state === "warn");
		clock.classList.toggle("clock-over", state === "over");
		if (state === "over" && "limitMoves" in clock.dataset)
			location.reload();
		if (before !== undefined && state !== "ok")
			clock.dispatchEvent(new CustomEvent(
				state === "warn" ? "clock-warn" : "clock-limit",
				{bubbles: true}));
	};

	/* ---- What is paid for ---- */

	const euro = new Intl.NumberFormat(root.lang,
		{style: "currency", currency: "EUR"});

	const paidShow = (paid) => {
		const of = paid.dataset;
		const ms = Number(of.paidStart) +
			performance.now() - begun.get(paid);
		const units = Math.max(Number(of.least),
			Math.ceil(ms / Number(of.unitMs)));
		const net = units * Number(of.net);
		const vat = Math.floor((net * Number(of.vat) + 5000) / 10000);

		paid.querySelector(".paid-now").textContent = minutes(ms);
		paid.querySelector(".paid-units").textContent = units;
		paid.querySelector(".paid-sum").textContent =
			euro.format((net + vat) / 100);
	};

	/* ---- Ages ---- */

	const ago = (n, unit) =>
		root.lang === "en" ? `${n} ${unit} ago` : `vor ${n} ${unit}`;

	/* Older ones are written as a time of day, and stay. */
	const ageShow = (el) => {
		const begin = Number(root.dataset.now) - Number(el.dataset.at);
		const age = begin + performance.now() - arrived;

		if (begin < 0 || begin >= 60e3)
			return;
		el.textContent = age < 60e3 ?
			ago(Math.floor(age / 1000), "s") :
			ago(Math.floor(age / 60e3), "min");
	};

	const tick = () => {
		for (const clock of document.querySelectorAll("[data-clock-start]")) {
			clockBegin(clock, performance.now());
			clockShow(clock);
		}
		for (const paid of document.querySelectorAll("[data-paid-start]")) {
			clockBegin(paid, performance.now());
			paidShow(paid);
		}
		if (root.dataset.now)
			for (const el of document.querySelectorAll("[data-at]"))
				ageShow(el);
	};

	for (const counts of document.querySelectorAll(
		"[data-clock-start], [data-paid-start]"))
		clockBegin(counts, arrived);
	tick();
	setInterval(tick, 500);
	document.addEventListener("visibilitychange", tick);
	document.addEventListener("htmx:afterSettle", tick);
})();
