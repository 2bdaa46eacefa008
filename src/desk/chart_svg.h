#pragma once
/*
 * What Graphviz says, before it is shown within a page.
 */
#include "base/str.h"

/* The <svg> element of what was said, borrowed; "" if there is none, or if it
 * holds anything but the shapes, texts and links that a chart is made of. */
struct str chart_svg(struct str said);

/* The same without a size of its own, so that it fills its sheet; owned by
 * `mem`. */
struct str chart_sheet(void *mem, struct str svg);
