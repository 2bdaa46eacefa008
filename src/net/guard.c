/*
 * The IANA special-purpose registries as two tables. IPv6 is asked the other
 * way round: what is not global unicast is refused before the table is read.
 */
#include "net/guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define V4(a, b, c, d) ((uint32_t)(a) << 24 | (b) << 16 | (c) << 8 | (d))

static const struct {
	uint32_t net;
	int bits;
} refused4[] = {
    {V4(0, 0, 0, 0), 8},       /* this network */
    {V4(10, 0, 0, 0), 8},      /* private */
    {V4(100, 64, 0, 0), 10},   /* shared by carriers (CGNAT) */
    {V4(127, 0, 0, 0), 8},     /* loopback */
    {V4(169, 254, 0, 0), 16},  /* link-local, metadata of clouds */
    {V4(172, 16, 0, 0), 12},   /* private */
    {V4(192, 0, 0, 0), 24},    /* protocol assignments */
    {V4(192, 0, 2, 0), 24},    /* documentation */
    {V4(192, 88, 99, 0), 24},  /* 6to4 relays */
    {V4(192, 168, 0, 0), 16},  /* private */
    {V4(198, 18, 0, 0), 15},   /* benchmarks */
    {V4(198, 51, 100, 0), 24}, /* documentation */
    {V4(203, 0, 113, 0), 24},  /* documentation */
    {V4(224, 0, 0, 0), 4},     /* multicast */
    {V4(240, 0, 0, 0), 4},     /* reserved, broadcast */
};

static const struct {
	uint8_t net[4];
	int bits;
} refused6[] = {
    {{0x20, 0x01, 0x00, 0x00}, 23}, /* protocol assignments, Teredo */
    {{0x20, 0x01, 0x0d, 0xb8}, 32}, /* documentation */
    {{0x20, 0x02, 0x00, 0x00}, 16}, /* 6to4: carries any IPv4 address */
    {{0x3f, 0xff, 0x00, 0x00}, 20}, /* documentation */
};

static bool
is_public4(uint32_t ip)
{
	for (size_t i = 0; i < sizeof refused4 / sizeof *refused4; i++)
		if ((ip ^ refused4[i].net) >> (32 - refused4[i].bits) == 0)
			return false;
	return true;
}

static uint32_t
read32(const uint8_t *p)
{
	return V4(p[0], p[1], p[2], p[3]);
}

static bool
is_public6(const uint8_t *ip)
{
	static const uint8_t mapped[12] = {[10] = 0xff, 0xff};
	static const uint8_t nat64[12] = {0x00, 0x64, 0xff, 0x9b};

	if (memcmp(ip, mapped, sizeof mapped) == 0 ||
	    memcmp(ip, nat64, sizeof nat64) == 0)
		return is_public4(read32(ip + 12));
	if (ip[0] >> 5 != 1) /* 2000::/3, global unicast */
		return false;
	for (size_t i = 0; i < sizeof refused6 / sizeof *refused6; i++)
		if ((read32(ip) ^ read32(refused6[i].net)) >>
			(32 - refused6[i].bits) == 0)
			return false;
	return true;
}

bool
guard_is_public(const struct sockaddr *address)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	switch (address->sa_family) {
	case AF_INET:
		memcpy(&v4, address, sizeof v4);
		return is_public4(ntohl(v4.sin_addr.s_addr));
	case AF_INET6:
		memcpy(&v6, address, sizeof v6);
		return is_public6(v6.sin6_addr.s6_addr);
	default:
		return false;
	}
}
