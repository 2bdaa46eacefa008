/*
 * The file's pages, in memory once for all readers. SQLite's own mapping is one a
 * connection, given up and made anew with each commit that the connection sees;
 * without any, each reader copies what it needs into a cache of its own, a system
 * call a page, and forgets all of it with each commit. Here a page is read where
 * the system has it anyway. The mapping is made when the store is opened, reaches
 * far behind the file's end, and stays.
 *
 * Where the disk cannot give a page the system ends the program (SIGBUS); a read
 * would fail and be told.
 *
 * That a page does not change or go while a reader looks at it is SQLite's care,
 * with its own mapping as with this. Pages that are in the log are read from there
 * as ever.
 */
#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include "base/mem.h"
#include "store/sqlite.h"

/* Address space, not memory. What lies behind is read as without a mapping. */
static const int64_t MAP_BYTES = (int64_t)1 << 38;

/* In a damaged file SQLite may read a little past a page's end (its own mapping has
 * as much behind each page): the file's last page is not given from memory. */
enum { BEHIND_BYTES = 256 };

struct map {
	sqlite3_io_methods methods; /* the system's own, but for the two below */
	const char *bytes;
	_Atomic int64_t there; /* so long the file was, when last looked at */
};

static int
map_fetch(sqlite3_file *f, sqlite3_int64 at, int n, void **out)
{
	struct map *m = (struct map *)(uintptr_t)f->pMethods;
	sqlite3_int64 size, end = at + n + BEHIND_BYTES;

	*out = NULL;
	if (end > m->there) {
		if (f->pMethods->xFileSize(f, &size) != SQLITE_OK)
			return SQLITE_OK; /* reading it will say why */
		m->there = size < MAP_BYTES ? size : MAP_BYTES;
	}
	if (end <= m->there)
		*out = (void *)(uintptr_t)(m->bytes + at);
	return SQLITE_OK;
}

static int
map_unfetch(sqlite3_file *f, sqlite3_int64 at, void *page)
{
	(void)f, (void)at, (void)page;
	return SQLITE_OK;
}

static int
map_free(struct map *m)
{
	munmap((void *)(uintptr_t)m->bytes, (size_t)MAP_BYTES);
	return 0;
}

struct map *
sqlite_map_new(void *mem, int fd)
{
	void *bytes = mmap(NULL, (size_t)MAP_BYTES, PROT_READ, MAP_SHARED, fd, 0);
	struct map *m;

	if (bytes == MAP_FAILED)
		return NULL;
	m = mem_new(mem, struct map);
	m->bytes = bytes;
	talloc_set_destructor(m, map_free);
	return m;
}

void
sqlite_map_use(struct map *m, struct sqlite3 *handle)
{
	sqlite3_file *f = NULL;

	if (!m || sqlite3_file_control(handle, "main",
	              SQLITE_FCNTL_FILE_POINTER, &f) != SQLITE_OK ||
	    f->pMethods->iVersion < 3)
		return;
	if (!m->methods.iVersion) { /* the first one, while there is no thread */
		m->methods = *f->pMethods;
		m->methods.xFetch = map_fetch;
		m->methods.xUnfetch = map_unfetch;
	}
	f->pMethods = &m->methods;
}
