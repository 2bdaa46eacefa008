#pragma once
/*
 * Text in Graphviz's HTML-like labels. Private to the drawing.
 */
#include "base/buf.h"

/* A text, escaped. */
void dot_text(struct buf *b, struct str s);

/* A text in lines of about `most` characters, escaped, each with markup before
 * and behind it. A longer word is cut. */
void dot_lines(struct buf *b, struct str s, int most, const char *before,
    const char *behind);
