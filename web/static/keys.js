/*
 * The keyboard. An element with data-key="3", "a", "/", "Backspace" or "F2" is
 * clicked (a field: focused) by that key; what stands in the page goes before
 * the frame. Letters and digits rest while a text field has the focus, and
 * wholly under <html data-keys="off">; Esc leaves a field first, F2 works
 * everywhere. In lists marked data-rows, j and k or the arrows walk from link
 * to link; an arrow down leads there from a search field, and from where nothing
 * has the focus. A radio button with data-key-clears="a field" is chosen instead
 * of what is typed there, and its form goes on, by its first answer; the field's
 * name may be empty. "?" shows all keys of the page. Keys with Ctrl, Alt or Meta
 * and all other function keys belong to the browser. In a page with
 * [data-own-keys] the frame's letters rest. Once a form is sent, keys rest until
 * the next page.
 */
(() => {
	const NEXT_PAGE_MS = 3000; /* then this one is taken for staying */
	const TYPED = /^(?:button|checkbox|color|file|image|radio|range|reset|submit)$/;
	const off = () => document.documentElement.dataset.keys === "off";

	const isField = (el) => el.isContentEditable ||
		el.tagName === "TEXTAREA" || el.tagName === "SELECT" ||
		(el.tagName === "INPUT" && !TYPED.test(el.type));

	const usable = (el) => !el.disabled && el.getClientRects().length > 0;

	/* The element a key stands for, the page's before the frame's. A running
	 * call is not left by a letter that was meant for a field. */
	const elementFor = (key) => {
		const all = [...document.querySelectorAll("[data-key]")].filter(
			(el) => el.dataset.key.toLowerCase() === key && usable(el));
		const rests = key.length === 1 &&
			document.querySelector("[data-own-keys]");

		return all.find((el) => el.closest("main")) ||
			(rests ? undefined : all[0]);
	};

	/* A person of the call: chosen instead of a name that was typed, and on. */
	const choose = (radio) => {
		const typed = radio.form.elements[radio.dataset.keyClears];

		radio.checked = true;
		if (typed)
			typed.value = "";
		radio.form.querySelector(".answer").click();
	};

	const activate = (el) => {
		if (isField(el)) {
			el.focus();
			el.select?.();
		} else if ("keyClears" in el.dataset) {
			choose(el);
		} else {
			el.click();
		}
	};

	/* ---- Rows ---- */

	const rowsOf = (list) => [...(list.tBodies?.[0] || list).children].filter(
		(row) => usable(row) && row.querySelector("a[href], button"));

	const listHere = () => document.activeElement.closest("[data-rows]") ||
		[...document.querySelectorAll("[data-rows]")].find(usable);

	/* Moves by `step` rows; to the first row where `step` is 0. */
	const moveRow = (step) => {
		const list = listHere();
		const rows = list ? rowsOf(list) : [];
		const here = rows.findIndex(
			(row) => row.contains(document.activeElement));
		let next = here < 0 || step === 0 ? 0 : here + step;

		if (rows.length === 0)
			return false;
		next = Math.max(0, Math.min(rows.length - 1, next));
		rows[next].querySelector("a[href], button").focus();
		rows[next].scrollIntoView({block: "nearest"});
		return true;
	};

	/* Arrows walk a list, and lead into it from its search field or from
	 * nowhere. */
	const walksRows = () => document.activeElement.matches(
		"body, [data-rows] *, input[type=search]");

	/* While a text field has the focus, the page says how to leave it. */
	const markField = () => document.documentElement.classList.toggle("typing",
		isField(document.activeElement));

	const markRow = () => {
		for (const row of document.querySelectorAll(".row-here"))
			row.classList.remove("row-here");
		document.activeElement?.closest("[data-rows] tbody > tr, " +
			"ol[data-rows] > li, ul[data-rows] > li")
			?.classList.add("row-here");
	};

	/* ---- The list of keys ---- */

	const labelOf = (el) => {
		const copy = el.cloneNode(true);

		for (const part of copy.querySelectorAll("kbd, svg, small, .count"))
			part.remove();
		return (el.dataset.keyLabel || el.ariaLabel ||
			el.labels?.[0]?.textContent || copy.textContent ||
			el.title || el.placeholder || "")
			.replace(/\s+/g, " ").trim();
	};

	const SHORT = {Escape: "Esc", Backspace: "⌫"};
	const keyName = (key) =>
		SHORT[key] || (key.length === 1 ? key.toUpperCase() : key);

	const listMake = (title, pairs) => {
		const head = document.createElement("h3");
		const list = document.createElement("ul");

		head.textContent = title;
		list.className = "keys-list";
		for (const [key, label] of pairs) {
			const item = document.createElement("li");
			const cap = document.createElement("kbd");

			cap.className = "key-always";
			cap.textContent = key;
			item.append(cap, label);
			list.append(item);
		}
		return [head, list];
	};

	const pairsOfPage = (word) => {
		const seen = new Map();

		for (const el of document.querySelectorAll("[data-key]"))
			if (elementFor(el.dataset.key.toLowerCase()) === el)
				seen.set(keyName(el.dataset.key), labelOf(el));
		const main = [...seen].sort((a, b) =>
			a[0].length - b[0].length || a[0].localeCompare(b[0]));

		if (!seen.has("Esc"))
			main.push(["Esc", word.wordLeave]);
		main.push(["?", word.wordList]);
		return main;
	};

	const showKeys = () => {
		const dialog = document.querySelector("dialog.keys");

		if (!dialog || dialog.open)
			return;
		const word = dialog.dataset;
		const parts = listMake(word.wordPage, pairsOfPage(word));

		if (document.querySelector("[data-rows]"))
			parts.push(...listMake(word.wordRows, [
				["J ↓", word.wordDown], ["K ↑", word.wordUp],
				["Enter", word.wordOpen]]));
		dialog.querySelector(".keys-lists").replaceChildren(...parts);
		dialog.showModal();
	};

	/* ---- On the way to the next page ---- */

	/* What is pressed meanwhile was meant for the next page; and an answer
	 * given twice would be taken for one from another window. */
	let leavesUntil = 0;
	const leaves = () => performance.now() < leavesUntil;

	addEventListener("submit", (event) => {
		if (!leaves())
			return;
		event.preventDefault();
		event.stopImmediatePropagation();
	}, {capture: true});
	addEventListener("submit", (event) => {
		if (!event.defaultPrevented)
			leavesUntil = performance.now() + NEXT_PAGE_MS;
	});
	addEventListener("pageshow", () => { leavesUntil = 0; });

	/* ---- The keys themselves ---- */

	const press = (key) => {
		const el = elementFor(key);

		if (el)
			activate(el);
		return Boolean(el);
	};

	const leaveField = () => {
		document.activeElement.blur();
		return true;
	};

	const single = (key) => {
		if (press(key))
			return true;
		if (key === "?") {
			showKeys();
			return true;
		}
		if (key === "j" || key === "k")
			return moveRow(key === "j" ? 1 : -1);
		return false;
	};

	/* In a step with several answers Enter must not choose the first one: it
	 * leaves the field, and the number keys are ready. */
	const entersAnswers = () =>
		document.activeElement.matches("input:not([type=search])") &&
		isField(document.activeElement) &&
		document.activeElement.form?.querySelector("[data-enter-leaves]");

	/* Enter in the search for the customer leads to the first who is found by
	 * what stands there; a whole number, or what was not looked for yet, is
	 * sent. */
	const entersFound = () => {
		const field = document.activeElement;

		return field.matches("[data-enter-hits]") &&
			document.querySelector("#hits [name=typed]")?.value ===
				field.value.trim() &&
			!document.querySelector("#hits [data-exact]") && moveRow(0);
	};

	/* Enter in the search for an answer leads to the best one; where nothing is
	 * found it leaves the field. */
	const entersHits = () => {
		const field = document.activeElement;
		const hits = field.matches("input[type=search][data-draft]") &&
			document.getElementById(field.getAttribute("aria-controls"));

		if (!hits)
			return false;
		if (!hits.querySelector(".hit") || !moveRow(0))
			field.blur();
		return true;
	};

	const handle = (event) => {
		const key = event.key.toLowerCase();
		const typing = isField(document.activeElement);

		if (key === "f2" || (key === "escape" && !typing))
			return press(key);
		if (key === "escape" || (key === "enter" && entersAnswers()))
			return leaveField();
		if (key === "enter" && (entersFound() || entersHits()))
			return true;
		if ((key === "arrowdown" || key === "arrowup") && walksRows())
			return moveRow(key === "arrowdown" ? 1 : -1);
		if (typing)
			return false;
		if (key === "home" && document.activeElement.closest("[data-rows]"))
			return moveRow(0);
		if (key.length > 1)
			return press(key);
		return key !== " " && !off() && single(key);
	};

	document.addEventListener("keydown", (event) => {
		if (event.defaultPrevented || event.ctrlKey || event.altKey ||
		    event.metaKey || event.isComposing || event.repeat &&
		    !/^(?:[jk]|Arrow)/.test(event.key) ||
		    document.querySelector("dialog[open]"))
			return;
		if (leaves() || handle(event))
			event.preventDefault();
	});

	/* What stands there already is searched anew, or written on. */
	const typeOn = (field) => {
		if (field.type === "search")
			field.select();
		else if (/^(?:text|textarea)$/.test(field.type))
			field.setSelectionRange(field.value.length, field.value.length);
	};

	/* The browser may focus the page's field a frame later than it lets us see
	 * keys; a fast typist's first digit would choose an answer. Or it was first,
	 * and has gone to the field: what is to be said stands above it, and stays
	 * in sight. */
	const focusFirst = () => {
		const field = document.querySelector("[autofocus]");

		if (document.activeElement === document.body)
			field?.focus();
		if (!field || field !== document.activeElement)
			return;
		typeOn(field);
		if (!location.hash && !field.matches("[aria-invalid]"))
			scrollTo(0, 0);
	};

	document.addEventListener("focusin", markRow);
	document.addEventListener("focusin", markField);
	document.addEventListener("focusout", () => setTimeout(markField));
	document.addEventListener("click", (event) => {
		if (event.target.closest("[data-keys-open]")) {
			event.target.closest("details")?.removeAttribute("open");
			showKeys();
		}
	});
	focusFirst();
	markField();
})();
