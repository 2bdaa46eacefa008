/*
 * Headers are ASCII: what is not is written as encoded words (RFC 2047, base64),
 * folded so that no line is longer than 78 characters. The body is
 * quoted-printable (RFC 2045): readable for most of German, and safe from every
 * server's ideas about line ends and dots.
 */
#include "net/mime.h"

#include <time.h>

#include "base/buf.h"
#include "base/text.h"

enum {
	WORD_BYTES = 42,    /* of UTF-8 in one encoded word of 75 characters */
	LINE_CHARACTERS = 76,
	PLAIN_MOST = 60,    /* a longer value is encoded, and so folded */
};

/* ---- Headers ------------------------------------------------------------- */

static bool
is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	return s.n <= PLAIN_MOST && str_find(s, STR("=?")) < 0;
}

static void
base64(struct buf *b, struct str s)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < s.n; i += 3) {
		unsigned bits = 0;

		for (size_t j = 0; j < 3; j++)
			bits = bits << 8 |
			    (i + j < s.n ? (unsigned char)s.p[i + j] : 0u);
		for (size_t j = 0; j < 4; j++)
			buf_char(b, i + j > s.n
				? '='
				: letters[bits >> (18 - 6 * j) & 63]);
	}
}

/* At most WORD_BYTES, never half a character. */
static struct str
word_cut(struct str s)
{
	struct str head = text_head(s, WORD_BYTES);

	return head.n ? head : (struct str){s.p, WORD_BYTES}; /* no UTF-8 */
}

static void
encoded(struct buf *b, struct str s)
{
	while (s.n) {
		struct str word = word_cut(s);

		buf_puts(b, "=?utf-8?B?");
		base64(b, word);
		buf_puts(b, "?=");
		s = (struct str){s.p + word.n, s.n - word.n};
		if (s.n)
			buf_puts(b, "\r\n ");
	}
}

static void
header(struct buf *b, const char *name, struct str value)
{
	buf_printf(b, "%s: ", name);
	if (is_plain(value))
		buf_str(b, value);
	else
		encoded(b, value);
	buf_puts(b, "\r\n");
}

struct str
mime_address(void *mem, struct str from)
{
	const char *open = memchr(from.p, '<', from.n);
	size_t n;

	if (!open)
		return from;
	n = strcspn(open + 1, ">");
	return str_copy(mem, open + 1, n);
}

/* "Name" <address>: the name as an encoded word wherever quotes would have to
 * be thought about. */
static void
mailbox(struct buf *b, const char *name, struct str person, struct str address)
{
	bool quotes = memchr(person.p ? person.p : "", '"', person.n) ||
	    memchr(person.p ? person.p : "", '\\', person.n);

	buf_printf(b, "%s: ", name);
	if (person.n && is_plain(person) && !quotes)
		buf_printf(b, "\"%.*s\"\r\n ", STR_FMT(person));
	else if (person.n)
		encoded(b, person);
	if (person.n && !(is_plain(person) && !quotes))
		buf_puts(b, "\r\n ");
	buf_printf(b, person.n ? "<%.*s>\r\n" : "%.*s\r\n", STR_FMT(address));
}

static void
date_header(struct buf *b, int64_t at_ms)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t seconds = (time_t)(at_ms / 1000);
	struct tm t;

	gmtime_r(&seconds, &t);
	buf_printf(b, "Date: %.3s, %d %.3s %d %02d:%02d:%02d +0000\r\n",
	    days + 3 * t.tm_wday, t.tm_mday, months + 3 * t.tm_mon,
	    t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

static void
headers(struct buf *b, void *mem, const struct mime_mail *m)
{
	const char *open = memchr(m->from.p, '<', m->from.n);
	struct str name = {m->from.p, open ? (size_t)(open - m->from.p) : 0};

	date_header(b, m->at_ms);
	mailbox(b, "From", str_trim(name), mime_address(mem, m->from));
	mailbox(b, "To", m->to_name, m->to);
	header(b, "Subject", m->subject);
	buf_printf(b, "Message-ID: <%.*s>\r\n", STR_FMT(m->id));
	if (m->reply_to.n)
		buf_printf(b,
		    "In-Reply-To: <%.*s>\r\nReferences: <%.*s>\r\n",
		    STR_FMT(m->reply_to), STR_FMT(m->reply_to));
	if (m->automatic)
		buf_puts(b, "Auto-Submitted: auto-generated\r\n");
	if (m->lang.n)
		buf_printf(b, "Content-Language: %.*s\r\n", STR_FMT(m->lang));
	buf_puts(b, "MIME-Version: 1.0\r\n"
		    "Content-Type: text/plain; charset=utf-8\r\n"
		    "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
}

/* ---- The body ------------------------------------------------------------ */

/* Whether the byte may stand as it is; white space not at a line's end. */
static bool
stands(struct str s, size_t i)
{
	char c = s.p[i];
	bool last = i + 1 == s.n || s.p[i + 1] == '\n';

	if (c == ' ' || c == '\t')
		return !last;
	return c > ' ' && c <= '~' && c != '=';
}

static void
quoted_printable(struct buf *b, struct str s)
{
	size_t column = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool plain = stands(s, i);
		size_t width = plain ? 1 : 3;

		if (s.p[i] == '\n') {
			buf_puts(b, "\r\n");
			column = 0;
			continue;
		}
		if (column + width >= LINE_CHARACTERS) {
			buf_puts(b, "=\r\n");
			column = 0;
		}
		if (plain)
			buf_char(b, s.p[i]);
		else
			buf_printf(b, "=%02X", (unsigned char)s.p[i]);
		column += width;
	}
	buf_puts(b, "\r\n");
}

struct str
mime_write(void *mem, const struct mime_mail *m)
{
	struct buf b;

	buf_init(&b, mem, 4 * (m->body.n + m->subject.n + m->to_name.n) +
		m->to.n + m->from.n * 2 + (16 << 10));
	headers(&b, mem, m);
	quoted_printable(&b, m->body);
	return buf_get(&b);
}
