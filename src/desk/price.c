/*
 * Reads the price list. It complains and goes on, so that one start shows all
 * that is wrong with the file.
 */
#include "desk/price.h"

#include "base/clock.h"
#include "base/duration.h"
#include "base/mem.h"

enum { PRICES_VERSION = 1, LEAST_MOST = 1000 };

static const char *const kinds[] = {
#define X(id, number, name) [id] = (name),
    ORDER_KIND_LIST(X)
#undef X
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

const char *
order_kind_name(enum order_kind k)
{
	return k ? kinds[k] : "";
}

enum order_kind
order_kind_of(struct str name)
{
	int k = 1;

	while (k < KINDS && !str_is(name, kinds[k]))
		k++;
	return k < KINDS ? (enum order_kind)k : ORDER_KIND_NONE;
}

const char *
order_kind_words(enum order_kind k)
{
	static const char *const words[] = {
	    [ORDER_KIND_NONE] = "",
	    [ORDER_WORK] = N_("Work"),
	    [ORDER_CHANGE] = N_("Change of a website"),
	    [ORDER_REPAIR] = N_("Repair of others' damage"),
	    [ORDER_CONSULTATION] = N_("Paid consultation"),
	};

	return words[k];
}

const struct price *
price_find(const struct prices *p, struct str id)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->price[i].id, id))
			return &p->price[i];
	return NULL;
}

const struct price *
price_of_kind(const struct prices *p, enum order_kind k)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->price[i].kind == k)
			return &p->price[i];
	return NULL;
}

const struct price *
price_only(const struct prices *p, enum order_kind k)
{
	const struct price *only = NULL;

	for (size_t i = 0; i < p->n; i++) {
		if (p->price[i].kind != k)
			continue;
		if (only)
			return NULL;
		only = &p->price[i];
	}
	return only;
}

static void
keys_check(struct complaints *c, const struct yaml *map,
    const char *const *known)
{
	for (size_t i = 0; i < map->n; i++) {
		const char *const *k = known;

		while (*k && !str_is(map->key[i]->text, *k))
			k++;
		if (!*k)
			complain(c, map->key[i], "unknown key \"%.*s\"",
			    STR_FMT(map->key[i]->text));
	}
}

static struct text2
read_text(void *mem, const struct yaml *map, struct complaints *c)
{
	const struct yaml *y = yaml_get(map, "text");
	struct text2 out = {0};

	for (enum lang l = 0; l < LANG__MAX; l++) {
		struct str text = str_trim(yaml_text(y, lang_code(l)));

		out.in[l] = str_dup(mem, text);
		if (str_empty(text))
			complain(c, y ? y : map, "text is missing in \"%s\"",
			    lang_code(l));
	}
	return out;
}

static int64_t
read_net(const struct yaml *map, struct complaints *c)
{
	int64_t cents = 0;

	if (!money_read(yaml_text(map, "net"), &cents) || cents == 0)
		complain(c, yaml_get(map, "net") ? yaml_get(map, "net") : map,
		    "net must be an amount in euro such as 24.00");
	return cents;
}

static void
read_unit(const struct yaml *map, struct complaints *c, struct terms *t)
{
	const struct yaml *unit = yaml_get(map, "unit");
	const struct yaml *least = yaml_get(map, "least");

	if (unit && (!duration_parse(unit->text, &t->unit_ms) ||
			t->unit_ms < MINUTE_MS || t->unit_ms % MINUTE_MS))
		complain(c, unit, "unit must be whole minutes such as 15m");
	t->units_least = unit ? 1 : 0;
	if (least && (!unit || !str_to_i64(least->text, &t->units_least) ||
			 t->units_least < 1 || t->units_least > LEAST_MOST))
		complain(c, least,
		    "least must be a number of units, where there is a unit");
}

static void
read_price(void *mem, const struct yaml *map, struct complaints *c,
    struct prices *list)
{
	static const char *const known[] = {"id", "kind", "text", "net", "unit",
	    "least", NULL};
	struct price *p = &list->price[list->n];

	if (map->kind != YAML_MAP) {
		complain(c, map, "a price is a map with id, kind, text, net");
		return;
	}
	keys_check(c, map, known);
	*p = (struct price){.id = str_dup(mem, yaml_text(map, "id")),
	    .kind = order_kind_of(yaml_text(map, "kind")),
	    .text = read_text(mem, map, c),
	    .terms = {.net_cents = read_net(map, c), .vat = list->vat}};
	read_unit(map, c, &p->terms);
	if (str_empty(p->id) || price_find(list, p->id))
		complain(c, map, "each price needs an id of its own");
	if (p->kind == ORDER_KIND_NONE)
		complain(c, map,
		    "kind must be work, change, repair or consultation");
	if (p->kind == ORDER_CONSULTATION && p->terms.unit_ms == 0)
		complain(c, map, "the price of a consultation needs a unit");
	list->n++;
}

static void
read_list(void *mem, const struct yaml *root, struct complaints *c,
    struct prices *out)
{
	static const char *const known[] = {"prices", "vat", "list", NULL};
	const struct yaml *list = yaml_get(root, "list");
	int64_t version;

	if (root->kind != YAML_MAP || !list || list->kind != YAML_LIST ||
	    list->n > PRICES_MOST) {
		complain(c, root,
		    "expected prices, vat and a list of at most %d prices",
		    PRICES_MOST);
		return;
	}
	keys_check(c, root, known);
	if (!str_to_i64(yaml_text(root, "prices"), &version) ||
	    version != PRICES_VERSION)
		complain(c, root, "prices must be %d", PRICES_VERSION);
	if (!money_read(yaml_text(root, "vat"), &out->vat) ||
	    out->vat > VAT_MOST)
		complain(c, root, "vat must be a percentage from 0 to 100");
	out->price = mem_array(mem, struct price, list->n + 1);
	for (size_t i = 0; i < list->n; i++)
		read_price(mem, list->item[i], c, out);
	for (int k = 1; k < KINDS; k++)
		if (!price_of_kind(out, (enum order_kind)k))
			complain(c, list, "there is no price of kind \"%s\"",
			    kinds[k]);
}

enum err
prices_load(void *mem, struct str source, struct complaints *c,
    struct prices **out)
{
	struct prices *p = mem_new(mem, struct prices);
	void *scratch = mem_sure(talloc_new(mem));
	struct yaml *root = NULL;
	size_t before = c->n;
	enum err e = yaml_parse(scratch, source, c, &root);

	if (e == OK)
		read_list(p, root, c, p);
	if (e == OK && c->n > before)
		e = ERR_INVALID;
	talloc_free(scratch);
	if (e == OK)
		*out = p;
	else
		talloc_free(p);
	return e;
}
