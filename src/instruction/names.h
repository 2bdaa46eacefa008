#pragma once
/*
 * What the closed sets are called where people read: message ids, to be given
 * to tr() (base/i18n.h). How the file spells them is in vocabulary.h.
 */
#include "instruction/vocabulary.h"

/* How a matter ended, for example "written as a ticket". */
const char *outcome_words(enum outcome outcome);

/* What is asked of a fact, for example "Is a contract running?" */
const char *fact_question(enum fact fact);

/* What a field takes, for example "the exact question"; "" for none. */
const char *input_words(enum input input);

/* What is on record, for example "the question was read back". */
const char *evidence_words(enum evidence evidence);
