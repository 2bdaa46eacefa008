/* Any bytes as a question, judged by the shipped rules; and as rules. */
#include "base/file.h"
#include "base/log.h"
#include "fuzz.h"
#include "instruction/wording.h"

/* The shipped rules, found from where this file was compiled. */
static const struct wording_rules *
rules_shipped(void)
{
	static struct wording_rules *rules;
	struct complaints *c;
	struct str path, source;
	long at;

	if (rules)
		return rules;
	c = talloc(NULL, struct complaints);
	path = str_of(__FILE__);
	at = str_find(path, STR("tests/fuzz/"));
	path = str_printf(c, "%.*sinstructions/wording.yaml",
	    at < 0 ? 0 : (int)at, path.p);
	complaints_init(c, c, path.p);
	if (file_read(c, path.p, YAML_BYTES_MAX, &source) != OK ||
	    wording_load(NULL, source, c, &rules) != OK)
		die("%s cannot be loaded", path.p);
	talloc_free(c);
	return rules;
}

static void
rules_bytes(struct str source)
{
	struct complaints *c = talloc(NULL, struct complaints);
	struct wording_rules *rules = NULL;

	complaints_init(c, c, "fuzz");
	if (wording_load(c, source, c, &rules) == OK)
		wording_judge(rules, source, NULL);
	else
		PROMISE(c->n > 0 && !rules);
	talloc_free(c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *mem = talloc_new(NULL);
	struct str text = str_copy(mem, (const char *)data, size);
	struct wording_verdict v;
	enum wording w = wording_judge(rules_shipped(), text, &v);

	PROMISE(w == v.wording && w < WORDING__MAX);
	PROMISE(!str_empty(v.reason) && v.text);
	if (size > 7 && memcmp(data, "wording", 7) == 0)
		rules_bytes(text);
	talloc_free(mem);
	return 0;
}
