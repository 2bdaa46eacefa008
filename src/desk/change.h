#pragma once
/*
 * What an edit changed, for its event: {"name":{"before":"…","after":"…"}}.
 * What stayed the same is left out.
 */
#include "desk/event.h"

/* Notes the member if the two differ; true if they do. */
bool change_text(struct event *e, const char *name, struct str before,
    struct str after);
