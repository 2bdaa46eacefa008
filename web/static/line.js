/*
 * The line to the server. While it does not answer, the bar (.lost) says so, and
 * no form is sent: the browser would put its own error page in the place of what
 * was typed. Every few seconds, and whenever somebody presses a button, it is
 * asked whether it is there again; then "desk-back" tells so (draft.js sends what
 * waits), and the button that was pressed does its work.
 */
(() => {
	const AGAIN_MS = 4000;
	const lost = document.querySelector(".lost");
	let asks = 0; /* the timer, while the server does not answer */

	const line = (well) => {
		if (!lost)
			return;
		lost.hidden = well;
		clearInterval(asks);
		asks = well ? 0 : setInterval(answers, AGAIN_MS);
	};

	const answers = async () => {
		const answer = await fetch("/healthz", {cache: "no-store",
			signal: AbortSignal.timeout(AGAIN_MS)}).catch(() => null);

		if (!answer?.ok)
			return false;
		line(true);
		document.dispatchEvent(new Event("desk-back"));
		return true;
	};

	addEventListener("submit", async (event) => {
		const {target, submitter} = event;

		if (!asks || target.method === "dialog")
			return;
		event.preventDefault();
		event.stopImmediatePropagation();
		if (await answers())
			target.requestSubmit(submitter);
	}, {capture: true});

	document.addEventListener("desk-line", (event) => line(event.detail.well));
	document.addEventListener("htmx:sendError", () => line(false));
	document.addEventListener("htmx:afterOnLoad", () => line(true));
	addEventListener("online", answers);
	addEventListener("offline", () => line(false));
})();
