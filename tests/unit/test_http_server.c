/* A running server and clients that write raw bytes: src/http/server.c, with
 * dispatch.c, body.c, reaper.c and listen.c. */
#include "check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/secret.h"
#include "http/http.h"

enum { BODY_BYTES = 4096, FILE_BYTES = 16384, BIG_BYTES = 3 << 20 };
enum { DRAINED_BYTES = 16 << 20 };

/* ---- The application under the server ----------------------------------- */

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static atomic_int at_gate, busy_left, busy_runs, starts, stops;

struct entry {
	struct str name;
	int64_t age;
};

static const struct http_field entry_fields[] = {
    {"name", FIELD_LINE, true, 10, offsetof(struct entry, name), NULL},
    {"age", FIELD_INT, false, 0, offsetof(struct entry, age), NULL},
};
static HTTP_FORM(entry_form, struct entry, entry_fields);

static enum err
home(struct http_request *rq)
{
	buf_puts(&rq->response.body, "home");
	return OK;
}

static enum err
ticket(struct http_request *rq)
{
	buf_printf(&rq->response.body, "ticket %d",
	    (int)http_path_id(rq, "id"));
	return OK;
}

static enum err
echo(struct http_request *rq)
{
	buf_printf(&rq->response.body, "%zu bytes", rq->body.n);
	return OK;
}

static enum err
entry(struct http_request *rq)
{
	const struct entry *f = rq->form;
	const char *wrong = fault_of(&rq->cx.fault, "name");

	if (wrong)
		rq->response.status = 422;
	buf_printf(&rq->response.body, "name=%s age=%d raw=%s %s", f->name.p,
	    (int)f->age, http_raw(rq, "age").p ? http_raw(rq, "age").p : "-",
	    wrong ? wrong : "fine");
	return OK;
}

static enum err
gated(struct http_request *rq)
{
	atomic_fetch_add(&at_gate, 1);
	pthread_mutex_lock(&gate);
	pthread_mutex_unlock(&gate);
	buf_puts(&rq->response.body, "through");
	return OK;
}

/* Its body is held for as long as the gate is closed. */
static enum err
held(struct http_request *rq)
{
	atomic_fetch_add(&at_gate, 1);
	pthread_mutex_lock(&gate);
	pthread_mutex_unlock(&gate);
	return echo(rq);
}

static enum err
busy(struct http_request *rq)
{
	atomic_fetch_add(&busy_runs, 1);
	http_header_set(rq, "X-Mark", STR("left over"));
	buf_puts(&rq->response.body, "done");
	return atomic_fetch_sub(&busy_left, 1) > 0 ? ERR_BUSY : OK;
}

/* Answered by another thread, a while after the handler returned. */
static pthread_t postman;

static void *
deliver(void *arg)
{
	struct http_request *rq = arg;
	bool bad = rq->body.n && rq->body.p[0] == '!';

	atomic_fetch_add(&at_gate, 1);
	pthread_mutex_lock(&gate);
	pthread_mutex_unlock(&gate);
	buf_puts(&rq->response.body, "by another thread");
	if (bad)
		(void)fail(&rq->cx, ERR_EVIDENCE, "proof", "missing");
	http_answer(rq, bad ? ERR_EVIDENCE : OK);
	return NULL;
}

static enum err
later(struct http_request *rq)
{
	if (rq->body.n == 0)
		return ERR_INVALID;
	if (rq->body.p[0] == '=') {
		buf_puts(&rq->response.body, "at once");
		http_answer(rq, OK);
		return OK;
	}
	pthread_create(&postman, NULL, deliver, rq);
	return OK;
}

static enum err
boom(struct http_request *rq)
{
	buf_puts(&rq->response.body, "half a page");
	return ERR_INTERNAL;
}

static enum err
big(struct http_request *rq)
{
	for (int i = 0; i < BIG_BYTES / 8; i++)
		buf_put(&rq->response.body, "12345678", 8);
	return OK;
}

static enum err
who(struct http_request *rq)
{
	buf_printf(&rq->response.body, "%s %s", rq->remote.p,
	    rq->secure ? "secure" : "plain");
	return OK;
}

static enum err
nothing(struct http_request *rq)
{
	rq->response.status = 204;
	return OK;
}

static enum err
away(struct http_request *rq)
{
	http_cookie_set(rq, "a", STR("b"), -1);
	return http_redirect(rq, "/tickets/%d", 7);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/", 0, NULL, home, 0},
    {HTTP_GET, "/tickets/{id}", 0, NULL, ticket, 0},
    {HTTP_POST, "/echo", 0, NULL, echo, 0},
    {HTTP_PUT, "/file", 0, NULL, echo, ROUTE_RAW_BODY},
    {HTTP_PUT, "/held", 0, NULL, held, ROUTE_RAW_BODY},
    {HTTP_PUT, "/vault", 1, NULL, echo, ROUTE_RAW_BODY},
    {HTTP_POST, "/entry", 0, &entry_form, entry, 0},
    {HTTP_GET, "/entry", 0, &entry_form, entry, 0},
    {HTTP_POST, "/entry/kept", 0, &entry_form, entry, ROUTE_KEEPS_FORM},
    {HTTP_POST, "/api/entries", 0, &entry_form, entry, ROUTE_API},
    {HTTP_GET, "/gated", 0, NULL, gated, 0},
    {HTTP_GET, "/busy", 0, NULL, busy, 0},
    {HTTP_POST, "/later", 0, NULL, later, ROUTE_RAW_BODY | ROUTE_LATER},
    {HTTP_GET, "/boom", 0, NULL, boom, 0},
    {HTTP_GET, "/big", 0, NULL, big, 0},
    {HTTP_GET, "/who", 0, NULL, who, 0},
    {HTTP_GET, "/nothing", 0, NULL, nothing, 0},
    {HTTP_GET, "/away", 0, NULL, away, 0},
    {HTTP_GET, "/secret", 1, NULL, home, 0},
};

static const struct http_asset assets[] = {
    {"/static/app.0123abcd.css", "text/css; charset=utf-8", "0123abcd4567",
	(const unsigned char *)"body{}", 6, (const unsigned char *)"gz", 2},
    {"/robots.txt", "text/plain", "77", (const unsigned char *)"no", 2, NULL,
	0},
};

static enum err
may(struct http_request *rq)
{
	rq->cx.lang = LANG_EN;
	return rq->route->who ? ERR_UNAUTHENTICATED : OK;
}

static void
failed(struct http_request *rq, enum err e)
{
	buf_printf(&rq->response.body, "failed: %s", err_name(e));
	for (size_t i = 0; i < rq->cx.fault.n; i++)
		buf_printf(&rq->response.body, " [%s]",
		    rq->cx.fault.item[i].field);
}

static void *
begin(void *arg)
{
	atomic_fetch_add(&starts, 1);
	return arg;
}

static void
end(void *worker)
{
	atomic_fetch_add(&stops, 1);
}

/* ---- The server and its clients ----------------------------------------- */

static struct http_server *server;

static void
server_begin(struct http_options o)
{
	static const struct http_app app = {
	    .routes = routes,
	    .n_routes = sizeof routes / sizeof routes[0],
	    .assets = assets,
	    .n_assets = 2,
	    .worker_start = begin,
	    .worker_stop = end,
	    .may = may,
	    .failed = failed,
	};
	struct str why;

	o.listen = "127.0.0.1:0";
	o.body_bytes = BODY_BYTES;
	o.file_bytes = FILE_BYTES * 512;
	if (!o.workers)
		o.workers = 4;
	assert_int_equal(http_start(&o, &app, &server, &why, NULL), OK);
	assert_true(http_port(server) > 0);
}

static int
plain_begin(void **state)
{
	log_level_set(LOG_ERROR + 1);
	server_begin((struct http_options){0});
	return 0;
}

static int
any_end(void **state)
{
	http_stop(server);
	server = NULL;
	return 0;
}

static int
dial(void)
{
	struct sockaddr_in to = {
	    .sin_family = AF_INET,
	    .sin_port = htons((uint16_t)http_port(server)),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	return fd;
}

static void
say(int fd, struct str s)
{
	while (s.n) {
		ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);

		if (n <= 0)
			return; /* the server may have hung up already */
		s.p += n;
		s.n -= (size_t)n;
	}
}

#define SAY(fd, text) say(fd, STR(text))

enum { PATIENCE_MS = 60000 }; /* until something is said to hang */

/* Reads more into the buffer; false at the end or when patience ends. */
static bool
hear_more(int fd, struct buf *b)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	char part[65536];
	ssize_t n;

	if (poll(&p, 1, PATIENCE_MS) <= 0)
		return false;
	n = recv(fd, part, sizeof part, 0);
	if (n <= 0)
		return false;
	buf_put(b, part, (size_t)n);
	return true;
}

struct reply {
	void *mem;
	struct buf b;       /* everything heard so far */
	int status;
	struct str head, body;
};

static struct str
reply_header(const struct reply *r, const char *name)
{
	char line[64];
	const char *at;

	snprintf(line, sizeof line, "\r\n%s: ", name);
	at = strcasestr(r->head.p, line);
	if (!at)
		return (struct str){NULL, 0};
	at += strlen(line);
	return str_copy(r->mem, at, strcspn(at, "\r"));
}

/* One whole answer; status 0 if there was none. */
static void
hear(int fd, struct reply *r, bool has_body)
{
	const char *end;
	int64_t bytes = 0;

	r->mem = talloc_new(NULL);
	r->status = 0;
	buf_init(&r->b, r->mem, 64 << 20);
	while (!r->b.n || !(end = strstr(r->b.p, "\r\n\r\n")))
		if (!hear_more(fd, &r->b))
			return;
	r->head = str_copy(r->mem, r->b.p, (size_t)(end + 2 - r->b.p));
	r->status = atoi(r->b.p + strlen("HTTP/1.1 "));
	if (has_body)
		(void)str_to_i64(reply_header(r, "Content-Length"), &bytes);
	while (r->b.n < r->head.n + 2 + (size_t)bytes)
		if (!hear_more(fd, &r->b))
			break;
	assert_true(r->b.n >= r->head.n + 2 + (size_t)bytes);
	r->body = str_copy(r->mem, r->b.p + r->head.n + 2, (size_t)bytes);
}

static bool
is_closed(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	char one;

	return poll(&p, 1, PATIENCE_MS) > 0 && recv(fd, &one, 1, 0) <= 0;
}

static void
ask(const char *request, struct reply *r)
{
	int fd = dial();

	say(fd, str_of(request));
	hear(fd, r, strncmp(request, "HEAD", 4) != 0);
	close(fd);
}

static size_t
times_in(const char *text, const char *what)
{
	size_t n = 0;

	while ((text = strstr(text, what))) {
		text += strlen(what);
		n++;
	}
	return n;
}

#define LINE(line) line " HTTP/1.1\r\nHost: h\r\n"
#define GET(path)  LINE("GET " path) "\r\n"

/* ---- Probes ------------------------------------------------------------- */

/* What comes back first, and whether the connection ends with it. A request
 * that is smuggled behind the first must never be answered. */
static void
raw_probes_are_refused_or_understood(void **state)
{
	static const struct {
		const char *name;
		struct str bytes;
		int status;    /* 0: hung up without a word */
		bool closes;
	} rows[] = {
#define ROW(name, bytes, status, closes)                                       \
	{name, {bytes, sizeof(bytes) - 1}, status, closes}
	    ROW("plain", GET("/"), 200, false),
	    ROW("1.0", "GET / HTTP/1.0\r\n\r\n", 200, true),
	    ROW("1.0 keep-alive",
		"GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", 200, false),
	    ROW("close", LINE("GET /") "Connection: close\r\n\r\n", 200, true),
	    ROW("absolute", LINE("GET http://h/tickets/7") "\r\n", 200, false),
	    ROW("stranger's", LINE("GET http://x/") "\r\n", 400, true),
	    ROW("empty line first", "\r\n" GET("/"), 200, false),
	    ROW("no host", "GET / HTTP/1.1\r\n\r\n", 400, true),
	    ROW("two hosts", LINE("GET /") "Host: i\r\n\r\n", 400, true),
	    ROW("two lengths", LINE("POST /echo")
		"Content-Length: 0\r\nContent-Length: 30\r\n\r\n" GET("/"),
		400, true),
	    ROW("length and coding", LINE("POST /echo")
		"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
		"0\r\n\r\n" GET("/"), 400, true),
	    ROW("coding and length", LINE("POST /echo")
		"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"
		"0\r\n\r\n" GET("/"), 400, true),
	    ROW("xchunked", LINE("POST /echo")
		"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400, true),
	    ROW("gzip, chunked", LINE("POST /echo")
		"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400, true),
	    ROW("chunked in 1.0", "POST /echo HTTP/1.0\r\n"
		"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, true),
	    ROW("space before colon", LINE("POST /echo")
		"Content-Length : 5\r\n\r\nabcde", 400, true),
	    ROW("length +5", LINE("POST /echo")
		"Content-Length: +5\r\n\r\nabcde", 400, true),
	    ROW("length 0x5", LINE("POST /echo")
		"Content-Length: 0x5\r\n\r\nabcde", 400, true),
	    ROW("length -1", LINE("POST /echo")
		"Content-Length: -1\r\n\r\n", 400, true),
	    ROW("length too long", LINE("POST /echo")
		"Content-Length: 99999999999999999999999\r\n\r\n", 413, true),
	    ROW("bare LF", "GET / HTTP/1.1\nHost: h\n\n", 400, true),
	    ROW("one bare LF", "GET / HTTP/1.1\r\nHost: h\nX: a\r\n\r\n", 400,
		true),
	    ROW("bare LF at the end", LINE("GET /") "X: a\r\n\n", 400, true),
	    ROW("bare CR", LINE("GET /") "X: a\rContent-Length: 5\r\n\r\n",
		400, true),
	    ROW("NUL in a value", LINE("GET /") "X: a\0b\r\n\r\n", 400, true),
	    ROW("NUL in a name", LINE("GET /") "X\0Y: a\r\n\r\n", 400, true),
	    ROW("NUL as a line", LINE("GET /") "\0\r\nX: a\r\n\r\n", 400, true),
	    ROW("folded", LINE("GET /") "X: a\r\n b\r\n\r\n", 400, true),
	    ROW("folded first", "GET / HTTP/1.1\r\n Host: h\r\n\r\n", 400,
		true),
	    ROW("no colon", LINE("GET /") "X\r\n\r\n", 400, true),
	    ROW("empty name", LINE("GET /") ": a\r\n\r\n", 400, true),
	    ROW("control in a value", LINE("GET /") "X: \x01\r\n\r\n", 400,
		true),
	    ROW("NUL in the path", "GET /\0x HTTP/1.1\r\nHost: h\r\n\r\n", 400,
		true),
	    ROW("%00 in the path", GET("/tickets%00zz"), 400, true),
	    ROW("%2F in the path", GET("/tickets%2F7"), 400, true),
	    ROW("no UTF-8 in the path", GET("/%ff"), 400, false),
	    ROW("an overlong slash", GET("/tickets%c0%af7"), 400, false),
	    ROW("dots", GET("/a/../b"), 400, true),
	    ROW("encoded dots", GET("/a/%2e%2E/b"), 400, true),
	    ROW("space in the target", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n",
		0, true),
	    ROW("two spaces", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", 400,
		true),
	    ROW("no version", "GET /\r\nHost: h\r\n\r\n", 400, true),
	    ROW("version 2.0", "GET / HTTP/2.0\r\nHost: h\r\n\r\n", 505, true),
	    ROW("version 1.x", "GET / HTTP/1.x\r\nHost: h\r\n\r\n", 400, true),
	    ROW("chunk size", LINE("POST /echo")
		"Transfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n", 400, true),
	    ROW("star", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", 400, true),
	    ROW("rubbish", "\x16\x03\x01\x02\x00\x01\r\n\r\n", 0, true),
#undef ROW
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int fd = dial();
		struct reply r;

		say(fd, rows[i].bytes);
		hear(fd, &r, true);
		if (r.status != rows[i].status)
			print_error("%s: %d\n", rows[i].name, r.status);
		check_row(r.status == rows[i].status, rows[i].name);
		while (rows[i].closes && hear_more(fd, &r.b))
			; /* the library may send its 400 twice */
		check_row(!r.b.n || times_in(r.b.p, " 200 OK") ==
			(r.status == 200), rows[i].name);
		if (rows[i].closes)
			check_row(is_closed(fd), rows[i].name);
		close(fd);
		talloc_free(r.mem);
	}
}

static void
methods_and_paths_have_their_answers(void **state)
{
	static const struct {
		const char *request;
		int status;
		const char *body, *allow;
	} rows[] = {
	    {GET("/tickets/42"), 200, "ticket 42", NULL},
	    {GET("/tickets/42?a=b"), 200, "ticket 42", NULL},
	    {GET("/tickets/42?a=%zz"), 400, "failed: malformed []", NULL},
	    {GET("/tickets/42?a=%ff"), 400, "failed: malformed []", NULL},
	    {GET("/tickets/%C3"), 400, "failed: malformed []", NULL},
	    {GET("/%c0%af"), 400, "failed: malformed []", NULL},
	    {GET("/robots.txt%ff"), 400, "failed: malformed []", NULL},
	    {LINE("GET /tickets/42") "Cookie: a=\xff\r\n\r\n", 400,
		"failed: malformed []", NULL},
	    {LINE("GET /nowhere") "Accept-Language: \xc3\r\n\r\n", 400,
		"failed: malformed []", NULL},
	    {LINE("GET /tickets/42") "if-match: \"\xfe\"\r\n\r\n", 400,
		"failed: malformed []", NULL},
	    {LINE("GET /tickets/42") "Idempotency-Key: \xed\xa0\x80\r\n\r\n",
		400, "failed: malformed []", NULL},
	    {LINE("GET /tickets/42") "User-Agent: \xff\r\n\r\n", 200,
		"ticket 42", NULL},
	    {LINE("GET /tickets/42") "Cookie: a=\xc3\xbc\r\n\r\n", 200,
		"ticket 42", NULL},
	    {GET("/tickets/x"), 404, "failed: not-found", NULL},
	    {LINE("HEAD /tickets/42") "\r\n", 200, "", NULL},
	    {LINE("HEAD /nowhere") "\r\n", 404, "", NULL},
	    {LINE("HEAD /echo") "\r\n", 405, "", "POST"},
	    {LINE("POST /tickets/42") "\r\n", 405,
		"failed: method-not-allowed []", "GET, HEAD"},
	    {LINE("OPTIONS /entry") "\r\n", 405,
		"failed: method-not-allowed []", "GET, HEAD, POST"},
	    {LINE("TRACE /") "\r\n", 405, "failed: method-not-allowed []",
		"GET, HEAD"},
	    {LINE("BREW /") "\r\n", 405, "failed: method-not-allowed []",
		"GET, HEAD"},
	    {LINE("POST /robots.txt") "\r\n", 405,
		"failed: method-not-allowed []", "GET, HEAD"},
	    {GET("/secret"), 401, "failed: unauthenticated", NULL},
	    {GET("/boom"), 500, "failed: internal", NULL},
	    {GET("/nothing"), 204, "", NULL},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct reply r;

		ask(rows[i].request, &r);
		check_row(r.status == rows[i].status, rows[i].request);
		check_str(r.body, rows[i].body);
		if (rows[i].allow)
			check_str(reply_header(&r, "Allow"), rows[i].allow);
		talloc_free(r.mem);
	}
}

static void
every_answer_is_guarded(void **state)
{
	static const char *const requests[] = {GET("/"), GET("/nowhere"),
	    GET("/robots.txt"), GET("/%ff"), GET("/a/../b"), GET("/boom")};

	for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
		struct reply r;

		ask(requests[i], &r);
		check_row(reply_header(&r, "Content-Security-Policy").n,
		    requests[i]);
		check_str(reply_header(&r, "X-Content-Type-Options"),
		    "nosniff");
		check_str(reply_header(&r, "Referrer-Policy"), "same-origin");
		check_str(reply_header(&r, "Cross-Origin-Resource-Policy"),
		    "same-origin");
		check_row(!reply_header(&r, "Strict-Transport-Security").p,
		    requests[i]);
		check_row(reply_header(&r, "Date").n, requests[i]);
		talloc_free(r.mem);
	}
}

static void
pages_are_not_kept_and_have_an_id(void **state)
{
	struct reply r, other;

	ask(GET("/"), &r);
	ask(GET("/away"), &other);
	check_str(reply_header(&r, "Cache-Control"), "no-store");
	check_str(reply_header(&r, "Content-Type"),
	    "text/html; charset=utf-8");
	assert_true(reply_header(&r, "X-Request-Id").n > 8);
	assert_string_not_equal(reply_header(&r, "X-Request-Id").p,
	    reply_header(&other, "X-Request-Id").p);
	assert_int_equal(other.status, 303);
	check_str(reply_header(&other, "Location"), "/tickets/7");
	check_str(reply_header(&other, "Set-Cookie"),
	    "a=b; Path=/; HttpOnly; SameSite=Lax");
	talloc_free(r.mem);
	talloc_free(other.mem);
}

static void
assets_are_kept_for_ever(void **state)
{
	struct reply r;

	ask(GET("/static/app.0123abcd.css"), &r);
	assert_int_equal(r.status, 200);
	check_str(r.body, "body{}");
	check_str(reply_header(&r, "Cache-Control"),
	    "public, max-age=31536000, immutable");
	check_str(reply_header(&r, "ETag"), "\"0123abcd4567\"");
	check_str(reply_header(&r, "Vary"), "Accept-Encoding");
	assert_null(reply_header(&r, "Content-Encoding").p);
	talloc_free(r.mem);
	ask(LINE("GET /static/app.0123abcd.css")
	    "Accept-Encoding: br, gzip\r\n\r\n", &r);
	check_str(r.body, "gz");
	check_str(reply_header(&r, "Content-Encoding"), "gzip");
	check_str(reply_header(&r, "ETag"), "\"0123abcd4567-gzip\"");
	talloc_free(r.mem);
	ask(LINE("HEAD /static/app.0123abcd.css") "\r\n", &r);
	assert_int_equal(r.status, 200);
	check_str(reply_header(&r, "Content-Length"), "6");
	talloc_free(r.mem);
	ask(LINE("GET /robots.txt") "If-None-Match: \"77\"\r\n\r\n", &r);
	assert_int_equal(r.status, 304);
	check_str(reply_header(&r, "ETag"), "\"77\"");
	check_str(reply_header(&r, "Cache-Control"), "public, no-cache");
	talloc_free(r.mem);
}

#define FORM  "Content-Type: application/x-www-form-urlencoded\r\n"
#define JSON  "Content-Type: application/json\r\n"
#define BYTES(n) "Content-Length: " #n "\r\n\r\n"

static void
bodies_become_fields(void **state)
{
	static const struct {
		const char *request;
		int status;
		const char *body;
	} rows[] = {
	    {LINE("POST /entry") FORM BYTES(13) "name=Eva&age=5", 200,
		"name=Eva age=0 raw= fine"},
	    {LINE("POST /entry") FORM BYTES(14) "name=Eva&age=5", 200,
		"name=Eva age=5 raw=5 fine"},
	    {GET("/entry?name=Eva&age=5"), 200, "name=Eva age=5 raw=5 fine"},
	    {LINE("POST /entry?age=7") FORM BYTES(8) "name=Eva", 200,
		"name=Eva age=0 raw=7 fine"},
	    {LINE("POST /entry") FORM BYTES(5) "age=x", 422,
		"failed: invalid [name] [age]"},
	    {LINE("POST /entry") BYTES(0), 422, "failed: invalid [name]"},
	    {LINE("POST /entry/kept") FORM BYTES(16) "name=&age=12&c=d", 422,
		"name= age=12 raw=12 must not be empty"},
	    {LINE("POST /entry/kept") FORM BYTES(6) "name=%", 400,
		"failed: malformed []"},
	    {LINE("POST /entry/kept") FORM BYTES(15) "name=a%ff&age=7", 422,
		"name=a\ufffd age=7 raw=7 holds bytes that are no text (UTF-8)"},
	    {LINE("POST /entry/kept") FORM BYTES(12) "name=a&b=%ff", 400,
		"failed: malformed []"},
	    {LINE("POST /entry/kept") FORM BYTES(12) "name=a&%ff=b", 400,
		"failed: malformed []"},
	    {LINE("POST /entry/kept") FORM BYTES(7) "name=a\xff", 400,
		"failed: malformed []"},
	    {LINE("POST /entry") FORM BYTES(9) "name=a%ff", 400,
		"failed: malformed []"},
	    {LINE("POST /echo") FORM BYTES(5) "a=%ff", 400,
		"failed: malformed []"},
	    {LINE("POST /entry") JSON BYTES(2) "{}", 415,
		"failed: media-type []"},
	    {LINE("POST /entry")
		"Content-Type: multipart/form-data; boundary=x\r\n"
		BYTES(2) "--", 415, "failed: media-type []"},
	    {LINE("POST /entry") BYTES(1) "a", 415, "failed: media-type []"},
	    {LINE("POST /entry") "Content-Type: application/x-www-form-url"
		"encoded; charset=latin1\r\n" BYTES(1) "a", 415,
		"failed: media-type []"},
	    {LINE("POST /entry") "Content-Type: Application/X-WWW-form-url"
		"encoded;charset=UTF-8\r\n" BYTES(6) "name=a", 200,
		"name=a age=0 raw=- fine"},
	    {LINE("POST /api/entries") JSON BYTES(22)
		"{\"name\":\"Eva\",\"age\":5}", 200,
		"name=Eva age=5 raw=5 fine"},
	    {LINE("POST /api/entries") JSON BYTES(22)
		"{\"name\":\"Eva\",\"aeg\":5}", 422, "failed: invalid [aeg]"},
	    {LINE("POST /api/entries") JSON BYTES(1) "{", 400,
		"failed: malformed []"},
	    {LINE("POST /api/entries") FORM BYTES(6) "name=a", 415,
		"failed: media-type []"},
	    {LINE("PUT /file") "Content-Type: image/png\r\n" BYTES(3) "abc",
		200, "3 bytes"},
	    {LINE("POST /echo") FORM "Transfer-Encoding: chunked\r\n\r\n"
		"3\r\na=b\r\n2;x=y\r\n&c\r\n0\r\nX: trailer\r\n\r\n", 200,
		"5 bytes"},
	    {LINE("POST /entry") FORM "Sec-Fetch-Site: cross-site\r\n"
		BYTES(6) "name=a", 403, "failed: forbidden []"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct reply r;

		ask(rows[i].request, &r);
		check_row(r.status == rows[i].status, rows[i].request);
		check_str(r.body, rows[i].body);
		talloc_free(r.mem);
	}
}

static void
post_bytes(int fd, const char *path, size_t n)
{
	void *mem = talloc_new(NULL);
	struct str head = str_printf(mem, "POST %s HTTP/1.1\r\nHost: h\r\n"
	    FORM "Content-Length: %zu\r\n\r\n", path, n);
	char *body = talloc_size(mem, n);

	memset(body, 'a', n);
	say(fd, head);
	say(fd, (struct str){body, n});
	talloc_free(mem);
}

/* The body is read although nobody wants it, so that the answer arrives, and
 * the connection lives on. */
static void
large_bodies_are_refused_politely(void **state)
{
	static const char *const paths[] = {"/echo", "/entry/kept"};
	int fd = dial();
	struct reply r;

	for (size_t i = 0; i < 2; i++) {
		post_bytes(fd, paths[i], BODY_BYTES);
		hear(fd, &r, true);
		check_row(r.status != 413, paths[i]);
		talloc_free(r.mem);
		post_bytes(fd, paths[i], BODY_BYTES + 1);
		hear(fd, &r, true);
		assert_int_equal(r.status, 413);
		check_str(r.body, "failed: too-large []");
		talloc_free(r.mem);
	}
	SAY(fd, GET("/"));
	hear(fd, &r, true);
	assert_int_equal(r.status, 200);
	talloc_free(r.mem);
	close(fd);
}

static void
huge_bodies_are_not_even_read(void **state)
{
	int fd = dial();
	struct reply r;

	SAY(fd, LINE("POST /echo") "Content-Length: 999999999999\r\n\r\n");
	hear(fd, &r, true);
	assert_int_equal(r.status, 413);
	check_str(r.body, "failed: too-large []");
	assert_true(is_closed(fd));
	talloc_free(r.mem);
	close(fd);
	fd = dial();
	SAY(fd, LINE("POST /echo") "Content-Length: 5000\r\n"
	    "Expect: 100-continue\r\n\r\n");
	hear(fd, &r, true);
	assert_int_equal(r.status, 413);
	assert_true(is_closed(fd));
	talloc_free(r.mem);
	close(fd);
	fd = dial();
	SAY(fd, LINE("POST /echo") "Transfer-Encoding: chunked\r\n\r\n"
	    "fffffff\r\n");
	post_bytes(fd, "", BODY_BYTES + DRAINED_BYTES + 100000);
	hear(fd, &r, true);
	assert_int_equal(r.status, 0);
	talloc_free(r.mem);
	close(fd);
}

/* The answer to a request is the end of the one before it. */
static void
ended_before(int fd)
{
	struct reply r;

	SAY(fd, GET("/tickets/3"));
	hear(fd, &r, true);
	assert_int_equal(r.status, 200);
	check_str(r.body, "ticket 3");
	talloc_free(r.mem);
}

/* Who sends a file is asked behind its head: a stranger is told so before any of
 * it is there. */
static void
strangers_files_are_not_read(void **state)
{
	static const char *const heads[] = {
	    LINE("PUT /vault") "Content-Length: 3\r\n"
		"Expect: 100-continue\r\n\r\n",
	    LINE("PUT /vault") "Transfer-Encoding: chunked\r\n"
		"Expect: 100-continue\r\n\r\n",
	};
	struct reply r;
	int fd;

	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
		fd = dial();
		say(fd, str_of(heads[i]));
		hear(fd, &r, true);
		check_row(r.status == 401, heads[i]);
		check_str(r.body, "failed: unauthenticated");
		check_row(is_closed(fd), heads[i]);
		talloc_free(r.mem);
		close(fd);
	}
	fd = dial();
	SAY(fd, LINE("PUT /vault") "Transfer-Encoding: chunked\r\n\r\n"
	    "fffffff\r\n");
	post_bytes(fd, "", DRAINED_BYTES + 100000);
	hear(fd, &r, true);
	assert_int_equal(r.status, 0);
	talloc_free(r.mem);
	close(fd);
}

/* What is not too long is thrown away, so that the answer arrives, and the
 * connection lives on. */
static void
strangers_are_refused_politely(void **state)
{
	static const char *const requests[] = {
	    LINE("PUT /vault") BYTES(3) "abc",
	    LINE("PUT /vault") BYTES(0),
	    LINE("PUT /vault") "Transfer-Encoding: chunked\r\n\r\n"
		"3\r\nabc\r\n0\r\n\r\n",
	};
	int fd = dial();
	struct reply r;

	for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
		say(fd, str_of(requests[i]));
		hear(fd, &r, true);
		check_row(r.status == 401, requests[i]);
		check_str(r.body, "failed: unauthenticated");
		talloc_free(r.mem);
	}
	ended_before(fd);
	close(fd);
}

static void
those_who_ask_first_are_told_to_go_on(void **state)
{
	static const char *const heads[] = {LINE("POST /echo") FORM,
	    LINE("PUT /file")};

	for (size_t i = 0; i < 2; i++) {
		int fd = dial();
		struct reply r;

		say(fd, str_of(heads[i]));
		SAY(fd, "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
		hear(fd, &r, false);
		assert_int_equal(r.status, 100);
		talloc_free(r.mem);
		SAY(fd, "a=b");
		hear(fd, &r, true);
		assert_int_equal(r.status, 200);
		check_str(r.body, "3 bytes");
		talloc_free(r.mem);
		close(fd);
	}
}

static void
requests_may_follow_each_other_at_once(void **state)
{
	int fd = dial();
	void *mem = talloc_new(NULL);
	struct buf b;

	buf_init(&b, mem, 1 << 20);
	SAY(fd, GET("/tickets/1") GET("/robots.txt") GET("/nowhere")
	    LINE("POST /echo") FORM BYTES(3) "a=b" LINE("GET /tickets/2")
	    "Connection: close\r\n\r\n");
	while (hear_more(fd, &b))
		;
	assert_int_equal(times_in(b.p, "HTTP/1.1 200 OK\r\n"), 4);
	assert_int_equal(times_in(b.p, "HTTP/1.1 404 Not Found\r\n"), 1);
	assert_true(strstr(b.p, "ticket 1") < strstr(b.p, "not-found"));
	assert_true(strstr(b.p, "not-found") < strstr(b.p, "3 bytes"));
	assert_true(strstr(b.p, "3 bytes") < strstr(b.p, "ticket 2"));
	talloc_free(mem);
	close(fd);
}

static void
large_answers_arrive_whole(void **state)
{
	struct reply r;

	ask(GET("/big"), &r);
	assert_int_equal(r.status, 200);
	assert_int_equal(r.body.n, BIG_BYTES);
	assert_memory_equal(r.body.p + BIG_BYTES - 8, "12345678", 9);
	talloc_free(r.mem);
}

/* As long a head as is taken, whose buffer has to grow. */
static void
long_heads_are_no_attack(void **state)
{
	void *mem = talloc_new(NULL);
	int fd = dial();
	struct buf b;
	struct reply r;

	buf_init(&b, mem, 1 << 20);
	buf_puts(&b, LINE("GET /tickets/5"));
	for (int i = 0; i < 50; i++)
		buf_printf(&b, "X-Head-%d: %0200d\r\n", i, i);
	buf_puts(&b, "\r\n");
	for (size_t at = 0; at < b.n; at += 1000) {
		say(fd, (struct str){b.p + at,
		    b.n - at < 1000 ? b.n - at : 1000});
		usleep(500);
	}
	hear(fd, &r, true);
	assert_int_equal(r.status, 200);
	check_str(r.body, "ticket 5");
	talloc_free(r.mem);
	close(fd);
	fd = dial();
	b.n -= 2; /* its empty line */
	for (int i = 0; i < 200; i++)
		buf_printf(&b, "X-More-%d: %0200d\r\n", i, i);
	say(fd, buf_get(&b));
	hear(fd, &r, true);
	assert_true(r.status == 431 || r.status == 0);
	assert_true(is_closed(fd));
	talloc_free(r.mem);
	close(fd);
	talloc_free(mem);
}

/* ---- Errors and retries ------------------------------------------------- */

static void
busy_work_is_run_again(void **state)
{
	struct reply r;

	atomic_store(&busy_left, 3);
	atomic_store(&busy_runs, 0);
	ask(GET("/busy"), &r);
	assert_int_equal(r.status, 200);
	check_str(r.body, "done"); /* once, in fresh memory */
	assert_int_equal(atomic_load(&busy_runs), 4);
	talloc_free(r.mem);
	atomic_store(&busy_left, 99);
	atomic_store(&busy_runs, 0);
	ask(GET("/busy"), &r);
	assert_int_equal(r.status, 503);
	check_str(r.body, "failed: busy");
	check_str(reply_header(&r, "Retry-After"), "1");
	assert_null(reply_header(&r, "X-Mark").p);
	assert_int_equal(atomic_load(&busy_runs), 4);
	talloc_free(r.mem);
}

static void
errors_keep_the_connection(void **state)
{
	int fd = dial();

	for (int i = 0; i < 3; i++) {
		static const char *const requests[] = {GET("/boom"),
		    GET("/nowhere"), LINE("PUT /") "\r\n"};
		static const int status[] = {500, 404, 405};
		struct reply r;

		say(fd, str_of(requests[i]));
		hear(fd, &r, true);
		assert_int_equal(r.status, status[i]);
		assert_null(reply_header(&r, "Connection").p);
		talloc_free(r.mem);
	}
	close(fd);
}

/* ---- Clients that leave, that dawdle, that come in crowds --------------- */

static void
wait_for(atomic_int *what, int value)
{
	for (int i = 0; i < PATIENCE_MS && atomic_load(what) != value; i++)
		usleep(1000);
	assert_int_equal(atomic_load(what), value);
}

static void
clients_may_leave_while_their_handler_runs(void **state)
{
	int fd[3];
	struct reply r;

	atomic_store(&at_gate, 0);
	pthread_mutex_lock(&gate);
	for (int i = 0; i < 3; i++) {
		fd[i] = dial();
		SAY(fd[i], GET("/gated"));
	}
	wait_for(&at_gate, 3);
	close(fd[0]);
	shutdown(fd[1], SHUT_WR);
	pthread_mutex_unlock(&gate);
	hear(fd[1], &r, true); /* half gone may be gone: nothing is promised */
	talloc_free(r.mem);
	hear(fd[2], &r, true);
	assert_int_equal(r.status, 200);
	talloc_free(r.mem);
	close(fd[1]);
	close(fd[2]);
	ask(GET("/"), &r);
	assert_int_equal(r.status, 200);
	talloc_free(r.mem);
}

static int
crowded_begin(void **state)
{
	server_begin((struct http_options){.workers = 1, .queue = 2});
	return 0;
}

/* Which of them is answered first. */
static int
first_answered(const int *fd, int n)
{
	struct pollfd p[4] = {{0}};
	int i = 0;

	for (int k = 0; k < n; k++)
		p[k] = (struct pollfd){.fd = fd[k], .events = POLLIN};
	assert_true(poll(p, (nfds_t)n, PATIENCE_MS) > 0);
	while (i < n && !p[i].revents)
		i++;
	return i;
}

/* One runs, two may wait: of three that come then, one is refused. */
static void
crowds_are_asked_to_come_back(void **state)
{
	struct reply r;
	int fd[4], refused;

	atomic_store(&at_gate, 0);
	pthread_mutex_lock(&gate);
	for (int i = 0; i < 4; i++) {
		fd[i] = dial();
		SAY(fd[i], GET("/gated"));
		if (i == 0)
			wait_for(&at_gate, 1);
	}
	refused = first_answered(fd, 4);
	hear(fd[refused], &r, true);
	assert_int_equal(r.status, 503);
	check_str(reply_header(&r, "Retry-After"), "1");
	talloc_free(r.mem);
	SAY(fd[refused], GET("/robots.txt")); /* assets need no worker */
	hear(fd[refused], &r, true);
	assert_int_equal(r.status, 200);
	talloc_free(r.mem);
	pthread_mutex_unlock(&gate);
	for (int i = 0; i < 4; i++) {
		if (i != refused) {
			hear(fd[i], &r, true);
			assert_int_equal(r.status, 200);
			talloc_free(r.mem);
		}
		close(fd[i]);
	}
}

enum { BUDGET_BYTES = 32 << 10, HALF_BYTES = 40000, LARGE_BYTES = 80000 };

static int
frugal_begin(void **state)
{
	server_begin((struct http_options){.bodies_bytes = BUDGET_BYTES});
	return 0;
}

static void
put_begin(int fd, const char *path, size_t whole, size_t sent)
{
	void *mem = talloc_new(NULL);
	struct str head = str_printf(mem, "PUT %s HTTP/1.1\r\nHost: h\r\n"
	    "Content-Length: %zu\r\n\r\n", path, whole);

	say(fd, head);
	say(fd, (struct str){talloc_zero_size(mem, sent), sent});
	talloc_free(mem);
}

/* Sends a whole body; returns the answer's status. What it held is free then.
 */
static int
put(size_t bytes)
{
	struct reply r;
	int fd = dial(), status;

	put_begin(fd, "/file", bytes, bytes);
	hear(fd, &r, true);
	status = r.status;
	if (status == 503) {
		check_str(r.body, "failed: busy []");
		check_str(reply_header(&r, "Retry-After"), "1");
	} else if (status == 200) {
		ended_before(fd);
	}
	talloc_free(r.mem);
	close(fd);
	return status;
}

/* Many connections that each hold a large body would fill the memory. Past the
 * budget the next is refused as a whole; what is small is taken; and what has
 * been answered is free again. */
static void
all_bodies_together_have_a_budget(void **state)
{
	struct reply r;
	int fd = dial();

	atomic_store(&at_gate, 0);
	pthread_mutex_lock(&gate);
	put_begin(fd, "/held", HALF_BYTES, HALF_BYTES);
	wait_for(&at_gate, 1); /* all of it has come */
	assert_int_equal(put(HALF_BYTES), 503);
	ask(LINE("POST /entry") FORM BYTES(8) "name=Eva", &r);
	assert_int_equal(r.status, 200);
	talloc_free(r.mem);
	pthread_mutex_unlock(&gate);
	hear(fd, &r, true);
	assert_int_equal(r.status, 200);
	check_str(r.body, "40000 bytes");
	talloc_free(r.mem);
	ended_before(fd);
	close(fd);
	assert_int_equal(put(HALF_BYTES), 200);
	assert_int_equal(put(LARGE_BYTES), 503); /* alone, too */
	assert_int_equal(put(HALF_BYTES), 200);
}

static int
frugal_hasty_begin(void **state)
{
	server_begin((struct http_options){.bodies_bytes = BUDGET_BYTES,
	    .body_ms = 300});
	return 0;
}

/* A body whose rest does not come is free again, once it was given up. */
static void
a_body_given_up_is_free_again(void **state)
{
	int status = 0;

	for (int i = 0; i < 3; i++) {
		int fd = dial();

		put_begin(fd, "/file", HALF_BYTES + 1, HALF_BYTES);
		assert_true(is_closed(fd));
		close(fd);
	}
	for (int i = 0; i < PATIENCE_MS && status != 200; i++) {
		status = put(HALF_BYTES);
		usleep(1000);
	}
	assert_int_equal(status, 200);
}

static int
hasty_begin(void **state)
{
	server_begin((struct http_options){.head_ms = 200, .body_ms = 300});
	return 0;
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Sends a byte now and then; how long that was borne. */
static int64_t
dawdle(const char *before, const char *drop)
{
	int64_t start = now_ms();
	int fd = dial();
	struct pollfd p = {.fd = fd, .events = POLLIN};

	say(fd, str_of(before));
	while (now_ms() - start < 3000 && poll(&p, 1, 20) == 0)
		say(fd, str_of(drop));
	close(fd);
	return now_ms() - start;
}

static void
dawdlers_are_cut_off(void **state)
{
	static const struct {
		const char *before, *drop;
	} rows[] = {
	    {"", ""},
	    {"GET / HT", "T"},
	    {"GET / HTTP/1.1\r\nX: ", "a"},
	    {LINE("POST /echo") FORM "Content-Length: 4000\r\n\r\n", "a"},
	    {LINE("POST /echo") FORM "Transfer-Encoding: chunked\r\n\r\n",
		"1\r\na\r\n"},
	};
	struct reply r;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t borne = dawdle(rows[i].before, rows[i].drop);

		check_row(borne >= 150 && borne < 1500, rows[i].before);
	}
	ask(GET("/"), &r);
	assert_int_equal(r.status, 200);
	talloc_free(r.mem);
}

/* A handler may take as long as it needs. */
static void
waiting_for_a_handler_is_no_dawdling(void **state)
{
	int fd = dial();
	struct reply r;

	atomic_store(&at_gate, 0);
	pthread_mutex_lock(&gate);
	SAY(fd, GET("/gated"));
	wait_for(&at_gate, 1);
	usleep(800000);
	pthread_mutex_unlock(&gate);
	hear(fd, &r, true);
	assert_int_equal(r.status, 200);
	talloc_free(r.mem);
	close(fd);
}

/* ---- Start and stop ----------------------------------------------------- */

static void *
stop_main(void *arg)
{
	http_stop(server);
	return NULL;
}

static void
stopping_finishes_what_runs(void **state)
{
	pthread_t stopper;
	int fd[6], idle;
	struct reply r;

	atomic_store(&starts, 0);
	atomic_store(&stops, 0);
	atomic_store(&at_gate, 0);
	server_begin((struct http_options){.workers = 2});
	idle = dial();
	pthread_mutex_lock(&gate);
	for (int i = 0; i < 6; i++) {
		fd[i] = dial();
		SAY(fd[i], GET("/gated"));
	}
	wait_for(&at_gate, 2);
	usleep(100000); /* the others are queued by now */
	pthread_create(&stopper, NULL, stop_main, NULL);
	usleep(50000);
	pthread_mutex_unlock(&gate);
	for (int i = 0; i < 6; i++) {
		hear(fd[i], &r, true);
		assert_int_equal(r.status, 200);
		check_str(reply_header(&r, "Connection"), "close");
		assert_true(is_closed(fd[i]));
		talloc_free(r.mem);
		close(fd[i]);
	}
	pthread_join(stopper, NULL);
	assert_true(is_closed(idle));
	close(idle);
	assert_int_equal(atomic_load(&starts), 2);
	assert_int_equal(atomic_load(&stops), 2);
	server = NULL;
}

#define LATER(body)                                                            \
	LINE("POST /later") "Content-Type: application/octet-stream\r\n"       \
	"Content-Length: 1\r\n\r\n" body

static void
answers_may_come_later(void **state)
{
	struct reply r;

	ask(LATER("="), &r);
	assert_int_equal(r.status, 200);
	check_str(r.body, "at once");
	talloc_free(r.mem);
	ask(LATER("x"), &r);
	assert_int_equal(r.status, 200);
	check_str(r.body, "by another thread");
	talloc_free(r.mem);
	pthread_join(postman, NULL);
	ask(LATER("!"), &r);
	assert_int_equal(r.status, err_status(ERR_EVIDENCE));
	check_str(r.body, "failed: evidence-missing [proof]");
	talloc_free(r.mem);
	pthread_join(postman, NULL);
	ask(LINE("POST /later") "Content-Length: 0\r\n\r\n", &r);
	assert_int_equal(r.status, err_status(ERR_INVALID));
	talloc_free(r.mem);
}

static void
stopping_waits_for_answers_to_come(void **state)
{
	pthread_t stopper;
	struct reply r;
	int fd;

	atomic_store(&at_gate, 0);
	server_begin((struct http_options){.workers = 1});
	fd = dial();
	pthread_mutex_lock(&gate);
	SAY(fd, LATER("x"));
	wait_for(&at_gate, 1);
	pthread_create(&stopper, NULL, stop_main, NULL);
	usleep(50000);
	pthread_mutex_unlock(&gate);
	hear(fd, &r, true);
	assert_int_equal(r.status, 200);
	check_str(reply_header(&r, "Connection"), "close");
	talloc_free(r.mem);
	close(fd);
	pthread_join(postman, NULL);
	pthread_join(stopper, NULL);
	server = NULL;
}

/* One after the other on one connection, until the server hangs up. */
static atomic_int asked;

static void *
pester(void *arg)
{
	const int *fd = arg;
	void *mem = talloc_new(NULL);
	struct buf b;

	buf_init(&b, mem, 1 << 20);
	do {
		b.n = 0;
		SAY(*fd, GET("/tickets/1") GET("/tickets/2"));
		atomic_fetch_add(&asked, 1);
	} while (hear_more(*fd, &b));
	close(*fd);
	talloc_free(mem);
	return NULL;
}

/* The loop threads hand on what arrives until the very end. */
static void
stopping_under_load_frees_nothing_too_early(void **state)
{
	enum { PESTERERS = 8, ROUNDS = 5 };
	pthread_t pesterer[PESTERERS];
	int fd[PESTERERS];

	for (int round = 0; round < ROUNDS; round++) {
		atomic_store(&asked, 0);
		server_begin((struct http_options){.workers = 2, .queue = 4});
		for (int i = 0; i < PESTERERS; i++) {
			fd[i] = dial();
			pthread_create(&pesterer[i], NULL, pester, &fd[i]);
		}
		for (int i = 0; i < PATIENCE_MS && atomic_load(&asked) < 100;
		     i++)
			usleep(1000);
		http_stop(server);
		for (int i = 0; i < PESTERERS; i++)
			pthread_join(pesterer[i], NULL);
		assert_true(atomic_load(&asked) >= 100);
	}
	server = NULL;
}

static void
addresses_are_told_apart(void **state)
{
	static const char *const none[] = {"", "8080", "localhost:80", ":80",
	    "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "[::1:80"};
	static const struct http_app app = {.may = may, .failed = failed};
	struct http_options o = {.workers = 1};
	struct http_server *s = NULL;
	void *mem = talloc_new(NULL);
	struct str why;

	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
		o.listen = none[i];
		check_row(http_start(&o, &app, &s, &why, mem) == ERR_INVALID,
		    none[i]);
		assert_true(why.n > 0);
	}
	o.listen = str_printf(mem, "127.0.0.1:%d", http_port(server)).p;
	assert_int_equal(http_start(&o, &app, &s, &why, mem), ERR_BUSY);
	assert_non_null(strstr(why.p, "127.0.0.1"));
	talloc_free(mem);
}

static int
proxied_begin(void **state)
{
	server_begin((struct http_options){.behind_proxy = true});
	return 0;
}

static void
only_proxies_are_believed(void **state)
{
	static const char request[] = LINE("GET /who")
	    "X-Forwarded-For: 10.9.9.9, 192.0.2.7\r\n"
	    "X-Forwarded-Proto: https\r\n\r\n";
	struct reply r;

	ask(request, &r);
	check_str(r.body, "192.0.2.7 secure");
	assert_true(reply_header(&r, "Strict-Transport-Security").n > 0);
	talloc_free(r.mem);
	/* a proxy that writes a line of its own behind the client's */
	ask(LINE("GET /who") "X-Forwarded-For: 10.9.9.9\r\n"
	    "X-Forwarded-Proto: http\r\nX-Forwarded-For: 192.0.2.7\r\n"
	    "X-Forwarded-Proto: https\r\n\r\n", &r);
	check_str(r.body, "192.0.2.7 secure");
	talloc_free(r.mem);
	ask(LINE("GET /who") "X-Forwarded-For: <script>\r\n\r\n", &r);
	check_str(r.body, "127.0.0.1 plain");
	talloc_free(r.mem);
	http_stop(server);
	server_begin((struct http_options){0});
	ask(request, &r);
	check_str(r.body, "127.0.0.1 plain");
	talloc_free(r.mem);
}

#define ON_PLAIN(test)                                                         \
	cmocka_unit_test_setup_teardown(test, plain_begin, any_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    ON_PLAIN(raw_probes_are_refused_or_understood),
	    ON_PLAIN(methods_and_paths_have_their_answers),
	    ON_PLAIN(every_answer_is_guarded),
	    ON_PLAIN(pages_are_not_kept_and_have_an_id),
	    ON_PLAIN(assets_are_kept_for_ever),
	    ON_PLAIN(bodies_become_fields),
	    ON_PLAIN(large_bodies_are_refused_politely),
	    ON_PLAIN(huge_bodies_are_not_even_read),
	    ON_PLAIN(strangers_files_are_not_read),
	    ON_PLAIN(strangers_are_refused_politely),
	    ON_PLAIN(those_who_ask_first_are_told_to_go_on),
	    ON_PLAIN(requests_may_follow_each_other_at_once),
	    ON_PLAIN(large_answers_arrive_whole),
	    ON_PLAIN(long_heads_are_no_attack),
	    ON_PLAIN(busy_work_is_run_again),
	    ON_PLAIN(errors_keep_the_connection),
	    ON_PLAIN(clients_may_leave_while_their_handler_runs),
	    ON_PLAIN(addresses_are_told_apart),
	    cmocka_unit_test_setup_teardown(crowds_are_asked_to_come_back,
		crowded_begin, any_end),
	    cmocka_unit_test_setup_teardown(all_bodies_together_have_a_budget,
		frugal_begin, any_end),
	    cmocka_unit_test_setup_teardown(a_body_given_up_is_free_again,
		frugal_hasty_begin, any_end),
	    cmocka_unit_test_setup_teardown(dawdlers_are_cut_off, hasty_begin,
		any_end),
	    cmocka_unit_test_setup_teardown(
		waiting_for_a_handler_is_no_dawdling, hasty_begin, any_end),
	    cmocka_unit_test_setup_teardown(only_proxies_are_believed,
		proxied_begin, any_end),
	    ON_PLAIN(answers_may_come_later),
	    cmocka_unit_test(stopping_finishes_what_runs),
	    cmocka_unit_test(stopping_waits_for_answers_to_come),
	    cmocka_unit_test(stopping_under_load_frees_nothing_too_early),
	};

	secret_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
