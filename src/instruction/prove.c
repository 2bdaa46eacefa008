/*
 * The proof as a whole, in the order of its parts. What the graph shows at a
 * look (texts, rules, reached steps, bounded loops) the loader has refused
 * already; see instruction.c and graph.c. The parts are prove_desk.c (what no
 * file may leave out), prove_evidence.c (data flow) and prove_time.c (seconds
 * and dead ends). What they have in common is the graph of moves in flow.c.
 */
#include "instruction/prove.h"

#include "base/mem.h"
#include "instruction/prove_parts.h"

void
prove_complain(struct prover *p, struct place at, const char *format, ...)
{
	const struct yaml node = {.line = at.line, .column = at.column};
	struct str text;
	va_list ap;

	va_start(ap, format);
	text = str_vprintf(p->scratch, format, ap);
	va_end(ap);
	complain(p->c, &node, "%.*s", STR_FMT(text));
}

enum err
instruction_prove(const struct instruction *ins, struct complaints *c,
    struct proof *out)
{
	void *scratch = mem_sure(talloc_new(c->mem));
	struct prover p = {.ins = ins, .scratch = scratch, .c = c};
	size_t before = c->n;

	p.flow = flow_new(scratch, ins);
	p.reached = mem_array(scratch, bool, p.flow->nodes);
	prove_desk(&p);
	prove_evidence(&p);
	prove_time(&p);
	talloc_free(scratch);
	if (out)
		*out = p.proof;
	return c->n > before ? ERR_INVALID : OK;
}
