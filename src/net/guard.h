#pragma once
/*
 * Which addresses may be reached: those of the public internet. Whoever can
 * make the desk fetch something must not reach what only the desk can reach.
 */
#include <stdbool.h>
#include <sys/socket.h>

/* Whether it is an address of the public internet. Not: private, loopback,
 * link-local, shared (CGNAT), multicast, documentation, reserved, and IPv6 that
 * carries such an IPv4 address. */
bool guard_is_public(const struct sockaddr *address);
