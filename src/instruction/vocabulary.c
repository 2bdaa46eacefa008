/*
 * The names of the closed sets, both ways. There is nothing here but tables
 * made from the lists in the header: what a fact means, when evidence is on
 * record and what an outcome does is the desk's knowledge, and which of them a
 * house uses stands in its instruction file.
 */
#include "instruction/vocabulary.h"

#define X(id, name, of_call) [id] = (name),
static const char *const evidences[] = {EVIDENCE_LIST(X)};
#undef X
#define X(id, name) [id] = (name),
static const char *const facts[] = {FACT_LIST(X)};
static const char *const inputs[] = {INPUT_LIST(X)};
static const char *const outcomes[] = {OUTCOME_LIST(X)};
static const char *const keepers[] = {KEEPER_LIST(X)};
#undef X

_Static_assert(FACT__MAX <= 64 && EVIDENCE__MAX <= 64 && INPUT__MAX <= 64,
    "the sets travel as 64 bits");

static int
index_of(const char *const *names, int n, struct str name)
{
	int i = 0;

	while (i < n && !str_is(name, names[i]))
		i++;
	return i;
}

const char *
fact_name(enum fact fact)
{
	return facts[fact];
}

const char *
evidence_name(enum evidence evidence)
{
	return evidences[evidence];
}

const char *
input_name(enum input input)
{
	return inputs[input];
}

const char *
outcome_name(enum outcome outcome)
{
	return outcomes[outcome];
}

const char *
keeper_name(enum keeper keeper)
{
	return keepers[keeper];
}

enum fact
fact_of(struct str name)
{
	return (enum fact)index_of(facts, FACT__MAX, name);
}

enum evidence
evidence_of(struct str name)
{
	return (enum evidence)index_of(evidences, EVIDENCE__MAX, name);
}

enum input
input_of(struct str name)
{
	return (enum input)index_of(inputs, INPUT__MAX, name);
}

enum outcome
outcome_of(struct str name)
{
	return (enum outcome)index_of(outcomes, OUTCOME__MAX, name);
}

enum keeper
keeper_of(struct str name)
{
	return (enum keeper)index_of(keepers, KEEPER__MAX, name);
}

uint64_t
evidence_binding(void)
{
	return BIT(EVIDENCE_PRICE_SAID);
}

uint64_t
evidence_of_call(void)
{
#define X(id, name, of_call) ((of_call) ? BIT(id) : 0) |
	return EVIDENCE_LIST(X) 0;
#undef X
}
