/*
 * Who works at the demo company's desk and whom it serves. The customers come
 * from demo/customers.csv through the import that everybody uses; they joined a
 * while before the first call. Two days of the calendar are worked out, because
 * they must lie near the present: {soon}, when a contract begins, and {lately},
 * when one has ended.
 */
#include "doors/command/command_demo.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/log.h"
#include "base/mem.h"
#include "desk/employee.h"
#include "desk/import.h"
#include "doors/command/demo_files.h"

static const int64_t DAY_MS = 86400000;

enum {
	JOINED_DAYS = 90,
	SOON_DAYS = 21,
	LATELY_DAYS = 30,
	CUSTOMERS_BYTES = 1 << 20,
	TRIES = 3, /* customers that are compared for a call */
};

int64_t
demo_chance(struct demo_chance *c, int64_t n)
{
	/* Knuth's linear congruential generator; the upper bits are good */
	c->state = c->state * 6364136223846793005U + 1442695040888963407U;
	return (int64_t)((c->state >> 33) % (uint64_t)n);
}

static enum err
employees_add(struct desk *d, struct demo_people *out)
{
	enum err e;

	for (size_t i = 0; i < DEMO_SEATS; i++) {
		const struct demo_seat *s = &demo_seats[i];
		struct employee_form f = {str_of(s->login), str_of(s->name),
		    s->role, str_of(s->password)};

		if ((e = employee_add(d, &f, &out->employee[i])) != OK)
			return e;
	}
	return OK;
}

/* The table with its two days written in. */
static struct str
customers_dated(void *mem, int64_t now_ms)
{
	const struct {
		struct str mark, day;
	} marks[] = {
	    {STR("{soon}"), calendar_date(mem, now_ms + SOON_DAYS * DAY_MS)},
	    {STR("{lately}"),
		calendar_date(mem, now_ms - LATELY_DAYS * DAY_MS)},
	};
	struct str text = demo_customers_csv();

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		long at = str_find(text, marks[i].mark);
		struct buf b;

		if (at < 0)
			continue;
		buf_init(&b, mem, CUSTOMERS_BYTES);
		buf_put(&b, text.p, (size_t)at);
		buf_str(&b, marks[i].day);
		at += (long)marks[i].mark.n;
		buf_put(&b, text.p + at, text.n - (size_t)at);
		text = buf_get(&b);
	}
	return text;
}

/* Everything about each of them, to choose callers from. */
static enum err
customers_read(struct desk *d, size_t room, struct demo_people *out)
{
	struct str after_key = STR("");
	struct q_customer_row_rows rows;
	int64_t after_id = 0;
	bool more = true;
	enum err e;

	out->customer = mem_array(d->cx->mem, struct demo_customer, room);
	while (more) {
		if ((e = customer_list(d, after_key, after_id, &rows, &more)) !=
		    OK)
			return e;
		for (size_t i = 0; i < rows.n && out->n < room; i++) {
			e = customer_full(d, rows.v[i].id,
			    &out->customer[out->n++].full);
			if (e != OK)
				return e;
			after_key = rows.v[i].name_key;
			after_id = rows.v[i].id;
		}
	}
	return OK;
}

enum err
demo_people_make(struct desk *d, int64_t now_ms, struct demo_people *out)
{
	struct import_report report = {0};
	enum err e;

	*out = (struct demo_people){0};
	d->cx->now_ms = now_ms - JOINED_DAYS * DAY_MS;
	if ((e = employees_add(d, out)) != OK)
		return e;
	e = customer_import(d, customers_dated(d->cx->mem, now_ms), &report);
	if (report.kept)
		log_warn("customers.csv:%zu: %s", report.complaint[0].line,
		    report.complaint[0].text.p);
	d->cx->now_ms = now_ms;
	return e == OK ? customers_read(d, report.customers, out) : e;
}

/* Which contracts a talk is about: products that begin so. */
static struct str
product_begins(struct str product)
{
	static const struct {
		const char *name, *begins;
	} products[] = {{"dsl", "DSL"}, {"hosting", "Webhosting"},
	    {"domain", "Domain"}, {"website", "Website-Pflege"}};

	for (size_t i = 0; i < sizeof products / sizeof *products; i++)
		if (str_is(product, products[i].name))
			return str_of(products[i].begins);
	return STR("");
}

static bool
customer_fits(const struct customer_full *c, const struct demo_talk *t)
{
	static const enum entitlement wanted[] = {[WHO_CUSTOMER] = ENTITLED,
	    [WHO_FORMER] = FORMER, [WHO_FUTURE] = FUTURE};
	struct str begins = product_begins(t->product);

	if (c->entitlement != wanted[t->way->who])
		return false;
	for (size_t i = 0; i < c->contracts.n; i++) {
		const struct contract_line *l = &c->contracts.v[i];

		if (str_starts(l->row.product, begins) &&
		    (l->state == CONTRACT_ACTIVE ||
			t->way->who != WHO_CUSTOMER))
			return true;
	}
	return false;
}

struct demo_customer *
demo_people_pick(struct demo_people *p, struct demo_chance *c,
    const struct demo_talk *t)
{
	struct demo_customer *best = NULL;
	int found = 0;

	if (t->way->who >= WHO_UNKNOWN)
		return NULL;
	/* From a random place on, the least busy of the first that fit. */
	for (size_t i = 0, at = (size_t)demo_chance(c, (int64_t)p->n);
	     i < p->n && found < TRIES; i++) {
		struct demo_customer *one = &p->customer[(at + i) % p->n];

		if (!customer_fits(&one->full, t))
			continue;
		found++;
		if (!best || one->calls < best->calls)
			best = one;
	}
	if (best)
		best->calls++;
	return best;
}

size_t
demo_people_seat(struct demo_chance *c)
{
	static const size_t turns[] = {0, 1, 2, 3, 1, 2, 3, 1, 2, 3, 0, 4};

	return turns[demo_chance(c, sizeof turns / sizeof *turns)];
}
