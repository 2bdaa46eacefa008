#pragma once
/*
 * Words that say the same to whoever calls a help desk and to whoever writes its
 * website: "Kennwort" and "Passwort", "geht nicht" and "Störung". They are a file
 * that each house may make its own (instructions/synonyms.yaml says how); what it
 * joins counts less than the word itself. How they are looked up: parts.h.
 */
#include "base/yaml.h"

enum {
	KIN_GROUPS_MOST = 2000,
	KIN_GROUP_MOST = 40,    /* words or sayings of a group */
	KIN_SAYING_MOST = 4,    /* words of a saying */
};

/* Immutable once loaded. */
struct kin;

/* Loads the file; ERR_INVALID, and `c` says where and why. */
MUST_CHECK enum err kin_load(void *mem, struct str source, struct complaints *c,
    struct kin **out);
