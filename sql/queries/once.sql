-- q: once_get(employee_id i64, nonce text) one(digest blob, subject_id i64)
SELECT digest, subject_id FROM once WHERE employee_id = $1 AND nonce = $2;

-- q: once_add(employee_id i64, nonce text, digest blob, subject_id i64, at_ms i64) none write
INSERT INTO once(employee_id, nonce, digest, subject_id, at_ms)
VALUES ($1, $2, $3, $4, $5);

-- q: once_expire(before_ms i64) rows write
DELETE FROM once WHERE at_ms < $1;
