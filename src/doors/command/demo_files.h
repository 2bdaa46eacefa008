#pragma once
/*
 * The demo company's files, inside the program (made by tools/embed from
 * demo/).
 */
#include "base/str.h"

struct str demo_customers_csv(void);
struct str demo_calls_yaml(void);
struct str demo_answers_yaml(void);
