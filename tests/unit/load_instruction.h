#pragma once
/*
 * Instructions and wording rules for the tests of the instruction floor.
 */
#include "check.h"

#include "base/file.h"
#include "base/mem.h"
#include "instruction/instruction.h"

/* A file below tests/fixtures, in `mem`; fails the test if there is none. */
static inline struct str
fixture(void *mem, const char *name)
{
	struct str path = str_printf(mem, "%s/%s", getenv("FIXTURES"), name);
	struct str source = {0};

	check_row(file_read(mem, path.p, YAML_BYTES_MAX, &source) == OK, name);
	return source;
}

/* A loaded instruction from there. */
static inline struct instruction *
instruction_fixture(void *mem, const char *name)
{
	struct complaints *c = mem_new(mem, struct complaints);
	struct instruction *ins = NULL;

	complaints_init(c, c, name);
	check_row(
	    instruction_load(mem, fixture(mem, name), c, &ins) == OK, name);
	return ins;
}
