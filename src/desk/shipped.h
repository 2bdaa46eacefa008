#pragma once
/*
 * The files that ship inside the program (made by tools/embed from
 * instructions/).
 */
#include "base/str.h"

struct str shipped_instruction(void);
struct str shipped_wording(void);
struct str shipped_prices(void);
struct str shipped_confidential(void);
struct str shipped_synonyms(void);
