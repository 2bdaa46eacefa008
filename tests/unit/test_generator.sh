#!/bin/bash
# What tools/queries and tools/migrations refuse, and where they say it is.
# test_generator.sh QUERIES MIGRATIONS; speaks TAP.
# shellcheck disable=SC2016 # the dollars are SQL's
set -u
queries=$1 migrations=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
n=0

verdict() { # GOOD NAME
	n=$((n + 1))
	if [ "$1" = yes ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

generate() {
	"$queries" "$folder/q.h" "$folder/q.c" "$folder/q.d" "$folder/sql" 2>&1
}

# files NAME TEXT [NAME TEXT]...: the folder's whole content
files() {
	rm -rf "$folder/sql"
	mkdir "$folder/sql"
	while [ $# -gt 0 ]; do
		printf '%b' "$2" >"$folder/sql/$1"
		shift 2
	done
}

# refused LINE WORDS TEXT: the build stops at a.sql:LINE and says WORDS
refused() {
	files a.sql "$3"
	local said
	if said=$(generate); then
		verdict no "$2: not refused"
	elif [[ $said == *"a.sql:$1: error: "*"$2"* ]]; then
		verdict yes "$2"
	else
		verdict no "$2"
		echo "# said: $said"
	fi
}

good='-- q: a(x i64) one(n i64)\nSELECT n FROM t WHERE x = $1;\n'

refused 1 'unknown type' '-- q: a(x int) none write\nDELETE FROM t;\n'
refused 1 'unknown type' '-- q: a(x i64) one(n)\nSELECT 1;\n'
refused 1 'no NULL for bool' '-- q: a(x bool?) none write\nDELETE FROM t;\n'
refused 1 'expected one(' '-- q: a(x i64)\nSELECT $1;\n'
refused 1 'unexpected' '-- q: a() none write now\nDELETE FROM t;\n'
refused 1 'stands there twice' '-- q: a(x i64, x text) none write\nDELETE FROM t;\n'
refused 1 'cannot be a name' '-- q: a(int i64) none write\nDELETE FROM t;\n'
refused 1 'cannot be a parameter' '-- q: a(tx i64) none write\nDELETE FROM t;\n'
refused 1 'without columns' '-- q: a() one()\nSELECT 1;\n'
refused 1 'no row b' '-- q: a() one(like b)\nSELECT 1;\n'
refused 3 '$2, but there are 1' '-- q: a(x i64) none write\nDELETE FROM t\nWHERE a = $2;\n'
refused 2 '$2 (y) is not used' '-- q: a(x i64, y i64) none write\nDELETE FROM t WHERE x = $1;\n'
refused 2 "does not end with ';'" "-- q: a() none write\nDELETE FROM t\n\n$good"
refused 2 "does not end with ';'" '-- q: a() none write\nDELETE FROM t'
refused 2 'does not end' "-- q: a() none write\nDELETE FROM t WHERE a = 'x;\n"
refused 2 'text after the statement' '-- q: a() none write\nDELETE FROM t; DELETE FROM u;\n'
refused 5 'text outside' '\n-- q: a() none write\nDELETE FROM t;\n\nDELETE FROM u;\n'
refused 2 'not a statement' '-- q: a() none write\nDROP TABLE t;\n'
refused 2 'parentheses' '-- q: a() one(n i64)\nSELECT (1;\n'
refused 1 'a SELECT marked write' '-- q: a() one(n i64) write\nSELECT 1;\n'
refused 1 'not marked write' '-- q: a() none\nINSERT INTO t VALUES (1);\n'
refused 1 'not marked write' '-- q: a() rows\nWITH x AS (SELECT 1) UPDATE t SET a = 1;\n'
refused 1 'a SELECT without' '-- q: a() none\nSELECT 1;\n'
refused 1 'RETURNING' '-- q: a() one(id i64) write\nINSERT INTO t VALUES (1);\n'
refused 1 'RETURNING' '-- q: a() none write\nINSERT INTO t VALUES (1) RETURNING id;\n'
refused 3 'the name is taken' "$good$good"
refused 2 'the name is taken' '-- row: r(a i64)\n-- row: r(b i64)\n'
refused 2 'a row has that name' "-- row: a(n i64)\n$good"
refused 1 'comment mark' '-- ends here */\n'

# twins: both files, and the same signature
files x.sqlite.sql "$good" x.pg.sql "$good"
if generate >/dev/null; then verdict yes twins; else verdict no twins; fi
files x.sqlite.sql "$good"
case $(generate) in
*'twin for PostgreSQL is missing'*) verdict yes 'a twin is missing' ;;
*) verdict no 'a twin is missing' ;;
esac
files x.sqlite.sql "$good" x.pg.sql "${good/x i64/x text}"
case $(generate) in
*'another signature'*) verdict yes 'twins differ' ;;
*) verdict no 'twins differ' ;;
esac

# what is made: comment, types and order, quoted text left as it is
files a.sql "-- Finds it.\n-- q: a(x i64?,\n--   y text) one(n i64, z text?)\nSELECT n, ';  --\"' FROM t -- why\n WHERE  x = \$2 AND y = \$1;\n"
generate >/dev/null
check() { if grep -qF -- "$2" "$folder/$1"; then verdict yes "$2"; else verdict no "$2"; fi; }
check q.h '/* Finds it. */'
check q.h 'struct opt_i64 x,'
check q.h 'struct q_a *out);'
check q.c 'SELECT n, '"';  --\\\"'"' FROM t WHERE x = $2 AND y = $1"'
check q.d "$folder/sql/a.sql"

# migrations: names, numbers, twins
migrate() { "$migrations" "$folder/m.c" "$folder/m.d" "$folder/sql" 2>&1; }
migration() { # WORDS NAME...
	local words=$1 name
	rm -rf "$folder/sql"
	mkdir "$folder/sql"
	shift
	for name in "$@"; do echo 'SELECT 1;' >"$folder/sql/$name"; done
	case $(migrate && echo made) in
	*"$words"*) verdict yes "migrations: $words ($*)" ;;
	*) verdict no "migrations: $words ($*)" ;;
	esac
}
migration made 0000_a.sql 0001_b.pg.sql 0001_b.sqlite.sql 0002_c.sql
migration 'not the next one' 0000_a.sql 0002_b.sql
migration 'not the next one' 0000_a.sql 0001_b.sql 0001_c.sql
migration 'twin' 0000_a.sql 0001_b.pg.sql
migration 'twin' 0000_a.sql 0001_b.sqlite.sql
migration 'twin' 0000_a.sql 0001_b.pg.sql 0001_c.sqlite.sql
migration 'is called' 0000_a.sql 1_b.sql
migration 'is called' 0000_a.sql 0001_b.mysql.sql
migration 'no migration'

echo "1..$n"
