-- q: event_add(at_ms i64, employee_id i64?, door i64, kind text, subject_id i64, payload text, digest blob) none write
INSERT INTO event(at_ms, employee_id, door, kind, subject_id, payload, digest)
VALUES ($1, $2, $3, $4, $5, $6, $7);
