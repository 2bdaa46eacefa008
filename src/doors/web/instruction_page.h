#pragma once
/*
 * A whole instruction as people read it.
 */
#include "doors/web/instruction_view.h"
#include "http/http.h"
#include "instruction/instruction.h"

void instruction_view_fill(struct http_request *rq,
    const struct instruction *ins, struct instruction_view *v);
