/*
 * Commands about the instruction and its wording rules: they prove files and
 * need no database.
 */
#include "doors/command/command.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "desk/chart.h"
#include "desk/chart_svg.h"
#include "desk/shipped.h"
#include "instruction/instruction.h"
#include "instruction/paths.h"
#include "instruction/prove.h"
#include "instruction/wording.h"

enum { PATHS_BYTES_MAX = 256 << 20 };

/* Reads a file, and proves it too if `proof` is given; NULL after saying what
 * is wrong with it. */
static struct instruction *
instruction_read(struct command_run *r, const char *file, struct proof *proof)
{
	struct instruction *ins = NULL;
	struct complaints c;
	struct str source;
	enum err e;

	if (!command_read(r, file, YAML_BYTES_MAX, &source))
		return NULL;
	complaints_init(&c, r->mem, file);
	e = instruction_load(r->mem, source, &c, &ins);
	if (e == OK && proof)
		e = instruction_prove(ins, &c, proof);
	if (e == OK)
		return ins;
	fputs(complaints_text(r->mem, &c).p, stderr);
	return NULL;
}

int
command_instruction_check(struct command_run *r)
{
	struct proof proof;
	struct instruction *ins = instruction_read(r, r->argv[0], &proof);
	struct paths_total total;

	if (!ins)
		return EXIT_NO;
	paths_each(ins, PATHS_MAX, NULL, NULL, &total);
	printf("%s: %d steps, %d rules, %zu%s paths, at most %d s\n", ins->id.p,
	    ins->steps_n, ins->rules_n, total.n,
	    total.capped ? " and more" : "", proof.seconds_most);
	return EXIT_GOOD;
}

int
command_instruction_paths(struct command_run *r)
{
	struct instruction *ins = instruction_read(r, r->argv[0], NULL);
	struct buf b;
	bool whole;

	if (!ins)
		return EXIT_NO;
	buf_init(&b, r->mem, PATHS_BYTES_MAX);
	whole = r->json ? paths_json(ins, &b) : paths_lines(ins, &b);
	fwrite(b.p, 1, b.n, stdout);
	if (!whole)
		fprintf(stderr, "dienstweg: stopped after %d paths\n",
		    PATHS_MAX);
	return EXIT_GOOD;
}

int
command_instruction_draw(struct command_run *r)
{
	struct instruction *ins = instruction_read(r, r->argv[0], NULL);
	struct str svg;
	enum err e;

	if (!ins)
		return EXIT_NO;
	if ((e = chart_draw(r->mem, ins, r->lang, NULL, NULL, &svg)) != OK) {
		fprintf(stderr, "dienstweg: %s\n", chart_why(e));
		return EXIT_NO;
	}
	svg = chart_sheet(r->mem, svg);
	fwrite(svg.p, 1, svg.n, stdout);
	return EXIT_GOOD;
}

int
command_wording(struct command_run *r)
{
	struct str file = r->config.wording_file, source = shipped_wording();
	struct wording_rules *rules;
	struct complaints c;
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	if (!str_empty(file) &&
	    !command_read(r, file.p, YAML_BYTES_MAX, &source))
		return EXIT_NO;
	complaints_init(&c, r->mem, str_empty(file) ? "wording.yaml" : file.p);
	if (wording_load(r->mem, source, &c, &rules) != OK) {
		fputs(complaints_text(r->mem, &c).p, stderr);
		return EXIT_NO;
	}
	while ((n = getline(&line, &room, stdin)) >= 0) {
		struct str text = str_trim((struct str){line, (size_t)n});

		printf("%s\t%.*s\n",
		    wording_name(wording_judge(rules, text, NULL)),
		    STR_FMT(text));
	}
	free(line);
	return EXIT_GOOD;
}
