/*
 * Opens the listening socket ourselves instead of leaving it to the library, so
 * that "the address is in use" and "that is no address" can be told apart, and
 * port 0 tells which one it became. Addresses are numbers: names are looked up
 * by nobody at start.
 */
#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024, HOST_BYTES = 64 };

/* Splits at the last colon; the host without its brackets. */
static bool
address_split(const char *address, char host[HOST_BYTES], const char **port)
{
	const char *colon = address ? strrchr(address, ':') : NULL;
	struct str s;

	if (!colon || colon == address || !colon[1])
		return false;
	*port = colon + 1;
	s = (struct str){address, (size_t)(colon - address)};
	if (s.p[0] == '[' && s.n > 2 && s.p[s.n - 1] == ']')
		s = (struct str){s.p + 1, s.n - 2};
	return snprintf(host, HOST_BYTES, "%.*s", STR_FMT(s)) < HOST_BYTES;
}

static int
socket_listen(const struct addrinfo *a)
{
	int fd = socket(a->ai_family,
	    SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int on = 1, saved;

	if (fd < 0)
		return -1;
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
	    bind(fd, a->ai_addr, a->ai_addrlen) == 0 &&
	    listen(fd, BACKLOG) == 0)
		return fd;
	saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

static int
port_of(int fd)
{
	struct sockaddr_storage at;
	socklen_t n = sizeof at;
	char port[16] = "";
	int64_t number = 0;

	if (getsockname(fd, (struct sockaddr *)&at, &n) == 0 &&
	    getnameinfo((struct sockaddr *)&at, n, NULL, 0, port, sizeof port,
		NI_NUMERICSERV) == 0)
		(void)str_to_i64(str_of(port), &number);
	return (int)number;
}

enum err
listen_open(const char *address, int *fd, int *port, struct str *why, void *mem)
{
	const struct addrinfo hints = {
	    .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
	    .ai_socktype = SOCK_STREAM,
	};
	struct addrinfo *found;
	char host[HOST_BYTES];
	const char *service;

	if (!address_split(address, host, &service) ||
	    getaddrinfo(host, service, &hints, &found) != 0) {
		*why = str_printf(mem, "%s is no address with a port",
		    address ? address : "nothing");
		return ERR_INVALID;
	}
	*fd = socket_listen(found);
	freeaddrinfo(found);
	if (*fd < 0) {
		*why = str_printf(mem, "%s: %s", address, strerror(errno));
		return errno == EADDRINUSE ? ERR_BUSY : ERR_INTERNAL;
	}
	*port = port_of(*fd);
	return OK;
}

void
listen_address(const struct sockaddr *from, char out[ADDRESS_BYTES])
{
	static const char mapped[] = "::ffff:";
	const void *raw;

	if (from->sa_family == AF_INET)
		raw = &((const struct sockaddr_in *)(const void *)from)
			   ->sin_addr;
	else
		raw = &((const struct sockaddr_in6 *)(const void *)from)
			   ->sin6_addr;
	if (!inet_ntop(from->sa_family, raw, out, ADDRESS_BYTES))
		out[0] = '\0';
	if (!strncmp(out, mapped, 7) && strchr(out, '.'))
		memmove(out, out + 7, strlen(out + 7) + 1);
}
