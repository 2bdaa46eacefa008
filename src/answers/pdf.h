#pragma once
/*
 * The text of PDF files, by pdftotext (poppler) where it is installed.
 */
#include "base/err.h"
#include "base/str.h"

/* ERR_NOT_FOUND: there is no pdftotext here; others: it could not read the
 * file in the time and memory it has. *out is valid UTF-8 owned by `mem`. */
MUST_CHECK enum err pdf_text(void *mem, struct str bytes, struct str *out);
