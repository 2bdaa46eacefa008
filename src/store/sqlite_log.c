/*
 * The log's writes, gathered. SQLite writes each page of its log (WAL) in two
 * pieces, which is a hundred system calls for a group of tickets. Here
 * neighbouring pieces are held, and given to the system's own file as one before
 * anything else is done with it: above all before it is flushed, which with
 * synchronous=FULL comes before SQLite lets any connection see the pages. Until
 * then only this connection may ask for them, and asking gives them out.
 *
 * What could not be given out stays held, and the call that needed it fails: so
 * no later one can succeed without it.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store/sqlite.h"

enum { HELD_MOST = 128 << 10 };

/* Lies behind the system's own file, whose methods are ours where they touch
 * what is held. */
struct held {
	const sqlite3_io_methods *real;
	sqlite3_io_methods mine;
	char *bytes;
	int n;
	sqlite3_int64 at;
};

static sqlite3_vfs *real_vfs, log_vfs;

static int
own_bytes(void)
{
	return (real_vfs->szOsFile + 15) / 16 * 16;
}

static struct held *
held_of(sqlite3_file *f)
{
	return (struct held *)(void *)((char *)f + own_bytes());
}

static int
give_out(sqlite3_file *f)
{
	struct held *h = held_of(f);
	int rc = h->n ? h->real->xWrite(f, h->bytes, h->n, h->at) : SQLITE_OK;

	if (rc == SQLITE_OK)
		h->n = 0;
	return rc;
}

static int
log_write(sqlite3_file *f, const void *bytes, int n, sqlite3_int64 at)
{
	struct held *h = held_of(f);
	int rc;

	if ((at != h->at + h->n || n > HELD_MOST - h->n) &&
	    (rc = give_out(f)) != SQLITE_OK)
		return rc;
	if (n > HELD_MOST)
		return h->real->xWrite(f, bytes, n, at);
	if (!h->bytes && !(h->bytes = malloc(HELD_MOST)))
		return SQLITE_IOERR_NOMEM;
	if (h->n == 0)
		h->at = at;
	memcpy(h->bytes + h->n, bytes, (size_t)n);
	h->n += n;
	return SQLITE_OK;
}

static int
log_read(sqlite3_file *f, void *out, int n, sqlite3_int64 at)
{
	int rc = give_out(f);

	return rc != SQLITE_OK ? rc : held_of(f)->real->xRead(f, out, n, at);
}

static int
log_truncate(sqlite3_file *f, sqlite3_int64 bytes)
{
	int rc = give_out(f);

	return rc != SQLITE_OK ? rc : held_of(f)->real->xTruncate(f, bytes);
}

static int
log_sync(sqlite3_file *f, int flags)
{
	int rc = give_out(f);

	return rc != SQLITE_OK ? rc : held_of(f)->real->xSync(f, flags);
}

static int
log_size(sqlite3_file *f, sqlite3_int64 *out)
{
	int rc = give_out(f);

	return rc != SQLITE_OK ? rc : held_of(f)->real->xFileSize(f, out);
}

static int
log_close(sqlite3_file *f)
{
	int given = give_out(f), rc = held_of(f)->real->xClose(f);

	free(held_of(f)->bytes);
	return given != SQLITE_OK ? given : rc;
}

static int
log_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *f, int flags,
    int *out)
{
	int rc = real_vfs->xOpen(real_vfs, name, f, flags, out);
	struct held *h = held_of(f);

	if (rc != SQLITE_OK || !(flags & SQLITE_OPEN_WAL))
		return rc;
	*h = (struct held){.real = f->pMethods, .mine = *f->pMethods};
	h->mine.xWrite = log_write;
	h->mine.xRead = log_read;
	h->mine.xTruncate = log_truncate;
	h->mine.xSync = log_sync;
	h->mine.xFileSize = log_size;
	h->mine.xClose = log_close;
	f->pMethods = &h->mine;
	return SQLITE_OK;
}

const char *
sqlite_log_gathered(void)
{
	return log_vfs.zName;
}

void
sqlite_log_init(void)
{
	real_vfs = sqlite3_vfs_find(NULL);
	log_vfs = *real_vfs;
	log_vfs.zName = "gathered";
	log_vfs.szOsFile = own_bytes() + (int)sizeof(struct held);
	log_vfs.xOpen = log_open;
	sqlite3_vfs_register(&log_vfs, 0);
}
