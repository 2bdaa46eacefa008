/*
 * The one clock, in three kinds: the machine's, a file that tests write, and a
 * variable that unit tests move. Nobody above asks the operating system for
 * the time, so that a test can make it Monday, 09:40. What a moment is called
 * by people is in base/calendar.c.
 */
#include "base/clock.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

struct clock {
	const int64_t *fixed;
	const char *path;
	/* what the file said last, for the moment in which it is rewritten */
	_Atomic int64_t *last;
};

const struct clock *
clock_system(void)
{
	static const struct clock machine;

	return &machine;
}

const struct clock *
clock_file(void *mem, const char *path)
{
	struct clock *c = mem_new(mem, struct clock);

	c->path = str_dup(c, str_of(path)).p;
	c->last = mem_new(c, _Atomic int64_t);
	atomic_init(c->last, clock_now_ms(clock_system()));
	return c;
}

const struct clock *
clock_fixed(void *mem, const int64_t *now_ms)
{
	struct clock *c = mem_new(mem, struct clock);

	c->fixed = now_ms;
	return c;
}

static int64_t
file_now_ms(const struct clock *c)
{
	char text[32];
	int64_t now_ms;
	ssize_t n = -1;
	int fd = open(c->path, O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		n = read(fd, text, sizeof text);
		close(fd);
	}
	if (n > 0 &&
	    str_to_i64(str_trim((struct str){text, (size_t)n}), &now_ms))
		atomic_store(c->last, now_ms);
	return atomic_load(c->last);
}

int64_t
clock_now_ms(const struct clock *c)
{
	struct timespec t;

	if (c->fixed)
		return *c->fixed;
	if (c->path)
		return file_now_ms(c);
	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
