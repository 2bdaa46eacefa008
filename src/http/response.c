/*
 * What a handler says about its answer besides the body, and the headers that
 * keep a browser from doing with a page what nobody meant. Values that could
 * break out of a header are disarmed here, so that no handler has to think of
 * it.
 */
#include "http/response.h"

#include <inttypes.h>
#include <strings.h>

#include "base/log.h"
#include "base/mem.h"

const struct response_header response_always[] = {
    {"Content-Security-Policy",
	"default-src 'none'; script-src 'self'; style-src 'self'; "
	"img-src 'self' data:; font-src 'self'; connect-src 'self'; "
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {NULL, NULL},
};

const struct response_header response_secure = {
    "Strict-Transport-Security", "max-age=31536000"};

void
response_init(struct http_request *rq, size_t max)
{
	rq->response = (struct http_response){
	    .status = 200,
	    .type = "text/html; charset=utf-8",
	};
	buf_init(&rq->response.body, rq->cx.mem, max);
}

static struct http_header *
header_find(struct http_response *r, const char *name)
{
	for (size_t i = 0; i < r->headers; i++)
		if (!strcasecmp(r->header[i].name, name))
			return &r->header[i];
	return NULL;
}

bool
response_has(const struct http_response *r, const char *name)
{
	for (size_t i = 0; i < r->headers; i++)
		if (!strcasecmp(r->header[i].name, name))
			return true;
	return false;
}

/* A copy in which control characters have become question marks. */
static struct str
header_value(void *mem, struct str value)
{
	char *p = mem_sure(talloc_size(mem, value.n + 1));

	for (size_t i = 0; i < value.n; i++) {
		bool control = (unsigned char)value.p[i] < 0x20 ||
		    value.p[i] == 0x7f;

		p[i] = control ? '?' : value.p[i];
	}
	p[value.n] = '\0';
	return (struct str){p, value.n};
}

void
http_header_set(struct http_request *rq, const char *name, struct str value)
{
	struct http_response *r = &rq->response;
	struct http_header *h = NULL;

	if (strcasecmp(name, "Set-Cookie") != 0)
		h = header_find(r, name);
	if (!h) {
		if (r->headers == sizeof r->header / sizeof r->header[0])
			die("too many headers, the last is %s", name);
		h = &r->header[r->headers++];
	}
	h->name = name;
	h->value = header_value(rq->cx.mem, value);
}

/* Encodes what a URL cannot carry as it is; a '%' stays, since the caller
 * encoded what it put in. */
static struct str
location_encode(void *mem, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";
	struct buf b;

	buf_init(&b, mem, 3 * s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c > ' ' && c < 0x7f && !strchr("\"<>\\^`{|}", c)) {
			buf_char(&b, s.p[i]);
			continue;
		}
		buf_char(&b, '%');
		buf_char(&b, hex[c >> 4]);
		buf_char(&b, hex[c & 15]);
	}
	return buf_get(&b);
}

enum err
http_redirect(struct http_request *rq, const char *format, ...)
{
	struct str to;
	va_list ap;

	va_start(ap, format);
	to = str_vprintf(rq->cx.mem, format, ap);
	va_end(ap);
	if (to.n == 0 || to.p[0] != '/' || to.p[1] == '/' || to.p[1] == '\\')
		to = STR("/"); /* never to a stranger's site */
	rq->response.status = 303;
	http_header_set(rq, "Location", location_encode(rq->cx.mem, to));
	return OK;
}

/* RFC 6265, 4.1.1. */
static bool
is_cookie_value(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] >= 0x7f ||
		    strchr("\",;\\", s.p[i]))
			return false;
	return true;
}

void
http_cookie_set(struct http_request *rq, const char *name, struct str value,
    int64_t max_age_s)
{
	struct buf b;

	if (!is_cookie_value(value)) {
		log_error("%s: the cookie %s cannot carry its value",
		    rq->cx.id, name);
		return;
	}
	buf_init(&b, rq->cx.mem, 4096);
	buf_printf(&b, "%s=", name);
	buf_str(&b, value);
	if (max_age_s >= 0)
		buf_printf(&b, "; Max-Age=%" PRId64, max_age_s);
	buf_puts(&b, "; Path=/; HttpOnly; SameSite=Lax");
	if (rq->secure)
		buf_puts(&b, "; Secure");
	http_header_set(rq, "Set-Cookie", buf_get(&b));
}
