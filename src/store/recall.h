#pragma once
/*
 * What reads were answered of late, for all threads of a store (db_recall). Kept
 * is what was asked for last, by two generations: what is asked for again moves to
 * the young one; when that is full the old one goes.
 */
#include "store/query.h"

struct recall;

struct recall *recall_new(void);
void recall_free(struct recall *r);

/* The rows, copied, which `mem` then owns; false if they are not known. */
bool recall_take(struct recall *r, int64_t state, const struct query *q,
    const struct query_value *v, void *mem, void **rows, size_t *n);

void recall_keep(struct recall *r, int64_t state, const struct query *q,
    const struct query_value *v, void *rows, size_t n);
