/* Linked into every fuzz target: leaks that are not ours.
 *
 * libfyaml 0.7.12 forgets a few hundred bytes for a quoted text with dozens of
 * quotes in a row. The unit test looks for leaks of our own without this. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfyaml";
}
