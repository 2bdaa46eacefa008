/*
 * Small manners of every page: closes menus that are no longer needed, folds
 * what is folded on a phone (details with data-fold="the widest width in
 * pixels"), leads into the first field of a form that is unfolded
 * (details.fold), and copies a text (button with data-copy="selector").
 */
(() => {
	const fold = () => {
		for (const el of document.querySelectorAll("details[data-fold]")) {
			const narrow = matchMedia(
				`(max-width: ${Number(el.dataset.fold)}px)`).matches;

			if (!("folded" in el.dataset))
				el.open = !narrow;
			el.dataset.folded = "";
		}
	};

	const closeMenus = (but) => {
		for (const menu of document.querySelectorAll("details.menu[open]"))
			if (menu !== but)
				menu.open = false;
	};

	/* Where the browser keeps the clipboard shut (no TLS), the old way. */
	const copyOld = (text) => {
		const field = document.createElement("textarea");

		field.value = text;
		document.body.append(field);
		field.select();
		const done = document.execCommand("copy");

		field.remove();
		return done;
	};
	const copy = async (button) => {
		const text = document.querySelector(button.dataset.copy).textContent;
		let done = true;

		try {
			await navigator.clipboard.writeText(text);
		} catch {
			done = copyOld(text);
		}
		if (done)
			button.querySelector("span").textContent =
				button.dataset.wordCopied;
	};

	document.addEventListener("click", (event) => {
		const button = event.target.closest("button[data-copy]");

		if (button)
			copy(button);
	});
	document.addEventListener("htmx:afterSettle", fold);

	/* Who unfolds a form writes into it. */
	document.addEventListener("click", (event) => {
		const fold = event.target.closest(
			".fold:not([open]) > summary")?.parentElement;
		const field = fold?.querySelector(
			"input:not([type=hidden]), textarea, select");

		if (!field)
			return;
		event.preventDefault();
		fold.open = true;
		field.focus();
	});
	document.addEventListener("click", (event) =>
		closeMenus(event.target.closest("details.menu")));
	document.addEventListener("keydown", (event) => {
		const open = document.querySelector("details.menu[open]");

		if (event.key !== "Escape" || !open)
			return;
		open.open = false;
		open.querySelector("summary").focus();
		event.preventDefault();
	}, {capture: true});
	fold();
})();
