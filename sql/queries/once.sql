-- q: once_get(employee_id i64, nonce text) one(digest blob, subject_id i64)
SELECT digest, subject_id FROM once WHERE employee_id = $1 AND nonce = $2;

-- Changes a row only if the nonce is new. Nothing is read: see desk/once.c.
-- q: once_claim(employee_id i64, nonce text, digest blob, at_ms i64) rows write
INSERT INTO once(employee_id, nonce, digest, subject_id, at_ms)
VALUES ($1, $2, $3, 0, $4) ON CONFLICT (employee_id, nonce) DO NOTHING;

-- What came of it, once; an UPDATE would read.
-- q: once_keep(employee_id i64, nonce text, digest blob, subject_id i64, at_ms i64) rows write
INSERT INTO once(employee_id, nonce, digest, subject_id, at_ms)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT (employee_id, nonce) DO UPDATE
SET subject_id = excluded.subject_id WHERE once.subject_id = 0;

-- q: once_expire(before_ms i64) rows write
DELETE FROM once WHERE at_ms < $1;
