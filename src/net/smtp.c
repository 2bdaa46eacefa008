/*
 * libcurl's SMTP: TLS, signing in, the dialogue. What is ours is the verdict.
 * The server's last answer decides where there was one; where there was none it
 * matters whether the end of the message has left us, for then the server may
 * have taken it.
 */
#include "net/smtp.h"

#include <curl/curl.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "net/curl_begin.h"

enum { CONNECT_MS = 20000, WHY_MOST = 300 };

struct sending {
	struct str message;
	size_t at;
	bool ended;            /* the message was handed over to its end */
	char line[WHY_MOST];   /* the server's last refusal */
	const atomic_bool *stop;
};

static size_t
give(char *p, size_t size, size_t n, void *arg)
{
	struct sending *s = arg;
	size_t room = size * n, left = s->message.n - s->at;

	if (left > room)
		left = room;
	memcpy(p, s->message.p + s->at, left);
	s->at += left;
	s->ended = left == 0;
	return left;
}

static size_t
hear(char *p, size_t size, size_t n, void *arg)
{
	struct sending *s = arg;
	size_t length = size * n, kept = length;

	if (length == 0 || (*p != '4' && *p != '5'))
		return length;
	if (kept >= sizeof s->line)
		kept = sizeof s->line - 1;
	memcpy(s->line, p, kept);
	s->line[kept] = '\0';
	return length;
}

static int
progress(void *arg, curl_off_t total, curl_off_t now, curl_off_t up_total,
    curl_off_t up_now)
{
	const struct sending *s = arg;

	return !s->ended && s->stop && atomic_load(s->stop);
}

static void
set_up(CURL *c, const struct smtp_server *server, struct sending *s)
{
	curl_easy_setopt(c, CURLOPT_URL, server->url.p);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(c, CURLOPT_USE_SSL,
	    (long)(server->plain_ok ? CURLUSESSL_TRY : CURLUSESSL_ALL));
	if (server->ca_file.n)
		curl_easy_setopt(c, CURLOPT_CAINFO, server->ca_file.p);
	if (server->user.n) {
		curl_easy_setopt(c, CURLOPT_USERNAME, server->user.p);
		curl_easy_setopt(c, CURLOPT_PASSWORD, server->password.p);
	}
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)server->time_ms);
	curl_easy_setopt(c, CURLOPT_SERVER_RESPONSE_TIMEOUT,
	    (long)server->time_ms / 1000 + 1);
	curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(c, CURLOPT_READDATA, s);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, hear);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, s);
	curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, progress);
	curl_easy_setopt(c, CURLOPT_XFERINFODATA, s);
}

/* Answers that complain about how we are set up, not about the mail. */
static bool
is_about_us(CURLcode code, long status)
{
	return code == CURLE_LOGIN_DENIED || status == 530 || status == 534 ||
	    status == 535 || status == 538;
}

static enum smtp_end
end_of(CURLcode code, long status, const struct sending *s)
{
	if (code == CURLE_OK)
		return SMTP_SENT;
	if (is_about_us(code, status))
		return SMTP_TEMPORARY;
	if (status >= 500 && status < 600)
		return SMTP_PERMANENT;
	if (status >= 400 && status < 500)
		return SMTP_TEMPORARY;
	if (s->ended)
		return SMTP_UNCLEAR;
	return code == CURLE_ABORTED_BY_CALLBACK ? SMTP_STOPPED
						 : SMTP_TEMPORARY;
}

/* The server's refusal in its own words, else what went wrong on the way. */
static struct str
why_of(void *mem, CURLcode code, long status, const struct sending *s)
{
	struct str said = text_repair(mem, str_of(s->line));

	if (status >= 400 && said.n)
		return text_line(mem, said);
	return str_of(curl_easy_strerror(code));
}

enum smtp_end
smtp_send(void *mem, const struct smtp_server *server, struct str from,
    struct str to, struct str message, const atomic_bool *stop,
    struct str *why)
{
	struct sending s = {.message = message, .stop = stop};
	struct curl_slist *rcpt = NULL;
	enum smtp_end end;
	long status = 0;
	CURLcode code;
	CURL *c;

	curl_begin();
	c = mem_sure(curl_easy_init());
	set_up(c, server, &s);
	rcpt = mem_sure(curl_slist_append(NULL, to.p));
	curl_easy_setopt(c, CURLOPT_MAIL_FROM, from.p);
	curl_easy_setopt(c, CURLOPT_MAIL_RCPT, rcpt);
	code = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	end = end_of(code, status, &s);
	*why = why_of(mem, code, status, &s);
	curl_slist_free_all(rcpt);
	curl_easy_cleanup(c);
	return end;
}
