#pragma once
/*
 * Which asset, and in which form, a request gets.
 */
#include "http/http.h"

struct assets;

struct assets *assets_new(void *mem, const struct http_asset *asset, size_t n);

/* Its index in the array given, or -1. */
long assets_find(const struct assets *a, struct str path);

/* Whether the Accept-Encoding header takes gzip. */
bool asset_takes_gzip(struct str accept);

/* Whether If-None-Match names the asset's ETag. */
bool asset_unchanged(const struct http_asset *asset, struct str none_match);

/* Whether the path changes with the content, so that it may be kept for ever.
 */
bool asset_is_hashed(const struct http_asset *asset);

/* The ETag as a header value: quoted; other for the compressed form. */
struct str asset_etag(void *mem, const struct http_asset *asset, bool gzip);
