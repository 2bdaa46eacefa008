#pragma once
/*
 * libcurl's one beginning in a process. Private to this floor.
 */

/* Whoever is about to use it calls this first; dies if it cannot be used. */
void curl_begin(void);
