/*
 * The small readers of the instruction's loader: maps, lists, texts in two
 * languages, numbers and names of the closed sets. They complain and go on;
 * nothing here stops at the first mistake. What a step may contain is in
 * read_steps.c, the file as a whole in instruction.c.
 */
#include "instruction/read.h"

#include <ctype.h>

#include "base/duration.h"
#include "base/mem.h"

static bool
word_in(const char *words, struct str word)
{
	const char *p = words;

	while (*p) {
		size_t n = strcspn(p, " ");

		if (n == word.n && memcmp(p, word.p, n) == 0)
			return true;
		p += n + (p[n] == ' ');
	}
	return false;
}

struct place
place_of(const struct yaml *y)
{
	return y ? (struct place){y->line, y->column} : (struct place){1, 1};
}

bool
read_map(struct reader *r, const struct yaml *y, const char *known)
{
	if (!y)
		return false;
	if (y->kind != YAML_MAP) {
		complain(r->c, y, "expected a map with: %s", known);
		return false;
	}
	for (size_t i = 0; i < y->n; i++)
		if (y->key[i]->kind != YAML_SCALAR ||
		    !word_in(known, y->key[i]->text))
			complain(r->c, y->key[i],
			    "unknown key \"%.*s\"; known here: %s",
			    STR_FMT(y->key[i]->text), known);
	return true;
}

int
read_list(struct reader *r, const struct yaml *in, const struct yaml *y,
    const char *what, int max)
{
	if (!y)
		complain(r->c, in, "%s is missing", what);
	else if (y->kind != YAML_LIST || y->n == 0)
		complain(r->c, y, "%s must be a list and not empty", what);
	else if (y->n > (size_t)max)
		complain(r->c, y, "%s has %zu items; %d are allowed", what,
		    y->n, max);
	else
		return (int)y->n;
	return 0;
}

struct str
read_scalar(struct reader *r, const struct yaml *map, const char *key)
{
	const struct yaml *y = yaml_get(map, key);

	if (!y)
		complain(r->c, map, "%s is missing", key);
	else if (y->kind != YAML_SCALAR || str_empty(str_trim(y->text)))
		complain(r->c, y, "%s must be a word or a text", key);
	else
		return str_dup(r->mem, str_trim(y->text));
	return STR("");
}

struct str
read_id(struct reader *r, const struct yaml *map)
{
	struct str id = read_scalar(r, map, "id");

	for (size_t i = 0; i < id.n; i++)
		if (!isalnum((unsigned char)id.p[i]) && id.p[i] != '-') {
			complain(r->c, yaml_get(map, "id"),
			    "id \"%.*s\": only a-z, A-Z, 0-9 and -",
			    STR_FMT(id));
			break;
		}
	return id;
}

struct text2
read_text2(struct reader *r, const struct yaml *map, const char *key,
    bool needed)
{
	static const char *const name[LANG__MAX] =
	    {[LANG_DE] = "German (de)", [LANG_EN] = "English (en)"};
	const struct yaml *y = yaml_get(map, key);
	struct text2 out = {0};

	if (!y && needed)
		complain(r->c, map, "%s is missing", key);
	if (!read_map(r, y, "de en"))
		return out;
	for (enum lang l = 0; l < LANG__MAX; l++) {
		const struct yaml *t = yaml_get(y, lang_code(l));

		if (t && t->kind == YAML_SCALAR &&
		    !str_empty(str_trim(t->text)))
			out.in[l] = str_dup(r->mem, str_trim(t->text));
		else
			complain(r->c, t ? t : y, "%s has no text in %s", key,
			    name[l]);
	}
	return out;
}

int
read_int(struct reader *r, const struct yaml *map, const char *key, int least,
    int most, int otherwise)
{
	const struct yaml *y = yaml_get(map, key);
	int64_t v;

	if (!y && otherwise >= 0)
		return otherwise;
	if (!y)
		complain(r->c, map, "%s is missing", key);
	else if (y->kind != YAML_SCALAR || !str_to_i64(y->text, &v) ||
		 v < least || v > most)
		complain(r->c, y, "%s must be a number from %d to %d", key,
		    least, most);
	else
		return (int)v;
	return least;
}

int64_t
read_duration(struct reader *r, const struct yaml *map, const char *key)
{
	const struct yaml *y = yaml_get(map, key);
	int64_t ms;

	if (!y)
		complain(r->c, map, "%s is missing", key);
	else if (y->kind != YAML_SCALAR || !duration_parse(y->text, &ms))
		complain(r->c, y,
		    "%s must be a length of time such as 30s "
		    "or 5m",
		    key);
	else
		return ms;
	return 0;
}

/* One of the closed sets, for reading names of it. */
struct names {
	const char *what;
	int n;
	int (*of)(const struct reader *r, struct str name);
};

static int
of_facts(const struct reader *r, struct str name)
{
	return (int)fact_of(name);
}

static int
of_evidence(const struct reader *r, struct str name)
{
	return (int)evidence_of(name);
}

static int
of_inputs(const struct reader *r, struct str name)
{
	return (int)input_of(name);
}

static int
of_rules(const struct reader *r, struct str name)
{
	int i = instruction_rule(r->ins, name);

	return i < 0 ? INSTRUCTION_RULES_MAX : i;
}

static uint64_t
read_name(struct reader *r, const struct yaml *y, const struct names *names)
{
	int i = names->n;

	if (y->kind == YAML_SCALAR)
		i = names->of(r, y->text);
	if (i < names->n)
		return BIT(i);
	complain(r->c, y, "there is no %s \"%.*s\"", names->what,
	    STR_FMT(y->kind == YAML_SCALAR ? y->text : STR("")));
	return 0;
}

static uint64_t
read_names(struct reader *r, const struct yaml *y, const struct names *names)
{
	uint64_t bits = 0;

	if (!y)
		return 0;
	if (y->kind == YAML_SCALAR)
		return read_name(r, y, names);
	if (y->kind == YAML_MAP)
		complain(r->c, y, "expected a list of names");
	else
		for (size_t i = 0; i < y->n; i++)
			bits |= read_name(r, y->item[i], names);
	return bits;
}

uint64_t
read_facts(struct reader *r, const struct yaml *map, const char *key)
{
	static const struct names names = {"fact", FACT__MAX, of_facts};

	return read_names(r, yaml_get(map, key), &names);
}

uint64_t
read_evidence(struct reader *r, const struct yaml *map, const char *key)
{
	static const struct names names = {"evidence", EVIDENCE__MAX,
	    of_evidence};

	return read_names(r, yaml_get(map, key), &names);
}

uint64_t
read_inputs(struct reader *r, const struct yaml *map, const char *key)
{
	static const struct names names = {"input", INPUT__MAX, of_inputs};

	return read_names(r, yaml_get(map, key), &names);
}

uint64_t
read_rules(struct reader *r, const struct yaml *map)
{
	static const struct names names = {"rule", INSTRUCTION_RULES_MAX,
	    of_rules};

	return read_names(r, yaml_get(map, "rules"), &names);
}
