/*
 * What is known of every error: its name, its HTTP status and whether trying
 * again may help. The list itself stands in base/err.h, so that a new row
 * cannot be forgotten here. What went wrong in words is base/cx.c's business.
 */
#include <stddef.h>

#include "base/err.h"

static const struct {
	const char *name;
	int status;
	bool again;
} errs[ERR__MAX] = {
#define X(id, name, status, again) [id] = {name, status, again},
    ERR_LIST(X)
#undef X
};

const char *
err_name(enum err e)
{
	return (size_t)e < ERR__MAX ? errs[e].name : "unknown";
}

int
err_status(enum err e)
{
	return (size_t)e < ERR__MAX ? errs[e].status : 500;
}

bool
err_retryable(enum err e)
{
	return (size_t)e < ERR__MAX && errs[e].again;
}
