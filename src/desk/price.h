#pragma once
/*
 * The price list: one YAML file (instructions/prices.yaml, or the configured
 * `prices`), loaded at start and never changed while the program runs. What
 * was agreed with a customer is copied into the order, so that a new list
 * changes no old order.
 */
#include "base/yaml.h"
#include "desk/money.h"

/* Stored: never renumber. */
#define ORDER_KIND_LIST(X)                                                     \
	X(ORDER_WORK, 1, "work")                                               \
	X(ORDER_CHANGE, 2, "change")             /* of a website */            \
	X(ORDER_REPAIR, 3, "repair")             /* of what others broke */    \
	X(ORDER_CONSULTATION, 4, "consultation")

enum order_kind {
	ORDER_KIND_NONE = 0,
#define X(id, number, name) id = number,
	ORDER_KIND_LIST(X)
#undef X
};

enum { PRICES_MOST = 50 };

struct price {
	struct str id;
	enum order_kind kind;
	struct text2 text;     /* what it is for */
	struct terms terms;
};

struct prices {
	int64_t vat;           /* hundredths of a percent */
	size_t n;
	struct price *price;
};

/* "work" and so on; order_kind_of gives ORDER_KIND_NONE for anything else. */
const char *order_kind_name(enum order_kind k);
enum order_kind order_kind_of(struct str name);

/* The same for people, to be given to tr(): "Change of a website". */
const char *order_kind_words(enum order_kind k);

/* Loads a list; *out is owned by `mem`. Each kind of order has a price, and
 * that of a consultation goes by time. ERR_INVALID: `c` holds every complaint
 * with its place. */
MUST_CHECK enum err prices_load(void *mem, struct str source,
    struct complaints *c, struct prices **out);

/* The price of that id, or NULL; the first one of a kind; the only one, or
 * NULL. */
const struct price *price_find(const struct prices *p, struct str id);
const struct price *price_of_kind(const struct prices *p, enum order_kind k);
const struct price *price_only(const struct prices *p, enum order_kind k);
