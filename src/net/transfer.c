/*
 * libcurl, easy interface, one handle a client so that connections are kept.
 * The progress callback counts the bytes on the way, the write callback those
 * that came out of them: a small answer that unpacks to a large one and a large
 * one that unpacks to nothing are both cut off.
 */
#include "net/transfer.h"

#include <curl/curl.h>
#include <pthread.h>
#include <strings.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "net/curl_begin.h"
#include "net/guard.h"

enum {
	CONNECT_MS = 10000,
	HEAD_BYTES_MAX = 64 << 10,
	STAMP_BYTES_MAX = 200,
	RETRY_S_MAX = 86400,
	KEPT_CONNECTIONS = 8,
};

struct transfer {
	CURL *curl;
	const atomic_bool *stop;
	/* The request that is under way. */
	const struct transfer_request *rq;
	struct transfer_answer *out;
	void *mem;
	struct buf body;
	size_t head_bytes;
	bool refused, too_large;
};

/* ---- What curl asks while it works --------------------------------------- */

static curl_socket_t
open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct transfer *t = arg;

	if (!t->rq->private_ok && !guard_is_public(&a->addr)) {
		t->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

static int
progress(void *arg, curl_off_t total, curl_off_t now, curl_off_t up_total,
    curl_off_t up_now)
{
	struct transfer *t = arg;

	t->too_large = t->too_large || now > t->rq->bytes_max ||
	    total > t->rq->bytes_max;
	return t->too_large || (t->stop && atomic_load(t->stop));
}

static size_t
take_body(char *p, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;

	buf_put(&t->body, p, size * n);
	if (t->body.full)
		t->too_large = true;
	return t->body.full ? 0 : size * n;
}

/* The value if the line is the header `name`. */
static bool
header_is(struct str line, const char *name, struct str *value)
{
	size_t n = strlen(name);

	if (line.n <= n || line.p[n] != ':' ||
	    strncasecmp(line.p, name, n) != 0)
		return false;
	*value = str_trim((struct str){line.p + n + 1, line.n - n - 1});
	return true;
}

/* Printable ASCII, as what is stored and sent back must be. */
static bool
is_plain(struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] < ' ' || value.p[i] > '~')
			return false;
	return true;
}

static void
header_keep(struct transfer *t, struct str line)
{
	struct transfer_answer *a = t->out;
	const struct {
		const char *name;
		struct str *field;
		size_t most;
	} kept[] = {
	    {"Content-Type", &a->type, STAMP_BYTES_MAX},
	    {"ETag", &a->etag, STAMP_BYTES_MAX},
	    {"Last-Modified", &a->modified, STAMP_BYTES_MAX},
	    {"Location", &a->location, HEAD_BYTES_MAX},
	    {"X-Robots-Tag", &a->robots, STAMP_BYTES_MAX},
	};
	struct str value;

	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		if (header_is(line, kept[i].name, &value) &&
		    value.n <= kept[i].most &&
		    (kept[i].field == &a->location || is_plain(value)))
			*kept[i].field = str_dup(t->mem, value);
	if (header_is(line, "Retry-After", &value) &&
	    (!str_to_i64(value, &a->retry_s) || a->retry_s < 0 ||
		a->retry_s > RETRY_S_MAX))
		a->retry_s = 0;
}

static size_t
take_header(char *p, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;
	struct str line = {p, size * n};

	t->head_bytes += line.n;
	if (t->head_bytes > HEAD_BYTES_MAX) {
		t->too_large = true;
		return 0;
	}
	if (str_starts(line, STR("HTTP/"))) /* after a 1xx: the real one */
		*t->out = (struct transfer_answer){.type = STR(""),
		    .etag = STR(""), .modified = STR(""),
		    .location = STR(""), .robots = STR("")};
	header_keep(t, line);
	return line.n;
}

/* ---- The client ---------------------------------------------------------- */

static void
curl_init(void)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		die("libcurl cannot be used");
}

void
curl_begin(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, curl_init);
}

static int
transfer_free(struct transfer *t)
{
	curl_easy_cleanup(t->curl);
	return 0;
}

static void
set_up(struct transfer *t, const char *agent)
{
	CURL *c = t->curl;

	curl_easy_setopt(c, CURLOPT_USERAGENT, agent);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl_easy_setopt(c, CURLOPT_MAXCONNECTS, (long)KEPT_CONNECTIONS);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, t);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, progress);
	curl_easy_setopt(c, CURLOPT_XFERINFODATA, t);
}

struct transfer *
transfer_new(void *mem, const char *agent, const atomic_bool *stop)
{
	struct transfer *t;

	curl_begin();
	t = mem_new(mem, struct transfer);
	t->stop = stop;
	t->curl = mem_sure(curl_easy_init());
	talloc_set_destructor(t, transfer_free);
	set_up(t, agent);
	return t;
}

static enum transfer_end
end_of(const struct transfer *t, CURLcode code)
{
	if (t->refused)
		return TRANSFER_PRIVATE;
	if (t->too_large)
		return TRANSFER_TOO_LARGE;
	switch (code) {
	case CURLE_OK:
		return TRANSFER_OK;
	case CURLE_COULDNT_RESOLVE_HOST:
		return TRANSFER_RESOLVE;
	case CURLE_COULDNT_CONNECT:
		return TRANSFER_CONNECT;
	case CURLE_OPERATION_TIMEDOUT:
		return TRANSFER_TIMEOUT;
	case CURLE_ABORTED_BY_CALLBACK:
		return TRANSFER_STOPPED;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
		return TRANSFER_CERTIFICATE;
	default:
		return TRANSFER_BROKEN;
	}
}

static struct curl_slist *
headers_of(void *mem, const struct transfer_request *rq)
{
	struct curl_slist *list = NULL;

	if (rq->etag.n)
		list = curl_slist_append(list,
		    str_printf(mem, "If-None-Match: %.*s",
			STR_FMT(rq->etag)).p);
	if (rq->modified.n)
		list = curl_slist_append(list,
		    str_printf(mem, "If-Modified-Since: %.*s",
			STR_FMT(rq->modified)).p);
	return list;
}

enum transfer_end
transfer_get(struct transfer *t, void *mem, const struct transfer_request *rq,
    struct transfer_answer *out)
{
	struct curl_slist *headers = headers_of(mem, rq);
	long status = 0;
	CURLcode code;

	*out = (struct transfer_answer){.type = STR(""), .body = STR("")};
	t->rq = rq;
	t->out = out;
	t->mem = mem;
	t->head_bytes = 0;
	t->refused = t->too_large = false;
	buf_init(&t->body, mem, (size_t)rq->bytes_max);
	curl_easy_setopt(t->curl, CURLOPT_URL, rq->url.p);
	curl_easy_setopt(t->curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(t->curl, CURLOPT_TIMEOUT_MS, (long)rq->time_ms);
	code = curl_easy_perform(t->curl);
	curl_easy_setopt(t->curl, CURLOPT_HTTPHEADER, NULL);
	curl_slist_free_all(headers);
	curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &status);
	out->status = (int)status;
	out->body = buf_get(&t->body);
	t->rq = NULL;
	return end_of(t, code);
}
