#pragma once
/*
 * Reading values out of a YAML tree for the instruction's loader: each takes
 * what the file says, or complains at its place and gives something harmless,
 * so that one pass finds everything that is wrong. Private to this floor.
 */
#include "base/i18n.h"
#include "base/yaml.h"
#include "instruction/instruction.h"
#include "instruction/pattern.h"

struct reader {
	void *mem;             /* what is kept belongs to it */
	void *scratch;         /* what is needed only while loading */
	struct complaints *c;
	struct instruction *ins;
	const struct yaml **step_at; /* where each step stands in the file */
	bool dangling;         /* a target could not be resolved */
};

/* Where a node stands. */
struct place place_of(const struct yaml *y);

/* Whether `y` is a map, after complaining about keys that are not in `known`
 * (words separated by spaces). */
bool read_map(struct reader *r, const struct yaml *y, const char *known);

/* The number of items of a list, at most `max`; 0 and a complaint if it is no
 * list, is empty or is longer. `y` may be NULL: `what` is missing in `in`. */
int read_list(struct reader *r, const struct yaml *in, const struct yaml *y,
    const char *what, int max);

/* A scalar that is not empty; complains if `key` is missing in `map`. */
struct str read_scalar(struct reader *r, const struct yaml *map,
    const char *key);

/* An id: letters, digits and hyphens. */
struct str read_id(struct reader *r, const struct yaml *map);

/* A text in both languages under `key`; p == NULL where it is not given and
 * not `needed`. */
struct text2 read_text2(struct reader *r, const struct yaml *map,
    const char *key, bool needed);

/* A whole number from `least` to `most` under `key`; `otherwise` where it is
 * not given, unless that is negative: then it is missed. */
int read_int(struct reader *r, const struct yaml *map, const char *key,
    int least, int most, int otherwise);

/* A length of time under `key` in milliseconds. */
int64_t read_duration(struct reader *r, const struct yaml *map,
    const char *key);

/* One name or a list of names under `key`, as bits; none if not given. */
uint64_t read_facts(struct reader *r, const struct yaml *map, const char *key);
uint64_t read_evidence(struct reader *r, const struct yaml *map,
    const char *key);
uint64_t read_inputs(struct reader *r, const struct yaml *map,
    const char *key);
uint64_t read_rules(struct reader *r, const struct yaml *map);

/* A list of patterns under `key` (pattern.h). `parts` may be NULL, or a map of
 * names to lists: a pattern's "{name}" stands for any item of that list. */
void read_patterns(struct reader *r, const struct yaml *map, const char *key,
    const struct yaml *parts, bool unicode, struct pattern_list *out);

/* The index of the step that `y` names; -1 and a complaint if there is none. */
int read_step_name(struct reader *r, const struct yaml *y);

/* next, end, then, sets of a map. */
struct target read_target(struct reader *r, const struct yaml *map);

/* The steps (read_steps.c): first all ids, so that steps may name each other,
 * then what stands in them. */
void read_step_ids(struct reader *r, const struct yaml *steps);
void read_steps(struct reader *r);

/* What only the whole graph shows (graph.c). */
void graph_check(struct reader *r, const struct yaml *root);
