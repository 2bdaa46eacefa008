#pragma once
/*
 * What all HTTP doors share: each request carries a `struct desk` that serve.c
 * made for it. Doors have no rules of their own.
 */
#include "desk/desk.h"
#include "http/http.h"

/* The unit of work behind a request. */
static inline struct desk *
door_desk(struct http_request *rq)
{
	return rq->who;
}
