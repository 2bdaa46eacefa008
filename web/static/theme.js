/*
 * Sets the colours before the page is painted: the user's choice stands in
 * <html data-theme>; "auto" follows the system, and its changes.
 */
(() => {
	const root = document.documentElement;
	const dark = matchMedia("(prefers-color-scheme: dark)");

	const paint = () => {
		const choice = root.dataset.theme;
		const night = choice === "dark" ||
			(choice !== "light" && dark.matches);

		root.dataset.bsTheme = night ? "dark" : "light";
	};

	root.classList.add("js");
	paint();
	dark.addEventListener("change", paint);
})();
