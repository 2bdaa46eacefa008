/*
 * Finding out what was said is ours; conversion is iconv's. Labels mean what
 * browsers take them for: "iso-8859-1" and "ascii" are Windows-1252.
 */
#include "answers/charset.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"

enum { SCAN_BYTES = 2048, LABEL_BYTES = 40 };

static const struct {
	const char *label, *iconv;
} labels[] = {
    {"utf-8", "UTF-8"}, {"utf8", "UTF-8"},
    {"iso-8859-1", "CP1252"}, {"iso8859-1", "CP1252"},
    {"latin1", "CP1252"}, {"latin-1", "CP1252"}, {"ascii", "CP1252"},
    {"us-ascii", "CP1252"}, {"windows-1252", "CP1252"}, {"cp1252", "CP1252"},
    {"iso-8859-15", "ISO-8859-15"}, {"latin9", "ISO-8859-15"},
    {"iso-8859-2", "ISO-8859-2"}, {"windows-1250", "CP1250"},
    {"iso-8859-5", "ISO-8859-5"}, {"windows-1251", "CP1251"},
    {"koi8-r", "KOI8-R"}, {"iso-8859-7", "ISO-8859-7"},
    {"iso-8859-9", "CP1254"}, {"windows-1254", "CP1254"},
    {"macintosh", "MACINTOSH"}, {"utf-16", "UTF-16LE"},
    {"utf-16le", "UTF-16LE"}, {"utf-16be", "UTF-16BE"},
    {"shift_jis", "CP932"}, {"euc-jp", "EUC-JP"}, {"gb2312", "GB18030"},
    {"gbk", "GB18030"}, {"gb18030", "GB18030"}, {"big5", "BIG5-HKSCS"},
    {"euc-kr", "CP949"},
};

static const char *
iconv_name(struct str label)
{
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (strlen(labels[i].label) == label.n &&
		    strncasecmp(labels[i].label, label.p, label.n) == 0)
			return labels[i].iconv;
	return NULL;
}

/* The first "charset=…" in the text, without quotes; empty if there is none. */
static struct str
charset_said(struct str s)
{
	static const char word[] = "charset";
	const size_t n = sizeof word - 1;
	size_t i = 0, end;

	while (i + n < s.n && strncasecmp(s.p + i, word, n) != 0)
		i++;
	for (i += n; i < s.n && s.p[i] == ' '; i++)
		;
	if (i >= s.n || s.p[i] != '=')
		return STR("");
	for (i++; i < s.n && s.p[i] && strchr(" \"'", s.p[i]); i++)
		;
	for (end = i; end < s.n && end - i < LABEL_BYTES &&
	     (isalnum((unsigned char)s.p[end]) ||
		 (s.p[end] && strchr("-_", s.p[end])));
	     end++)
		;
	return (struct str){s.p + i, end - i};
}

/* A byte order mark is stepped over. */
static const char *
by_mark(struct str *s)
{
	if (str_starts(*s, STR("\xef\xbb\xbf"))) {
		*s = (struct str){s->p + 3, s->n - 3};
		return "UTF-8";
	}
	if (str_starts(*s, STR("\xff\xfe")) ||
	    str_starts(*s, STR("\xfe\xff"))) {
		bool big = s->p[0] == '\xfe';

		*s = (struct str){s->p + 2, s->n - 2};
		return big ? "UTF-16BE" : "UTF-16LE";
	}
	return NULL;
}

/* What the page's head says of itself. A page whose <meta> can be read is not
 * UTF-16, whatever it claims. */
static const char *
by_meta(struct str s)
{
	struct str rest = {s.p, s.n < SCAN_BYTES ? s.n : SCAN_BYTES};
	const char *name = NULL;

	while (!name) {
		const char *p = memchr(rest.p, '<', rest.n);
		const char *end;

		if (!p)
			return NULL;
		rest = (struct str){p + 1, rest.n - (size_t)(p + 1 - rest.p)};
		end = memchr(rest.p, '>', rest.n);
		if (rest.n > 4 && strncasecmp(rest.p, "meta", 4) == 0)
			name = iconv_name(charset_said((struct str){rest.p,
			    end ? (size_t)(end - rest.p) : rest.n}));
	}
	return strncmp(name, "UTF-16", 6) == 0 ? "UTF-8" : name;
}

static struct str
convert(void *mem, iconv_t cd, struct str s)
{
	char *in = (char *)s.p, out[8192];
	size_t left = s.n;
	struct buf b;

	buf_init(&b, mem, s.n * 4 + 16);
	while (left) {
		char *to = out;
		size_t room = sizeof out;
		size_t done = iconv(cd, &in, &left, &to, &room);

		buf_put(&b, out, (size_t)(to - out));
		if (done == (size_t)-1 && errno != E2BIG) {
			buf_puts(&b, "\xef\xbf\xbd");
			in++, left--;
		}
	}
	return buf_get(&b);
}

struct str
charset_decode(void *mem, struct str type, struct str bytes)
{
	const char *name = by_mark(&bytes);
	iconv_t cd;
	struct str text;

	if (!name)
		name = iconv_name(charset_said(type));
	if (!name && bytes.n)
		name = by_meta(bytes);
	if (!name)
		name = text_valid(bytes) ? "UTF-8" : "CP1252";
	if (strcmp(name, "UTF-8") == 0)
		return text_repair(mem, bytes);
	cd = iconv_open("UTF-8", name);
	if (cd == (iconv_t)-1)
		return text_repair(mem, bytes);
	text = convert(mem, cd, bytes);
	iconv_close(cd);
	return text_repair(mem, text);
}
