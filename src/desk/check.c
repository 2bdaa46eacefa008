/*
 * Checks of single values, shared by the desk's nouns. Doors have cleaned what
 * people typed already, but imports, commands and programs have not, and the
 * rule must hold at every door. Which field is required, and how long it may
 * be, each noun says itself; whole questions are judged by the instruction's
 * wording rules.
 */
#include "desk/check.h"

#include "base/calendar.h"
#include "base/phone.h"
#include "base/text.h"

enum { EMAIL_MOST = 200 };

/* What text and line have in common, once it is clean. */
static enum err
length_check(struct cx *cx, const char *field, struct str s, size_t most,
    bool required)
{
	if (required && str_empty(s))
		return fail(cx, ERR_INVALID, field,
		    N_("This must be filled in."));
	if (text_length(s) > most)
		return fail(cx, ERR_INVALID, field,
		    N_("At most %d characters fit here."), (int)most);
	return OK;
}

static enum err
clean_check(struct cx *cx, const char *field, struct str *s,
    struct str (*clean)(void *, struct str))
{
	if (str_empty(*s)) {
		*s = STR("");
		return OK;
	}
	if (!text_valid(*s))
		return fail(cx, ERR_INVALID, field,
		    N_("This is not a text in UTF-8."));
	*s = clean(cx->mem, *s);
	return OK;
}

enum err
check_line(struct cx *cx, const char *field, struct str *s, size_t most,
    bool required)
{
	enum err e = clean_check(cx, field, s, text_line);

	return e == OK ? length_check(cx, field, *s, most, required) : e;
}

enum err
check_text(struct cx *cx, const char *field, struct str *s, size_t most,
    bool required)
{
	enum err e = clean_check(cx, field, s, text_clean);

	return e == OK ? length_check(cx, field, *s, most, required) : e;
}

/* Whether it can be the address of a mailbox: something, one @ and a host with
 * a dot, no spaces or brackets. Whether anybody reads there, only mail tells.
 */
static bool
email_ok(struct str s)
{
	const char *at = memchr(s.p, '@', s.n);
	const char *host = at ? at + 1 : s.p;
	const char *end = s.p + s.n;
	const char *dot;

	if (!at || at == s.p || memchr(host, '@', (size_t)(end - host)))
		return false;
	dot = memchr(host, '.', (size_t)(end - host));
	if (!dot || dot == host || end[-1] == '.')
		return false;
	return strcspn(s.p, " \t,;:<>()[]\"\\") == s.n;
}

enum err
check_email(struct cx *cx, const char *field, struct str *s)
{
	enum err e = check_line(cx, field, s, EMAIL_MOST, false);

	if (e == OK && s->n && !email_ok(*s))
		return fail(cx, ERR_INVALID, field,
		    N_("This is not an e-mail address."));
	return e;
}

enum err
check_date(struct cx *cx, const char *field, struct str *s, bool required)
{
	enum err e = check_line(cx, field, s, DATE_BYTES, required);

	if (e == OK && s->n && !calendar_date_ok(*s))
		return fail(cx, ERR_INVALID, field,
		    N_("There is no such day; write it as 2026-11-24."));
	return e;
}

enum err
check_phone(struct cx *cx, const char *field, struct str *s,
    const char *country)
{
	enum { TYPED_MOST = 64 };
	enum err e = check_line(cx, field, s, TYPED_MOST, true);

	if (e == OK && !phone_normalise(cx->mem, *s, country, s))
		return fail(cx, ERR_INVALID, field,
		    N_("This is not a telephone number that can be called "
		       "from outside."));
	return e;
}
