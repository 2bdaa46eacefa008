/*
 * A server that has nothing but files; all else does not exist.
 */
#include "demo_site.h"

#include "base/mem.h"

static void *
worker_start(void *arg)
{
	return arg;
}

static void
worker_stop(void *worker)
{
}

static enum err
may(struct http_request *rq)
{
	return OK;
}

static void
failed(struct http_request *rq, enum err e)
{
	buf_puts(&rq->response.body,
	    "<!doctype html>\n<html lang=\"de\"><head><meta charset=\"utf-8\">"
	    "<title>Seite nicht gefunden</title></head>"
	    "<body><h1>Seite nicht gefunden</h1>"
	    "<p><a href=\"/\">Zur Startseite</a></p></body></html>\n");
}

static void
name_it(struct config *config, void *mem, int port)
{
	struct str *host = mem_new(mem, struct str);
	struct str *url = mem_new(mem, struct str);

	if (config->sites.n)
		return;
	*host = str_printf(mem, "%.*s:%d", STR_FMT(config->demo_site.host),
	    port);
	*url = str_printf(mem, "http://%.*s/", STR_FMT(*host));
	config->sites = (struct config_list){url, 1};
	config->private_hosts = (struct config_list){host, 1};
	config->crawl_pause_ms = 0; /* nobody else is served there */
}

enum err
demo_site_start(struct config *config, void *mem, struct http_server **out,
    struct str *why)
{
	const struct http_app app = {.assets = demo_site_files,
	    .n_assets = demo_site_files_n,
	    .worker_start = worker_start,
	    .worker_stop = worker_stop,
	    .may = may,
	    .failed = failed};
	struct http_options o = {.workers = 1, .clock = clock_system()};
	enum err e;

	*out = NULL;
	if (!config->demo_site.host.n)
		return OK;
	o.listen = str_printf(mem, "%.*s:%d", STR_FMT(config->demo_site.host),
	    config->demo_site.port).p;
	if ((e = http_start(&o, &app, out, why, mem)) == OK)
		name_it(config, mem, http_port(*out));
	return e;
}
