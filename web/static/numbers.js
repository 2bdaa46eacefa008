/*
 * Line numbers beside a long text (textarea[data-numbers], its numbers in the
 * element before it): as many as the text has lines, and the field as high as
 * they are, so that the page scrolls and not the field. A link with data-line
 * and data-column sets the caret there. Without this script the numbers are
 * those of the text as it came, and such links lead to them.
 */
(() => {
	const SPARE_ROWS = 2;
	const field = document.querySelector("textarea[data-numbers]");
	const numbers = field && field.previousElementSibling;

	if (!field)
		return;

	const count = () => field.value.split("\n").length;

	const renumber = () => {
		const lines = count();

		while (numbers.children.length > lines)
			numbers.lastElementChild.remove();
		while (numbers.children.length < lines) {
			const number = document.createElement("span");

			number.textContent = numbers.children.length + 1;
			number.id = `line-${number.textContent}`;
			numbers.append(number);
		}
		field.rows = Math.max(lines + SPARE_ROWS, field.rows);
	};

	/* Where a place in the text is, in UTF-16 units; columns count from 1. */
	const offsetOf = (line, column) => {
		const lines = field.value.split("\n");
		const before = lines.slice(0, line - 1)
			.reduce((n, text) => n + text.length + 1, 0);

		return before + Math.min(column - 1, (lines[line - 1] || "").length);
	};

	document.addEventListener("click", (event) => {
		const link = event.target.closest("a[data-line]");
		const line = link && Number(link.dataset.line);

		if (!link || line > count())
			return;
		event.preventDefault();
		const at = offsetOf(line, Number(link.dataset.column));

		field.focus({preventScroll: true});
		field.setSelectionRange(at, at);
		numbers.children[line - 1].scrollIntoView({block: "center"});
	});
	field.addEventListener("input", renumber);
	renumber();
})();
