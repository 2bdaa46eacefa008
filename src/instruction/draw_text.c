/*
 * Text in Graphviz's HTML-like labels: escaped, and in lines, for Graphviz
 * breaks none by itself. Where the labels stand is draw.c's matter.
 */
#include "instruction/draw_text.h"

#include <stdbool.h>

enum { LINE_MOST = 60 };

/* Into Graphviz's HTML-like labels: XML's five, and no control characters,
 * which XML cannot hold at all. */
static void
put_char(struct buf *b, char c)
{
	switch (c) {
	case '&':
		buf_puts(b, "&amp;");
		break;
	case '<':
		buf_puts(b, "&lt;");
		break;
	case '>':
		buf_puts(b, "&gt;");
		break;
	case '"':
		buf_puts(b, "&quot;");
		break;
	case '\'':
		buf_puts(b, "&#39;");
		break;
	default:
		buf_char(b, (unsigned char)c < ' ' || c == 0x7f ? ' ' : c);
	}
}

void
dot_text(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		put_char(b, s.p[i]);
}

/* Whether a byte begins a character. */
static bool
begins(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

/* The next word of *rest and how many characters it has; a longer one than
 * LINE_MOST is cut in pieces. False at the end. */
static bool
word_next(struct str *rest, struct str *word, int *width)
{
	size_t n = 0;

	while (rest->n && (unsigned char)*rest->p <= ' ') {
		rest->p++;
		rest->n--;
	}
	*width = 0;
	for (; n < rest->n && (unsigned char)rest->p[n] > ' '; n++) {
		if (begins(rest->p[n]) && *width == LINE_MOST)
			break;
		*width += begins(rest->p[n]);
	}
	*word = (struct str){rest->p, n};
	rest->p += n;
	rest->n -= n;
	return n > 0;
}

void
dot_lines(struct buf *b, struct str s, int most, const char *before,
    const char *behind)
{
	struct str word;
	int used = 0, width;

	while (word_next(&s, &word, &width)) {
		if (used && used + 1 + width > most) {
			buf_puts(b, behind);
			used = 0;
		}
		buf_puts(b, used ? " " : before);
		dot_text(b, word);
		used += width + (used > 0);
	}
	buf_puts(b, used ? behind : "&#160;"); /* nothing at all is no label */
}
