/*
 * A program is started by posix_spawn, without a shell, in a process group of
 * its own, with an empty signal mask and next to no environment. One socket is
 * its standard input and output, so that writing to a program that has ended is
 * an error and no signal; it gets no other descriptor. At the deadline the whole
 * group is killed.
 */
#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

enum { REAP_MS = 2 };

static int64_t
monotonic_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Starts it with `fd` as standard input and output. Returns an errno. */
static int
start(const struct child *c, int fd, pid_t *pid)
{
	static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin";
	static char lang[] = "LC_ALL=C.UTF-8";
	char *const environment[] = {path, lang, NULL};
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t none, all;
	int e;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_init(&how);
	posix_spawnattr_setflags(&how,
	    POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
		POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&how, &none);
	posix_spawnattr_setsigdefault(&how, &all);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, fd, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, fd, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null",
	    O_WRONLY, 0);
	posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
	e = posix_spawnp(pid, c->argv[0], &files, &how, (char *const *)c->argv,
	    environment);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&how);
	return e;
}

/* Sends what is left of *in; tells the program when that was all. False if it
 * does not listen any more, which is its own affair. */
static bool
tell(int fd, struct str *in)
{
	ssize_t n = send(fd, in->p, in->n, MSG_NOSIGNAL | MSG_DONTWAIT);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	in->p += n;
	in->n -= (size_t)n;
	if (in->n == 0)
		shutdown(fd, SHUT_WR);
	return in->n > 0;
}

/* Takes what it says; false at the end, and past the most it may say. */
static bool
hear(int fd, struct buf *b)
{
	char part[16384];
	ssize_t n = recv(fd, part, sizeof part, MSG_DONTWAIT);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	buf_put(b, part, (size_t)n);
	return n > 0 && !b->full;
}

/* Talks with the program until it is silent for good. */
static enum err
talk(const struct child *c, int fd, int64_t deadline, struct buf *b)
{
	struct str in = c->in;
	bool telling = in.n > 0;

	if (!telling)
		shutdown(fd, SHUT_WR);
	for (;;) {
		struct pollfd p = {.fd = fd,
		    .events = (short)(POLLIN | (telling ? POLLOUT : 0))};
		int64_t left = deadline - monotonic_ms();

		if (left <= 0)
			return ERR_LIMITED;
		if (poll(&p, 1, (int)left) <= 0)
			continue;
		if (telling && p.revents & (POLLOUT | POLLERR))
			telling = tell(fd, &in);
		if (p.revents & (POLLIN | POLLHUP | POLLERR) && !hear(fd, b))
			return b->full ? ERR_TOO_LARGE : OK;
	}
}

/* Waits for its end; after the deadline, or where nobody cares any more, it is
 * brought about. */
static enum err
reap(pid_t pid, int64_t deadline, bool kill_now)
{
	const struct timespec pause = {.tv_nsec = REAP_MS * 1000000L};
	int status = 0;

	for (;;) {
		bool late = kill_now || monotonic_ms() >= deadline;
		pid_t done;

		if (late)
			kill(-pid, SIGKILL);
		done = waitpid(pid, &status, late ? 0 : WNOHANG);
		if (done == pid || (done < 0 && errno != EINTR))
			break;
		nanosleep(&pause, NULL);
	}
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? OK
							      : ERR_INTERNAL;
}

enum err
child_run(void *mem, const struct child *c, struct str *out)
{
	int64_t deadline = monotonic_ms() + c->time_ms;
	struct rlimit memory = {c->memory_bytes, c->memory_bytes};
	struct buf b;
	pid_t pid;
	int fd[2], failed;
	enum err e, end;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd) != 0)
		return ERR_INTERNAL;
	failed = start(c, fd[1], &pid);
	close(fd[1]);
	if (failed) {
		close(fd[0]);
		return failed == ENOENT ? ERR_NOT_FOUND : ERR_INTERNAL;
	}
	if (c->memory_bytes)
		prlimit(pid, RLIMIT_AS, &memory, NULL);
	buf_init(&b, mem, c->most);
	e = talk(c, fd[0], deadline, &b);
	end = reap(pid, deadline, e != OK);
	close(fd[0]);
	if (e == OK && (e = end) == OK)
		*out = buf_get(&b);
	return e;
}
