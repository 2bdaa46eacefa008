#pragma once
/*
 * Whole files into memory.
 */
#include <stdio.h>

#include "base/err.h"
#include "base/str.h"

/* Reads the file into `mem`. ERR_NOT_FOUND if it cannot be opened,
 * ERR_TOO_LARGE past `max` bytes, ERR_INTERNAL if reading fails; errno says
 * more. */
MUST_CHECK enum err file_read(void *mem, const char *path, size_t max,
    struct str *out);

/* The same for what is left of an open one. */
MUST_CHECK enum err file_read_stream(void *mem, FILE *f, size_t max,
    struct str *out);
