#pragma once
/*
 * The German texts, compiled in: tools/catalogue.c writes the table from
 * locale/de.po. Only base/i18n.c reads it.
 */
#include <stddef.h>

struct catalogue_row {
	const char *msgid, *text;
};

/* Sorted by strcmp of the message id. */
extern const struct catalogue_row catalogue_de[];
extern const size_t catalogue_de_count;
