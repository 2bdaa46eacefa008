#pragma once
/*
 * Work that nobody asked for at this moment, on threads of their own.
 */
#include "desk/house.h"

struct jobs;

/* Begins; `mem` owns it. */
struct jobs *jobs_start(void *mem, struct house *house);

/* Ends what is under way and waits for it; it goes on at the next start. */
void jobs_stop(struct jobs *j);
