#pragma once
/*
 * The crawl's sink: pages become documents of the index of answers.
 */
#include "answers/crawl.h"

extern const struct crawl_sink publish_sink;
