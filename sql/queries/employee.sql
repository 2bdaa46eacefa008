-- row: employee_row(id i64, login text, name text, role i64, active bool)
-- row: actor_row(session_id i64, employee_id i64, login text, name text, role i64, lang text, theme text, keys_off bool, seen_ms i64, expires_ms i64)

-- q: employee_add(login text, name text, role i64, password_hash text, created_ms i64) one(id i64) write
INSERT INTO employee(login, name, role, password_hash, active, keys_off, created_ms)
VALUES ($1, $2, $3, $4, TRUE, FALSE, $5) RETURNING id;

-- q: employee_list() many(like employee_row)
SELECT id, login, name, role, active FROM employee ORDER BY name, id LIMIT 1000;

-- q: employee_by_login(login text) one(id i64, password_hash text, active bool)
SELECT id, password_hash, active FROM employee WHERE login = $1;

-- q: employee_password(id i64, password_hash text) none write
UPDATE employee SET password_hash = $2 WHERE id = $1;

-- q: employee_active(id i64, active bool) none write
UPDATE employee SET active = $2 WHERE id = $1;

-- q: session_end_all(employee_id i64) none write
DELETE FROM session WHERE employee_id = $1;

-- q: employee_settings(id i64, lang text, theme text, keys_off bool) none write
UPDATE employee SET lang = $2, theme = $3, keys_off = $4 WHERE id = $1;

-- q: session_add(digest blob, employee_id i64, now_ms i64, expires_ms i64) one(id i64) write
INSERT INTO session(digest, employee_id, created_ms, seen_ms, expires_ms)
VALUES ($1, $2, $3, $3, $4) RETURNING id;

-- q: session_actor(digest blob) one(like actor_row)
SELECT s.id, e.id, e.login, e.name, e.role, e.lang, e.theme, e.keys_off,
       s.seen_ms, s.expires_ms
FROM session s JOIN employee e ON e.id = s.employee_id
WHERE s.digest = $1 AND e.active;

-- Only the newest of an employee's sessions are left.
-- q: session_trim(employee_id i64, most i64) rows write
DELETE FROM session WHERE employee_id = $1 AND id <= (
  SELECT id FROM session WHERE employee_id = $1
  ORDER BY id DESC LIMIT 1 OFFSET $2);

-- q: session_seen(id i64, seen_ms i64, expires_ms i64) none write
UPDATE session SET seen_ms = $2, expires_ms = $3 WHERE id = $1;

-- q: session_remove(id i64) none write
DELETE FROM session WHERE id = $1;

-- q: session_expire(now_ms i64) rows write
DELETE FROM session WHERE expires_ms <= $1;

-- q: token_add(digest blob, employee_id i64, name text, created_ms i64) one(id i64) write
INSERT INTO api_token(digest, employee_id, name, created_ms)
VALUES ($1, $2, $3, $4) RETURNING id;

-- q: token_revoke(employee_id i64, name text, now_ms i64) rows write
UPDATE api_token SET revoked_ms = $3
WHERE employee_id = $1 AND name = $2 AND revoked_ms IS NULL;

-- q: token_actor(digest blob) one(like actor_row)
SELECT 0, e.id, e.login, e.name, e.role, e.lang, e.theme, e.keys_off, 0, 0
FROM api_token t JOIN employee e ON e.id = t.employee_id
WHERE t.digest = $1 AND t.revoked_ms IS NULL AND e.active;

-- q: signin_failures(subject text) one(failures i64, last_ms i64)
SELECT failures, last_ms FROM signin_failure WHERE subject = $1;

-- q: signin_failure_add(subject text, now_ms i64) none write
INSERT INTO signin_failure(subject, failures, last_ms) VALUES ($1, 1, $2)
ON CONFLICT (subject) DO UPDATE
SET failures = signin_failure.failures + 1, last_ms = excluded.last_ms;

-- One that was counted ahead was none; the last one is the one before it, unless
-- another came meanwhile.
-- q: signin_failure_back(subject text, counted_ms i64, last_ms i64) none write
UPDATE signin_failure SET failures = failures - 1,
  last_ms = CASE WHEN last_ms = $2 THEN $3 ELSE last_ms END
WHERE subject = $1 AND failures > 0;

-- q: signin_place_known(login text, network text, since_ms i64) one(n i64)
SELECT count(*) FROM signin_place p JOIN employee e ON e.id = p.employee_id
WHERE e.login = $1 AND p.network = $2 AND p.last_ms >= $3;

-- q: signin_place_keep(employee_id i64, network text, now_ms i64) none write
INSERT INTO signin_place(employee_id, network, last_ms) VALUES ($1, $2, $3)
ON CONFLICT (employee_id, network) DO UPDATE SET last_ms = excluded.last_ms;

-- q: signin_place_expire(before_ms i64) rows write
DELETE FROM signin_place WHERE last_ms < $1;

-- q: signin_failure_forget(subject text) none write
DELETE FROM signin_failure WHERE subject = $1;

-- q: signin_failure_expire(before_ms i64) rows write
DELETE FROM signin_failure WHERE last_ms < $1;

-- All but the newest.
-- q: signin_failure_trim(most i64) rows write
DELETE FROM signin_failure WHERE last_ms <= (
  SELECT last_ms FROM signin_failure
  ORDER BY last_ms DESC LIMIT 1 OFFSET $1);

-- q: employee(id i64) one(id i64, login text, name text, role i64, active bool, password_hash text)
SELECT id, login, name, role, active, password_hash FROM employee WHERE id = $1;

-- q: employee_role(id i64, role i64) none write
UPDATE employee SET role = $2 WHERE id = $1;

-- q: employee_rename(id i64, name text) none write
UPDATE employee SET name = $2 WHERE id = $1;

-- How many others could look after the house.
-- q: employee_other_admins(id i64) one(n i64)
SELECT count(*) FROM employee WHERE role = 3 AND active AND id <> $1;

-- q: session_end_others(employee_id i64, session_id i64) none write
DELETE FROM session WHERE employee_id = $1 AND id <> $2;
