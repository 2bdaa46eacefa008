#pragma once
/*
 * What stands in braces in an instruction's texts: {price}, {order} and
 * {employee} are known in a call alone (read_steps.c says where they may
 * stand).
 */
#include "base/i18n.h"

/* The text with each brace's value in its place; `value` is given the name
 * between the braces. Owned by `mem`, or `text` itself if it has none. */
struct str braces_fill(void *mem, struct str text,
    struct str (*value)(void *arg, struct str name), void *arg);

/* The same outside of a call, for charts and reading: "[Preis]". */
struct str braces_shown(void *mem, enum lang lang, struct str text);
