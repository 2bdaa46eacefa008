#pragma once
/*
 * Handlers of the pages about the instruction's versions.
 */
#include "desk/instruction_version.h"
#include "http/http.h"

struct version_post {
	int64_t base;
	struct str source, note;
	struct str proved;     /* the digest of what was proved, in hex */
	bool activate;         /* not only prove it */
};

enum err web_versions(struct http_request *rq);
enum err web_version(struct http_request *rq);
enum err web_version_sign(struct http_request *rq);
enum err web_version_new(struct http_request *rq);
enum err web_version_load(struct http_request *rq);
