#pragma once
/*
 * The API's description, openapi.json, as it is compiled in (tools/embed.c).
 */
#include "base/str.h"

struct str openapi_json(void);
