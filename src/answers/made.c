/*
 * A document as the index holds it: its words, their stems, and which of them
 * its title, its headings and its body make much of. Pure.
 */
#include <stdlib.h>

#include "answers/index.h"
#include "answers/parts.h"
#include "base/mem.h"

enum {
	INDEXED_WORDS = 30000, /* of a document; further ones are not found */
	OFTEN_LEAST = 3,       /* times in the body */
	OFTEN_MOST = 16,       /* stems */
	RANK_BYTES = 600,      /* of the stems of a title, of headings */
	SAID_BYTES = 16000,    /* of what it was taught: all of it fits */
	/* of all stems; a tsvector holds a MiB, and PostgreSQL's has them twice,
	 * once with the tier's number (answer_find.pg.sql) */
	STEMS_BYTES = 500000,
};

const struct word every_document = {.p = MARK, .n = sizeof MARK - 1};

void
bag_put(void *mem, struct bag *b, const struct word *w)
{
	if (b->n == b->cap) {
		b->cap = b->cap ? 2 * b->cap : 256;
		b->v = mem_sure(talloc_realloc(mem, b->v, struct word,
		    (unsigned)b->cap));
	}
	b->v[b->n++] = *w;
}

static int
word_order(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	return strcmp(x->p, y->p);
}

void
bag_sort(struct bag *b)
{
	if (b->n)
		qsort(b->v, b->n, sizeof *b->v, word_order);
}

static void
bag_unique(struct bag *b)
{
	size_t kept = 0;

	bag_sort(b);
	for (size_t i = 0; i < b->n; i++)
		if (i == 0 || strcmp(b->v[i].p, b->v[kept - 1].p) != 0)
			b->v[kept++] = b->v[i];
	b->n = kept;
}

/* Puts a text's words into the one bag and their stems into the other. */
static void
text_gather(void *mem, struct str text, struct bag *words, struct bag *stems)
{
	struct terms t;
	struct term term;

	terms_begin(&t, mem, text);
	while (words->n < INDEXED_WORDS && terms_next(&t, &term)) {
		struct word stem[STEMS_MOST];
		size_t n = terms_stems(&term.word, stem);

		bag_put(mem, words, &term.word);
		for (size_t i = 0; i < n; i++)
			bag_put(mem, stems, &stem[i]);
	}
}

/* The stems with a mark before each, blanks between. */
static struct str
stems_text(void *mem, const struct bag *b, const char *mark, size_t most)
{
	struct buf out;

	buf_init(&out, mem, most);
	for (size_t i = 0; i < b->n && !out.full; i++) {
		if (out.n + b->v[i].n + strlen(mark) + 1 > most)
			break;
		if (out.n)
			buf_char(&out, ' ');
		buf_puts(&out, mark);
		buf_str(&out, word_str(&b->v[i]));
	}
	return buf_get(&out);
}

/* What a title says, so without stop words. */
static struct str
title_text(void *mem, const struct bag *stems)
{
	struct bag told = {0};
	struct str text;

	for (size_t i = 0; i < stems->n; i++)
		if (!terms_is_stop(&stems->v[i]))
			bag_put(mem, &told, &stems->v[i]);
	text = stems_text(mem, &told, "", RANK_BYTES);
	talloc_free(told.v);
	return text;
}

struct count {
	const struct word *stem;
	size_t n;
};

static int
count_order(const void *a, const void *b)
{
	const struct count *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return strcmp(x->stem->p, y->stem->p);
}

/* What the body says most often, stop words apart. */
static struct str
often_text(void *mem, struct bag *stems)
{
	struct count *c = mem_array(mem, struct count, stems->n + 1);
	struct bag often = {0};
	struct str text;
	size_t n = 0;

	bag_sort(stems);
	for (size_t i = 0; i < stems->n; i++) {
		if (n && strcmp(c[n - 1].stem->p, stems->v[i].p) == 0)
			c[n - 1].n++;
		else
			c[n++] = (struct count){&stems->v[i], 1};
	}
	qsort(c, n, sizeof *c, count_order);
	for (size_t i = 0; i < n && often.n < OFTEN_MOST; i++)
		if (c[i].n >= OFTEN_LEAST && !terms_is_stop(c[i].stem))
			bag_put(mem, &often, c[i].stem);
	text = stems_text(mem, &often, "", RANK_BYTES);
	talloc_free(often.v);
	talloc_free(c);
	return text;
}

/* The path of an address, or of one without a host. */
static struct str
path_of(struct str url)
{
	const char *host = memmem(url.p, url.n, "://", 3), *end = url.p + url.n;
	const char *path = url.p;

	if (host && !(path = memchr(host + 3, '/', (size_t)(end - host - 3))))
		path = end;
	for (const char *p = path; p < end; p++)
		if (*p == '?' || *p == '#')
			end = p;
	return (struct str){path, (size_t)(end - path)};
}

/* What a page is called in its address: "wlan-schluessel" of
 * "https://host/hilfe/wlan-schluessel.html"; "index" is no name. */
static struct str
name_in(struct str url)
{
	struct str path = path_of(url);
	const char *slash, *dot;

	while (path.n && path.p[path.n - 1] == '/')
		path.n--;
	if ((slash = memrchr(path.p, '/', path.n)))
		path = (struct str){slash + 1,
		    (size_t)(path.p + path.n - slash - 1)};
	if ((dot = memchr(path.p, '.', path.n)))
		path.n = (size_t)(dot - path.p);
	return str_eq(path, STR("index")) ? STR("") : path;
}

/* What it was taught, a word a search: a mark, and its stems with a plus between. */
static struct str
said_text(void *mem, struct str said, struct bag *words, struct bag *stems)
{
	struct terms t;
	struct term term;
	struct str line;
	struct buf b;

	buf_init(&b, mem, SAID_BYTES);
	while (str_take(&said, '\n', &line)) {
		size_t n = 0, at = b.n;

		terms_begin(&t, mem, line);
		while (n < WORDS_MOST && terms_next(&t, &term)) {
			struct word stem;

			if (terms_is_idle(&term))
				continue;
			terms_stem(&term.word, &stem);
			bag_put(mem, words, &term.word);
			bag_put(mem, stems, &stem);
			buf_printf(&b, "%s%s", n ? "+" : MARK, stem.p);
			n++;
		}
		if (b.n > at)
			buf_char(&b, ' ');
	}
	return buf_get(&b);
}

void
document_make(void *mem, const struct answer_document *doc, struct made *out)
{
	struct bag title = {0}, head = {0}, body = {0};
	void *scratch = talloc_new(mem);
	struct str said, head_text;
	struct buf stems;

	*out = (struct made){0};
	bag_put(scratch, &out->words, &every_document);
	text_gather(scratch, doc->title, &out->words, &title);
	text_gather(scratch, doc->headings, &out->words, &head);
	text_gather(scratch, doc->clicks, &out->words, &head);
	text_gather(scratch, name_in(doc->url), &out->words, &head);
	text_gather(scratch, doc->body, &out->words, &body);
	out->often = often_text(mem, &body);
	bag_unique(&title);
	bag_unique(&head);
	out->title = title_text(mem, &title);
	head_text = stems_text(scratch, &head, "", RANK_BYTES);
	said = said_text(scratch, doc->said, &out->words, &head);
	out->head = str_printf(mem, "%.*s%.*s", STR_FMT(said),
	    STR_FMT(head_text));
	bag_unique(&out->words);
	for (size_t i = 0; i < title.n; i++)
		bag_put(scratch, &head, &title.v[i]);
	for (size_t i = 0; i < head.n; i++)
		bag_put(scratch, &body, &head.v[i]);
	bag_unique(&head);
	bag_unique(&body);
	buf_init(&stems, mem, STEMS_BYTES + 1);
	buf_str(&stems, stems_text(scratch, &head, MARK, STEMS_BYTES / 2));
	if (stems.n)
		buf_char(&stems, ' ');
	buf_str(&stems, stems_text(scratch, &body, "",
	    STEMS_BYTES - stems.n));
	out->stems = buf_get(&stems);
	out->words.v = mem_sure(talloc_memdup(mem, out->words.v,
	    out->words.n * sizeof out->words.v[0]));
	talloc_free(scratch);
}
