/*
 * One line on standard error per call, written at once so that threads do not
 * tear each other's lines. The time is the machine's own, not the clock that
 * tests set: a log tells when something really happened. Control characters
 * become question marks, whatever is longer than a line is cut and says so.
 * What the house must remember is an event in the database, never a log line.
 */
#include "base/log.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { LINE_BYTES = 4096 };

/* The one setting of the process, made once at start. */
static _Atomic int least_level = LOG_INFO;

static const char *const names[] = {"debug", "info", "warn", "error"};

void
log_level_set(enum log_level least)
{
	atomic_store(&least_level, (int)least);
}

/* Replaces C0, DEL and C1 (two bytes in UTF-8), so nobody forges a line. */
static void
defuse(char *p)
{
	for (; *p; p++) {
		unsigned char c = (unsigned char)p[0];
		unsigned char next = (unsigned char)p[1];

		if (c < 0x20 || c == 0x7f)
			*p = '?';
		else if (c == 0xc2 && next >= 0x80 && next < 0xa0)
			p[0] = p[1] = '?';
	}
}

static int
head_write(char *line, size_t size, enum log_level level)
{
	struct timespec now;
	struct tm tm;
	char day[32];

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &tm);
	return snprintf(line, size, "%s.%03ldZ %s ", day,
	    now.tv_nsec / 1000000, names[level]);
}

static void
line_write(enum log_level level, const char *format, va_list ap)
{
	static const char more[] = " [cut]";
	char line[LINE_BYTES];
	size_t n = (size_t)head_write(line, sizeof line, level);
	size_t room = sizeof line - n - 1;
	int want = vsnprintf(line + n, room, format, ap);

	if (want < 0)
		return;
	if ((size_t)want >= room)
		memcpy(line + sizeof line - 1 - sizeof more, more,
		    sizeof more);
	defuse(line);
	n = strlen(line);
	line[n++] = '\n';
	if (write(STDERR_FILENO, line, n) < 0)
		return; /* there is nowhere left to tell */
}

void
log_write(enum log_level level, const char *format, ...)
{
	va_list ap;

	if ((int)level < atomic_load(&least_level))
		return;
	va_start(ap, format);
	line_write(level, format, ap);
	va_end(ap);
}

void
die(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	line_write(LOG_ERROR, format, ap);
	va_end(ap);
	abort();
}
