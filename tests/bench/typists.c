/*
 * People typing into the search box: 32 of them, four keys a second each, at
 * an open rate, which is how a desk is used; a closed loop of clients would
 * measure its own queue. Every typist has a connection and a thread, sends at
 * the moment its plan says, and waits for the answer. A key that comes late
 * because the answer before it was late counts from when it was due.
 *
 * bench_typists PORT COOKIE PATHS SECONDS: prints how many keys were answered
 * and the time of the middle one and the one in a hundred, in milliseconds.
 * Loads that press as hard as they can are made with wrk; see ../../bench.
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	TYPISTS = 32,
	KEYS_A_SECOND = 4,
	PATHS_MAX = 20000,
	LINE_MAX_BYTES = 512,
	KEYS_MAX = 4 * 600,
};

struct plan {
	int port, seconds;
	const char *cookie;
	char *path[PATHS_MAX];
	size_t paths;
	double begins;
};

struct typist {
	const struct plan *plan;
	unsigned number;
	pthread_t thread;
	size_t n;
	double ms[KEYS_MAX];
};

static void
give_up(const char *what)
{
	perror(what);
	exit(1);
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
sleep_until(double when)
{
	struct timespec t = {.tv_sec = (time_t)when};

	t.tv_nsec = (long)((when - (double)t.tv_sec) * 1e9);
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

static int
open_connection(int port)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0), yes = 1;

	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
		give_up("connect");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	return fd;
}

/* Reads one answer with its body; it must be a 200 with a Content-Length. */
static void
read_answer(int fd)
{
	char b[1 << 16];
	size_t n = 0, whole = 0;

	while (!whole || n < whole) {
		ssize_t got = read(fd, b + n, sizeof b - 1 - n);
		const char *end, *length;

		if (got <= 0)
			give_up("the answer ends early");
		n += (size_t)got;
		b[n] = '\0';
		end = strstr(b, "\r\n\r\n");
		if (whole || !end)
			continue;
		length = strcasestr(b, "\r\nContent-Length:");
		if (strncmp(b, "HTTP/1.1 200", 12) != 0 || !length) {
			fprintf(stderr, "unexpected: %.200s\n", b);
			exit(1);
		}
		whole = (size_t)(end + 4 - b) + strtoul(length + 17, NULL, 10);
	}
}

static void *
type(void *arg)
{
	struct typist *t = arg;
	const struct plan *p = t->plan;
	int fd = open_connection(p->port);
	double step = 1.0 / KEYS_A_SECOND;
	double due = p->begins + step * t->number / TYPISTS;
	double ends = p->begins + p->seconds;
	size_t at = t->number * 997;

	for (; due < ends && t->n < KEYS_MAX; due += step) {
		char text[2 * LINE_MAX_BYTES];
		int n = snprintf(text, sizeof text,
		    "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n"
		    "Cookie: dienstweg=%s\r\nHX-Request: true\r\n\r\n",
		    p->path[at++ % p->paths], p->cookie);

		sleep_until(due);
		if (write(fd, text, (size_t)n) != n)
			give_up("write");
		read_answer(fd);
		t->ms[t->n++] = (now() - due) * 1000;
	}
	close(fd);
	return NULL;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
paths_read(struct plan *p, const char *file)
{
	char line[LINE_MAX_BYTES];
	FILE *f = fopen(file, "r");

	if (!f)
		give_up(file);
	while (p->paths < PATHS_MAX && fgets(line, sizeof line, f)) {
		line[strcspn(line, "\n")] = '\0';
		p->path[p->paths++] = strdup(line);
	}
	fclose(f);
	if (!p->paths)
		give_up(file);
}

int
main(int argc, char **argv)
{
	static struct typist t[TYPISTS];
	static double all[TYPISTS * KEYS_MAX];
	static struct plan p;
	size_t n = 0;

	if (argc != 5) {
		fputs("usage: bench_typists PORT COOKIE PATHS SECONDS\n",
		    stderr);
		return 2;
	}
	p.port = atoi(argv[1]);
	p.cookie = argv[2];
	p.seconds = atoi(argv[4]);
	paths_read(&p, argv[3]);
	p.begins = now() + 0.1;
	for (unsigned i = 0; i < TYPISTS; i++) {
		t[i].plan = &p;
		t[i].number = i;
		pthread_create(&t[i].thread, NULL, type, &t[i]);
	}
	for (unsigned i = 0; i < TYPISTS; i++) {
		pthread_join(t[i].thread, NULL);
		memcpy(all + n, t[i].ms, t[i].n * sizeof *all);
		n += t[i].n;
	}
	qsort(all, n, sizeof *all, by_size);
	if (n)
		printf("%zu %.3f %.3f\n", n, all[n / 2], all[n - n / 100 - 1]);
	return n ? 0 : 1;
}
