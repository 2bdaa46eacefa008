#pragma once
/*
 * The sample pages' data: only what surrounds them; the rest stands in
 * look.html as it is.
 */
#include "doors/web/views.h"

struct look_view {
	struct frame frame;
	int64_t elapsed_ms, now_ms, recent_ms;
};
