/*
 * The list is shuffled once, so that a word's place in it is its rank.
 */
#include "german.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"

enum { WORDS_MAX = 400000, COMPOUND_PARTS = 20000, COMPOUND_ONE_IN = 150,
	WORD_BYTES = 120, TYPO_ONE_IN = 20 };

static const char *const first[] = {"der", "die", "und", "in", "den", "das",
    "mit", "von", "Sie", "zu", "ist", "für", "im", "nicht", "auf", "dem",
    "ein", "eine", "des", "sich", "auch", "wird", "werden", "es", "an", "als",
    "oder", "aus", "bei", "nach", "Ihre", "kann", "können", "Kunden", "über",
    "Seite", "wenn", "wir", "Internet", "nur", "einer", "einen", "haben",
    "E-Mail", "Server", "Vertrag", "zum", "zur", "neue", "Ihr", "Daten",
    "Anschluss", "Router", "Rechnung", "Passwort", "durch", "unter", "Hilfe",
    "bis", "sind", "Postfach", "einrichten", "ändern", "Telefon", "Domain",
    "Störung", "Adresse", "Kundennummer", "Tarif", "wählen", "Zugang",
    "Leitung", "Einstellungen", "melden", "Konto", "Speicher", "kündigen",
    "Programm", "Datei", "Netzwerk", "anlegen", "prüfen", "Nachricht",
    "Sicherung", "Zertifikat", "Gerät", "Browser", "Website", "Umzug"};

enum { FIRST = sizeof first / sizeof *first };

static const char *word[WORDS_MAX];
static size_t words;

double
german_chance(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005U + 1442695040888963407U;
	return (double)(*seed >> 33) / (double)(1U << 31);
}

void
german_load(const char *path)
{
	FILE *f = fopen(path, "r");
	char line[WORD_BYTES];
	uint64_t seed = 7;

	if (!f) {
		perror(path);
		exit(1);
	}
	for (words = 0; words < FIRST; words++)
		word[words] = first[words];
	while (words < WORDS_MAX && fgets(line, sizeof line, f)) {
		line[strcspn(line, "\n")] = '\0';
		word[words++] = mem_sure(strdup(line));
	}
	fclose(f);
	for (size_t i = words - 1; i > FIRST; i--) {
		size_t k = FIRST + (size_t)(german_chance(&seed) *
		    (double)(i - FIRST));
		const char *other = word[i];

		word[i] = word[k];
		word[k] = other;
	}
}

static void
compound(uint64_t *seed, char out[2 * WORD_BYTES])
{
	size_t head = (size_t)(german_chance(seed) * COMPOUND_PARTS);
	size_t tail = (size_t)(german_chance(seed) * COMPOUND_PARTS);
	size_t n = strlen(word[head]);

	snprintf(out, 2 * (size_t)WORD_BYTES, "%s%s", word[head], word[tail]);
	if (out[n] >= 'A' && out[n] <= 'Z')
		out[n] = (char)(out[n] + ('a' - 'A'));
}

/* By Zipf: the probability of a rank is about one over it. */
static void
draw(uint64_t *seed, char out[2 * WORD_BYTES])
{
	size_t rank = (size_t)(exp(german_chance(seed) *
	    log((double)words)) - 1);

	if (german_chance(seed) * COMPOUND_ONE_IN < 1)
		compound(seed, out);
	else
		snprintf(out, 2 * (size_t)WORD_BYTES, "%s",
		    word[rank < words ? rank : 0]);
}

struct str
german_text(void *mem, uint64_t *seed, int n)
{
	char one[2 * WORD_BYTES];
	struct buf b;

	buf_init(&b, mem, 1 << 20);
	for (int i = 0; i < n; i++) {
		draw(seed, one);
		buf_printf(&b, "%s%s", i ? " " : "", one);
	}
	return buf_get(&b);
}

struct str
german_query(void *mem, uint64_t *seed)
{
	struct str q = german_text(mem, seed,
	    1 + (int)(german_chance(seed) * 3));
	char *p = (char *)(uintptr_t)q.p;

	/* two neighbours swapped, where both are letters of one byte */
	if (german_chance(seed) * TYPO_ONE_IN < 1 && q.n > 4) {
		size_t at = 1 + (size_t)(german_chance(seed) *
		    (double)(q.n - 3));
		char c = p[at];

		if (c > ' ' && p[at + 1] > ' ') {
			p[at] = p[at + 1];
			p[at + 1] = c;
		}
	}
	return q;
}
