#!/bin/sh
# A PostgreSQL server for tests alone: pg.sh start DIR makes a cluster in DIR
# unless it has one, starts it on a unix socket there and prints its URL; pg.sh
# stop DIR ends it; pg.sh bin prints where PostgreSQL's own programs are, which
# start faster than Debian's wrappers around them.
# It takes no network connections and does not wait for the disk. PostgreSQL
# refuses to run as root, so root runs it as the user postgres.
set -eu

usage() {
	echo "usage: pg.sh start|stop DIR, or bin" >&2
	exit 2
}

# shellcheck disable=SC2012 # these names hold no surprises
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -x "$bin/pg_ctl" ] || { echo "pg.sh: no PostgreSQL server here" >&2; exit 1; }
[ "$*" != bin ] || { echo "$bin"; exit; }
[ $# -eq 2 ] || usage
mkdir -p "$2"
dir=$(cd "$2" && pwd)

as_postgres() {
	if [ "$(id -u)" -eq 0 ]; then
		# the working folder may be closed to that user
		(cd / && runuser -u postgres -- "$@")
	else
		"$@"
	fi
}

make() {
	[ "$(id -u)" -ne 0 ] || chown postgres "$dir"
	chmod 700 "$dir"
	as_postgres "$bin/initdb" -D "$dir/data" -U dienstweg -A trust \
		-E UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 || {
		cat "$dir/initdb.log" >&2
		exit 1
	}
	cat >>"$dir/data/postgresql.conf" <<-END
		listen_addresses = ''
		unix_socket_directories = '$dir'
		max_connections = 200
		fsync = off
		synchronous_commit = off
		full_page_writes = off
	END
}

start() {
	[ -e "$dir/data" ] || make
	as_postgres "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w start \
		>/dev/null || { cat "$dir/log" >&2; exit 1; }
	echo "postgresql://dienstweg@/postgres?host=$dir"
}

case $1 in
start) start ;;
stop) as_postgres "$bin/pg_ctl" -D "$dir/data" -m fast -w stop >/dev/null ;;
*) usage ;;
esac
