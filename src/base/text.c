/*
 * Unicode by utf8proc: what may be stored and the keys under which names and
 * numbers are found again. Keys are lossy on purpose and never shown. Words of
 * running text (stems, compounds) are the search's business; comparing bytes
 * and formatting are in base/str.c.
 */
#include "base/text.h"

#include <stdlib.h>

#include <utf8proc.h>

#include "base/buf.h"
#include "base/mem.h"

enum { REPLACEMENT = 0xfffd, SHARP_S = 0xdf, ELLIPSIS = 0x2026 };

/* Takes the next character off `s`; U+FFFD for a byte that begins none. */
static int32_t
next(struct str *s)
{
	utf8proc_int32_t c = (unsigned char)s->p[0];
	utf8proc_ssize_t n = 1;

	if (c >= 0x80)
		n = utf8proc_iterate((const utf8proc_uint8_t *)s->p,
		    (utf8proc_ssize_t)s->n, &c);
	if (n <= 0) {
		n = 1;
		c = REPLACEMENT;
	}
	s->p += n;
	s->n -= (size_t)n;
	return c;
}

static void
put(struct buf *b, int32_t c)
{
	utf8proc_uint8_t bytes[4];

	if (c < 0x80)
		buf_char(b, (char)c);
	else
		buf_put(b, (const char *)bytes,
		    (size_t)utf8proc_encode_char(c, bytes));
}

static bool
is_space(int32_t c)
{
	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return false;
	}
}

/* Whether eight bytes are ASCII without NUL; a yes is certain. */
static bool
is_plain(const char *p)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t eight;

	memcpy(&eight, p, sizeof eight);
	return !(((eight - ones) | eight) & ones << 7);
}

bool
text_valid(struct str s)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	for (; s.n; s.p += n, s.n -= (size_t)n) {
		n = s.n >= 8 && is_plain(s.p) ? 8 : 1;
		if (s.p[0] > 0)
			continue; /* ASCII */
		n = utf8proc_iterate((const utf8proc_uint8_t *)s.p,
		    (utf8proc_ssize_t)s.n, &c);
		if (n <= 0 || c == 0)
			return false;
	}
	return true;
}

struct str
text_repair(void *mem, struct str s)
{
	struct buf b;

	buf_init(&b, mem, 3 * s.n);
	while (s.n) {
		int32_t c = next(&s);

		put(&b, c ? c : REPLACEMENT);
	}
	return buf_get(&b);
}

struct str
text_head(struct str s, size_t most)
{
	if (s.n > most) {
		while (most && ((unsigned char)s.p[most] & 0xc0) == 0x80)
			most--;
		s.n = most;
	}
	return s;
}

size_t
text_length(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

/* Whether all its characters come before the first that could join another
 * (U+0300): then it is composed already. For valid UTF-8. */
static bool
is_composed(struct str s)
{
	enum { LEAD_OF_0300 = 0xcc };

	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= LEAD_OF_0300)
			return false;
	return true;
}

/* The text in one of Unicode's normal forms; what is not UTF-8 is repaired. */
static struct str
normal_form(void *mem, struct str s, int options)
{
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p,
	    (utf8proc_ssize_t)s.n, &out, (utf8proc_option_t)options);
	struct str copy;

	if (n == UTF8PROC_ERROR_INVALIDUTF8)
		return normal_form(mem, text_repair(mem, s), options);
	mem_sure(out);
	copy = str_copy(mem, (const char *)out, (size_t)n);
	free(out);
	return copy;
}

/* As text is stored: composed. */
static struct str
composed(void *mem, struct str s)
{
	if (is_composed(s))
		return s;
	return normal_form(mem, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

/* Control characters, and those that turn the direction of what follows. */
static bool
is_control(int32_t c)
{
	if (c < 0x80)
		return c < ' ' || c == 0x7f;
	return utf8proc_category(c) == UTF8PROC_CATEGORY_CC ||
	    (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static struct str
trim(struct str s)
{
	size_t last = 0;

	while (s.n) {
		struct str rest = s;

		if (!is_space(next(&rest)))
			break;
		s = rest;
	}
	for (struct str rest = s; rest.n;) {
		if (!is_space(next(&rest)))
			last = s.n - rest.n;
	}
	s.n = last;
	return s;
}

/* Whether cleaning would change nothing; true of most that is sent. Knows ASCII
 * and the letters from U+00C0 to U+02FF, and says no to all else. */
static bool
is_clean(struct str s, bool line)
{
	enum { LEAD_FIRST = 0xc3, LEAD_LAST = 0xcb };

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool edge = i == 0 || i == s.n - 1;

		if (c > ' ' && c < 0x7f)
			continue;
		if (c == ' ' || (!line && (c == '\n' || c == '\t'))) {
			if (edge || (line && s.p[i - 1] == ' '))
				return false;
			continue;
		}
		if (c < LEAD_FIRST || c > LEAD_LAST || i + 1 == s.n ||
		    ((unsigned char)s.p[i + 1] & 0xc0) != 0x80)
			return false;
		i++;
	}
	return true;
}

struct str
text_clean(void *mem, struct str s)
{
	struct buf b;

	if (!s.p)
		return s;
	if (is_clean(s, false))
		return str_copy(mem, s.p, s.n);
	buf_init(&b, mem, 3 * s.n);
	while (s.n) {
		int32_t c = next(&s);

		if (c == '\r') {
			if (!s.n || s.p[0] != '\n')
				put(&b, '\n');
		} else if (c == '\n' || c == '\t' || !is_control(c)) {
			put(&b, c);
		}
	}
	s = trim(composed(mem, buf_get(&b)));
	return str_copy(mem, s.p, s.n);
}

struct str
text_line(void *mem, struct str s)
{
	struct buf b;
	bool space = false;

	if (!s.p)
		return s;
	if (is_clean(s, true))
		return str_copy(mem, s.p, s.n);
	s = text_clean(mem, s);
	buf_init(&b, mem, s.n);
	while (s.n) {
		int32_t c = next(&s);

		if (is_space(c)) {
			space = true;
			continue;
		}
		if (space)
			put(&b, ' ');
		space = false;
		put(&b, c);
	}
	return buf_get(&b);
}

/* Letters that no decomposition takes apart, and the German ones, whose two
 * spellings must meet. Folded already, so lower case alone. */
static const char *
spelled_out(int32_t c)
{
	switch (c) {
	case 0xe4: /* a with diaeresis */
	case 0xe6: /* ae ligature */
		return "ae";
	case 0xf6: /* o with diaeresis */
	case 0xf8: /* o with stroke */
	case 0x153: /* oe ligature */
		return "oe";
	case 0xfc: /* u with diaeresis */
		return "ue";
	case SHARP_S:
		return "ss";
	case 0xfe: /* thorn */
		return "th";
	case 0xf0: /* eth */
	case 0x111: /* d with stroke */
		return "d";
	case 0x127: /* h with stroke */
		return "h";
	case 0x131: /* i without dot */
		return "i";
	case 0x142: /* l with stroke */
		return "l";
	default:
		return NULL;
	}
}

/* A letter or digit of one byte. */
static inline bool
is_plain_letter(int32_t c)
{
	return (unsigned)((c | 0x20) - 'a') < 26 || (unsigned)(c - '0') < 10;
}

static bool
is_word(int32_t c)
{
	utf8proc_category_t k;

	if (c < 0x80)
		return is_plain_letter(c);
	k = utf8proc_category(c);
	return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO) ||
	    (k >= UTF8PROC_CATEGORY_ND && k <= UTF8PROC_CATEGORY_NO);
}

static bool
is_mark(int32_t c)
{
	utf8proc_category_t k;

	if (c < 0x300)
		return false;
	k = utf8proc_category(c);
	return k >= UTF8PROC_CATEGORY_MN && k <= UTF8PROC_CATEGORY_ME;
}

/* What is not seen: soft hyphens, joiners, spaces without width. */
static bool
is_unseen(int32_t c)
{
	return c >= 0x80 && utf8proc_category(c) == UTF8PROC_CATEGORY_CF;
}

bool
text_word(struct str *s, struct str *word)
{
	struct str rest = *s;

	word->p = NULL;
	while (rest.n) {
		const char *here = rest.p;
		int32_t c = next(&rest);

		if (is_word(c) || (word->p && (is_mark(c) || is_unseen(c)))) {
			if (!word->p)
				word->p = here;
			while (rest.n && is_plain_letter((unsigned char)*rest.p)) {
				rest.p++;
				rest.n--;
			}
			word->n = (size_t)(rest.p - word->p);
		} else if (word->p) {
			break;
		}
	}
	*s = rest;
	return word->p != NULL;
}

/* The ten digits of a script follow each other, and no other script's begin
 * among them. */
static char
digit(int32_t c)
{
	int32_t zero = c;

	while (utf8proc_category(zero - 1) == UTF8PROC_CATEGORY_ND)
		zero--;
	return (char)('0' + (c - zero) % 10);
}

/* Writes a folded letter or digit as it is searched for. */
static void
put_letter(struct buf *b, int32_t c)
{
	const char *letters = spelled_out(c);

	if (letters)
		buf_puts(b, letters);
	else if (utf8proc_category(c) == UTF8PROC_CATEGORY_ND)
		buf_char(b, digit(c));
	else if (!is_mark(c))
		put(b, c);
}

/* Writes a folded character of a word without its accents. */
static void
put_bare(struct buf *b, int32_t c)
{
	enum { PARTS_MAX = 8 };
	utf8proc_int32_t part[PARTS_MAX];
	int boundary = 0;
	utf8proc_ssize_t n = 0;

	if (c < 0x80) {
		buf_char(b, (char)c);
		return;
	}
	if (!spelled_out(c))
		n = utf8proc_decompose_char(c, part, PARTS_MAX,
		    UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, &boundary);
	if (n < 1 || n > PARTS_MAX)
		put_letter(b, c);
	for (utf8proc_ssize_t i = 0; i < n && n <= PARTS_MAX; i++)
		put_letter(b, part[i]);
}

/* The quick way for what nearly all texts here are made of: ASCII, and the
 * letters from U+00C0 to U+00FF. False if there is anything else. */
static bool
fold_latin(void *mem, struct str s, struct str *out)
{
	enum { LEAD = 0xc3, LAST_CAPITAL = 0x9e, TIMES = 0x97, CASE = 0x20 };
	char *p = mem_sure(talloc_size(mem, s.n + 1));

	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)p[i], second;

		if (c < 0x80) {
			p[i] = c >= 'A' && c <= 'Z' ? (char)(c + CASE)
			                            : (char)c;
			continue;
		}
		second = i + 1 < s.n ? (unsigned char)p[++i] : 0;
		if (c != LEAD || (second & 0xc0) != 0x80)
			return false;
		if (second <= LAST_CAPITAL && second != TIMES)
			p[i] = (char)(second + CASE);
	}
	*out = (struct str){p, s.n};
	return true;
}

static struct str
fold(void *mem, struct str s)
{
	struct str folded;

	if (fold_latin(mem, s, &folded))
		return folded;
	return normal_form(mem, s,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
		UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
}

struct str
text_key(void *mem, struct str s)
{
	struct str folded = fold(mem, s);
	struct buf b;
	bool space = false;

	buf_init(&b, mem, 4 * folded.n + 4);
	while (folded.n) {
		int32_t c = next(&folded);

		if (is_mark(c) || is_unseen(c))
			continue;
		if (!is_word(c)) {
			space = b.n > 0;
			continue;
		}
		if (space)
			buf_char(&b, ' ');
		space = false;
		put_bare(&b, c);
	}
	return buf_get(&b);
}

struct str
text_number_key(void *mem, struct str s)
{
	struct str key = text_key(mem, s);
	char *out = mem_sure(talloc_size(mem, key.n + 1));
	size_t n = 0;

	for (size_t i = 0; i < key.n; i++) {
		char c = key.p[i];

		if (c != ' ')
			out[n++] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
	}
	out[n] = '\0';
	return (struct str){out, n};
}

struct str
text_excerpt(void *mem, struct str s, size_t max)
{
	struct str line = text_line(mem, s), rest = line;
	size_t word = 0;
	struct buf b;

	for (size_t i = 0; i < max && rest.n; i++) {
		if (rest.p[0] == ' ')
			word = line.n - rest.n;
		next(&rest);
	}
	if (!rest.n)
		return line;
	if (rest.p[0] == ' ' || !word)
		word = line.n - rest.n;
	buf_init(&b, mem, word + 4);
	buf_put(&b, line.p, word);
	put(&b, ELLIPSIS);
	return buf_get(&b);
}

struct str
text_reverse(void *mem, struct str s)
{
	char *out = mem_sure(talloc_size(mem, s.n + 1));

	for (size_t i = 0; i < s.n; i++)
		out[i] = s.p[s.n - 1 - i];
	out[s.n] = '\0';
	return (struct str){out, s.n};
}
