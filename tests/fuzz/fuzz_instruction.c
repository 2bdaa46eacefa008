/* Any bytes as an instruction; one that loads is enumerated, and walked by
 * entries made of the same bytes. */
#include "fuzz.h"
#include "instruction/paths.h"
#include "instruction/prove.h"
#include "instruction/walk.h"

enum { PATHS_FUZZED = 200 };

static void
walk_check(const struct instruction *ins, const struct walk *w)
{
	PROMISE(w->over == (w->step < 0));
	PROMISE(w->step < ins->steps_n);
	PROMISE(w->over || !ins->step[w->step].decides);
	PROMISE(w->floor <= w->path_n && w->path_n <= w->entries_n);
	PROMISE(w->matters_n <= ins->matters_max + w->over);
	for (int i = 0; i < w->matters_n; i++) {
		const struct matter *m = &w->matter[i];

		PROMISE(!(ins->outcome[m->outcome].requires & ~m->evidence));
	}
}

static void
walk_bytes(const struct instruction *ins, const uint8_t *data, size_t size)
{
	struct entry taken[WALK_ENTRIES_MAX];
	struct walk w, again;
	size_t n = 0;

	walk_begin(ins, &w);
	for (size_t i = 0; i + 2 < size && n < 100; i += 3) {
		struct entry e = {.kind = (enum entry_kind)(data[i] % 5),
		    .step = data[i] & 0x80 ? data[i + 1] : w.step,
		    .answer = data[i + 1] % 10,
		    .facts = data[i + 2]};

		if (walk_next(ins, &w, &e, data[i] >> 3) == REFUSAL_NONE)
			taken[n++] = e;
		walk_check(ins, &w);
	}
	PROMISE(walk_fold(ins, taken, n, &again) == REFUSAL_NONE);
	PROMISE(again.step == w.step && again.evidence == w.evidence);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *mem = talloc_new(NULL);
	struct complaints *c = talloc(mem, struct complaints);
	struct str source = str_copy(mem, (const char *)data, size);
	struct instruction *ins = NULL;
	struct paths_total total;

	complaints_init(c, mem, "fuzz");
	if (instruction_load(mem, source, c, &ins) == OK) {
		PROMISE(c->n == 0);
		paths_each(ins, PATHS_FUZZED, NULL, NULL, &total);
		PROMISE(total.n <= PATHS_FUZZED);
		if (instruction_prove(ins, c, NULL) == OK)
			PROMISE(total.stuck == 0 && total.lacking == 0);
		walk_bytes(ins, data, size);
	} else {
		PROMISE(c->n > 0 && !ins);
	}
	talloc_free(mem);
	return 0;
}
