/*
 * What the server does where nobody said otherwise. The meaning of each option
 * stands in http.h.
 */
#include "http/options.h"

#include <sys/resource.h>

void
options_take(struct http_options *o, const struct http_options *from)
{
	*o = *from;
	if (!o->clock)
		o->clock = clock_system();
	if (!o->workers)
		o->workers = 32;
	if (!o->body_bytes)
		o->body_bytes = 1 << 20;
	if (!o->file_bytes)
		o->file_bytes = 64 << 20;
	if (!o->bodies_bytes)
		o->bodies_bytes = 256 << 20;
	if (!o->api_prefix)
		o->api_prefix = "/api/";
	if (!o->queue)
		o->queue = 1024;
	if (!o->head_ms)
		o->head_ms = 10000;
	if (!o->body_ms)
		o->body_ms = 60000;
}

unsigned
options_connections(unsigned most)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0 ||
	    files.rlim_cur >= most + 256)
		return most;
	return files.rlim_cur > 512 ? (unsigned)files.rlim_cur - 256 : 256;
}
