# What ./bench measures and how: databases, the server, the loads, the table at
# the end. Sourced by ./bench, which says what is run in which order.
#
# A figure is a line "name clients req/s p50 p99 us": milliseconds, and the
# server's processor time for one request in microseconds, which other work on
# the machine disturbs less than the rate.
# shellcheck shell=bash disable=SC2154

program() {
	"$built/dienstweg" "$@"
}

bench_end() {
	server_stop
	[ -z "${cluster:-}" ] || "$here/tests/pg.sh" stop "$cluster" || true
}

# ---- Databases ---------------------------------------------------------------

# SIZE: that many customers and tickets, one employee with a session and a
# token. Kept until the schema or the seed changes.
seed_make() {
	local size=$1 db="$data/$1.db" sum
	sum=$(cat "$here"/sql/migrations/*.sql "$here/tests/bench/seed.sql" \
		"${BASH_SOURCE[0]}" | sha256sum)
	[ "$(cat "$db.made-of" 2>/dev/null)" != "$sum" ] || return 0
	say "Making a database with $size customers and tickets"
	rm -f "$db" "$db"-*
	program migrate --database "sqlite:$db" >/dev/null
	echo "bench-password" | program employee add bench --name "Bench" \
		--role agent --database "sqlite:$db" >/dev/null
	program token create bench --name bench --database "sqlite:$db" \
		>"$db.token"
	seed_rows "$size" "$db"
	echo "$sum" >"$db.made-of"
}

# SIZE DB: indexes are quicker made at the end than kept up to date.
seed_rows() {
	local size=$1 db=$2
	local indexes="FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
	local digest

	digest=$(printf %s "$cookie" | b2sum -l 256 | cut -d' ' -f1)
	sqlite3 -bail "$db" "SELECT sql || ';' $indexes" >"$data/indexes.sql"
	sqlite3 -bail "$db" "SELECT 'DROP INDEX ' || name || ';' $indexes" \
		>"$data/drop.sql"
	sqlite3 -bail -cmd "PRAGMA temp_store = MEMORY" \
		-cmd ".parameter set :rows $size" "$db" \
		".read $data/drop.sql" ".read $here/tests/bench/seed.sql" \
		".read $data/indexes.sql" \
		"INSERT INTO session(digest, employee_id, created_ms, seen_ms,
		 expires_ms) VALUES (x'$digest', 1, 0, 0, 1 << 50)" >/dev/null
}

intake_database() {
	if [ "$1" = sqlite ]; then
		cp "$data/10000.db" "$data/intake.db"
		url="sqlite:$data/intake.db"
	else
		postgres_make
	fi
}

intake_database_drop() {
	if [ "$1" = sqlite ]; then
		rm -f "$data"/intake.db*
	else
		"$here/tests/pg.sh" stop "$cluster"
		rm -rf "$cluster"
		cluster=
	fi
}

# A cluster of its own that waits for the disk, with the rows of 10000.db.
postgres_make() {
	local table

	cluster=$(mktemp -d /var/tmp/bench-XXXXXX)
	url=$("$here/tests/pg.sh" start "$cluster")
	psql -q "$url" -c "ALTER SYSTEM SET fsync = on" \
		-c "ALTER SYSTEM SET synchronous_commit = on" \
		-c "ALTER SYSTEM SET full_page_writes = on" \
		-c "SELECT pg_reload_conf()" >/dev/null
	program migrate --database "$url" >/dev/null
	for table in employee api_token customer person contract phone \
		customer_word ticket ticket_message; do
		sqlite3 -csv "$data/10000.db" "$(table_select "$table")" |
			psql -q "$url" -c "\\copy $table from stdin csv"
	done
	psql -q "$url" -c "SELECT setval(pg_get_serial_sequence('ticket', 'id'),
		max(id)) FROM ticket" -c "ANALYZE" >/dev/null
}

# The only bytes among those tables are the token's digest.
table_select() {
	if [ "$1" = api_token ]; then
		echo "SELECT id, '\\x' || hex(digest), employee_id, name,
			created_ms, revoked_ms FROM api_token"
	else
		echo "SELECT * FROM $1"
	fi
}

tickets_count() {
	case $url in
	sqlite:*) sqlite3 "${url#sqlite:}" "SELECT count(*) FROM ticket" ;;
	*) psql -qAt "$url" -c "SELECT count(*) FROM ticket" ;;
	esac
}

# ---- The server --------------------------------------------------------------

# URL: starts the server and waits until it listens.
server_start() {
	: >"$data/serve.out"
	"$built/dienstweg" serve --database "$1" --listen "127.0.0.1:$port" \
		>"$data/serve.out" 2>"$data/serve.log" &
	server=$!
	for _ in {1..600}; do
		! grep -q listening "$data/serve.out" || return 0
		kill -0 "$server" 2>/dev/null || break
		sleep 0.1
	done
	tail -n 5 "$data/serve.log" >&2
	give_up "the server did not start"
}

server_stop() {
	[ -n "${server:-}" ] || return 0
	kill "$server" 2>/dev/null || true
	wait "$server" || true
	server=
}

# Processor time of the server so far, in clock ticks.
server_ticks() {
	awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$server/stat"
}

# ---- Loads -------------------------------------------------------------------

# NAME CLIENTS SECONDS SCRIPT ARGUMENT...: runs wrk, keeps the figure; how many
# requests were answered is in $answered.
wrk_run() {
	local name=$1 n=$2 duration=$3 script=$4 before after
	shift 4
	before=$(server_ticks)
	wrk -t1 -c"$n" -d"${duration}s" --latency -s "$here/tests/bench/$script" \
		"http://127.0.0.1:$port/" -- "$@" >"$data/wrk.out"
	after=$(server_ticks)
	grep -q 'refused 0 lost 0' "$data/wrk.out" ||
		give_up "$name: $(grep answered "$data/wrk.out")"
	answered=$(awk '/^answered/ { print $2 }' "$data/wrk.out")
	awk -v name="$name" -v n="$n" -v ticks="$((after - before))" \
		-v hz="$(getconf CLK_TCK)" '
		function ms(t) {
			return t ~ /us$/ ? t / 1000 : t ~ /ms$/ ? t + 0 : t * 1000
		}
		/ 50%/ { p50 = ms($2) } / 99%/ { p99 = ms($2) }
		/Requests\/sec/ { rate = $2 }
		/^answered/ { us = ticks / hz * 1e6 / $2 }
		END { print name, n, rate, p50, p99, us }' "$data/wrk.out" \
		>>"$figures"
}

# What was acknowledged must be there; what the load cut off when its time was
# over may be.
intake_measure() {
	local engine=$1 n=$2 before new

	before=$(tickets_count)
	wrk_run "intake-$engine" "$n" "$seconds" intake.lua \
		"$(cat "$data/10000.db.token")" 10000
	sleep 0.5
	new=$(($(tickets_count) - before))
	if [ "$new" -lt "$answered" ] || [ "$new" -gt "$((answered + n))" ]; then
		give_up "$answered tickets were acknowledged, $new are there"
	fi
}

# SIZE: the paths of each page, a line each. Search is what stands in the box
# after each key, from the second to the sixth.
paths_make() {
	local size=$1 prefix="$data/$1"

	echo /queue >"$prefix.queue"
	sqlite3 "$data/$size.db" "SELECT '/tickets/'
		|| (1 + value * 7919 % $size) FROM generate_series(1, 2000)" \
		>"$prefix.ticket"
	sqlite3 "$data/$size.db" "
		WITH pick AS (SELECT value AS k, 1 + value * 7919 % $size AS id
		  FROM generate_series(1, 600)),
		text AS (SELECT k, CASE k % 4 WHEN 0 THEN c.number
		    WHEN 1 THEN c.name_key
		    WHEN 2 THEN substr(c.name_key, instr(c.name_key, ' ') + 1)
		    ELSE substr(f.e164, -6) END AS typed
		  FROM pick JOIN customer c USING (id)
		  JOIN phone f ON f.customer_id = c.id)
		SELECT '/customers/lookup?q='
		  || replace(substr(typed, 1, value), ' ', '+')
		FROM text, generate_series(2, 6)
		WHERE length(typed) >= value
		ORDER BY k, value" >"$prefix.lookup"
	[ -s "$prefix.lookup" ] || give_up "there is nothing to type"
}

# SIZE: everything once, so that no figure has the cold file in it.
pages_warm() {
	local keep=$figures

	cat "$data/$1.db" >/dev/null
	figures=/dev/null
	wrk_run warm 8 2 pages.lua "$cookie" "$data/$1.lookup"
	figures=$keep
}

page_measure() {
	wrk_run "$1-$2" "$3" "$seconds" pages.lua "$cookie" "$data/$2.$1"
}

# SIZE: 32 people who type; the rate is theirs, the time as they see it.
typists_measure() {
	local n p50 p99 before after

	before=$(server_ticks)
	read -r n p50 p99 < <("$built/tests/unit/bench_typists" "$port" \
		"$cookie" "$data/$1.lookup" "$((2 * seconds))") ||
		give_up "the typists were not answered"
	after=$(server_ticks)
	echo "typing-$1 32 $((n / (2 * seconds))) $p50 $p99" \
		"$(((after - before) * 1000000 / $(getconf CLK_TCK) / n))" \
		>>"$figures"
}

# What BENCH_LIMIT prints, with times in milliseconds.
limit_measure() {
	[ -n "${BENCH_LIMIT:-}" ] || return 0
	mkdir -p "$data/limit"
	"$BENCH_LIMIT" "$data/limit" | awk '
		function ms(t) {
			return t ~ /us$/ ? t / 1000 : t ~ /ms$/ ? t + 0 : t * 1000
		}
		NF == 5 { print "limit-" $1, $2, $3, ms($4), ms($5), 0 }' \
		>>"$figures"
}

# ---- The table ---------------------------------------------------------------

# The median of each figure's rounds, and two ratios.
figures_print() {
	[ -s "$figures" ] || return 0
	printf '%-16s %7s %10s %9s %9s %9s\n' what clients req/s "p50 ms" \
		"p99 ms" "cpu us"
	awk '
	function median(list,    v, n, i, k, t) {
		n = split(list, v, " ")
		for (i = 2; i <= n; i++)
			for (k = i; k > 1 && v[k] + 0 < v[k - 1] + 0; k--) {
				t = v[k]; v[k] = v[k - 1]; v[k - 1] = t
			}
		return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
	}
	function ratio(what, a, b) {
		if ((a in rate) && (b in rate))
			printf "%s: %.2f\n", what, rate[a] / rate[b]
	}
	{
		key = $1 " " $2
		if (!(key in seen)) { seen[key] = 1; order[++keys] = key }
		for (i = 3; i <= 6; i++) list[key, i] = list[key, i] " " $i
	}
	END {
		for (i = 1; i <= keys; i++) {
			split(order[i], part, " ")
			rate[order[i]] = median(list[order[i], 3])
			cost[order[i]] = median(list[order[i], 6])
			printf "%-16s %7d %10.0f %9.2f %9.2f %9.0f\n", part[1],
				part[2], rate[order[i]],
				median(list[order[i], 4]),
				median(list[order[i], 5]), cost[order[i]]
		}
		ratio("intake to limit gc, 64 clients", "intake-sqlite 64",
			"limit-gc 64")
		ratio("queue page at a million to limit page, 64 clients",
			"queue-1000000 64", "limit-page 64")
		ratio("queue page at 10,000 to limit page, 64 clients",
			"queue-10000 64", "limit-page 64")
		for (i = 1; i <= keys; i++) {
			big = order[i]
			small = big
			if (sub(/-1000000 /, "-10000 ", small) &&
			    cost[small] > 0)
				printf "%s: cost at a million to cost at " \
					"10,000: %.2f\n", big,
					cost[big] / cost[small]
		}
	}' "$figures"
}
