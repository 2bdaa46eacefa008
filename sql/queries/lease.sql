-- Takes the lease, or keeps it: 1 if it is ours now, 0 if somebody else has it.
-- q: lease_take(name text, holder text, until_ms i64, now_ms i64) rows write
INSERT INTO lease(name, holder, until_ms) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET holder = $2, until_ms = $3
WHERE lease.holder = $2 OR lease.until_ms < $4;

-- q: lease_give(name text, holder text) none write
DELETE FROM lease WHERE name = $1 AND holder = $2;
