-- row: outbox_row(id i64, kind i64, subject_id i64, part_id i64, state i64, person text, address text, subject text, tries i64, next_ms i64, reason text, employee_name text?, created_ms i64, done_ms i64?, done_by_name text?)

-- q: outbox_add(kind i64, subject_id i64, part_id i64, state i64, person text, address text, subject text, body text, automatic bool, mail_id text, employee_id i64?, done_by i64?, done_ms i64?, now_ms i64) one(id i64) write
INSERT INTO outbox(kind, subject_id, part_id, state, person, address, subject,
  body, automatic, mail_id, tries, next_ms, reason, employee_id, done_by,
  done_ms, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $14, '', $11, $12, $13,
  $14) RETURNING id;

-- q: outbox(id i64) one(kind i64, subject_id i64, state i64, person text, address text, subject text, body text, automatic bool, mail_id text, tries i64, created_ms i64)
SELECT kind, subject_id, state, person, address, subject, body, automatic,
       mail_id, tries, created_ms
FROM outbox WHERE id = $1;

-- The mail before it to the same matter, for the thread in the mail program.
-- q: outbox_before(kind i64, subject_id i64, id i64) one(mail_id text)
SELECT mail_id FROM outbox
WHERE kind = $1 AND subject_id = $2 AND id < $3 AND mail_id <> ''
ORDER BY id DESC LIMIT 1;

-- q: outbox_of(kind i64, subject_id i64) many(like outbox_row)
SELECT o.id, o.kind, o.subject_id, o.part_id, o.state, o.person, o.address,
       o.subject, o.tries, o.next_ms, o.reason, e.name, o.created_ms,
       o.done_ms, b.name
FROM outbox o
LEFT JOIN employee e ON e.id = o.employee_id
LEFT JOIN employee b ON b.id = o.done_by
WHERE o.kind = $1 AND o.subject_id = $2 ORDER BY o.id DESC LIMIT 50;

-- What has not reached anybody yet, the oldest first.
-- q: outbox_open(after i64, most i64) many(like outbox_row)
SELECT o.id, o.kind, o.subject_id, o.part_id, o.state, o.person, o.address,
       o.subject, o.tries, o.next_ms, o.reason, e.name, o.created_ms,
       o.done_ms, b.name
FROM outbox o
LEFT JOIN employee e ON e.id = o.employee_id
LEFT JOIN employee b ON b.id = o.done_by
WHERE o.state <= 5 AND o.id > $1 ORDER BY o.id LIMIT $2;

-- q: outbox_open_count(most i64) one(n i64)
SELECT count(*) FROM (SELECT 1 AS x FROM outbox
  WHERE state <= 5 AND id > 0 LIMIT $1) AS few;

-- Mails that are due, or were being sent when the program ended.
-- q: outbox_due(now_ms i64, most i64) many(id i64, state i64)
SELECT id, state FROM outbox
WHERE state <= 2 AND next_ms <= $1 ORDER BY next_ms, id LIMIT $2;

-- From one state to another; only from the state that was seen.
-- q: outbox_move(id i64, from_state i64, to_state i64, tries i64, next_ms i64, reason text) rows write
UPDATE outbox SET state = $3, tries = $4, next_ms = $5, reason = $6
WHERE id = $1 AND state = $2;

-- q: outbox_done(id i64, from_state i64, to_state i64, done_by i64?, now_ms i64) rows write
UPDATE outbox SET state = $3, done_by = $4, done_ms = $5, reason = ''
WHERE id = $1 AND state = $2;
