-- q: private_number_add(employee_id i64, e164 text, created_ms i64) one(id i64) write
INSERT INTO private_number(employee_id, e164, created_ms)
VALUES ($1, $2, $3) RETURNING id;

-- q: private_number_drop(employee_id i64, e164 text) rows write
DELETE FROM private_number WHERE employee_id = $1 AND e164 = $2;

-- q: private_numbers() many(login text, name text, e164 text)
SELECT e.login, e.name, p.e164
FROM private_number p JOIN employee e ON e.id = p.employee_id
ORDER BY e.name, e.id, p.id LIMIT 5000;

-- How many telephone numbers were tried, reckoned up to a moment.
-- q: numbers_tried(subject text, n i64, last_ms i64) none write
INSERT INTO signin_failure(subject, failures, last_ms) VALUES ($1, $2, $3)
ON CONFLICT (subject) DO UPDATE
SET failures = excluded.failures, last_ms = excluded.last_ms;

-- What colleagues wrote about a ticket for colleagues, and what the customer
-- has read and asked of it, but for one message; the newest first.
-- q: ticket_texts(ticket_id i64, but_id i64) many(kind i64, body text)
SELECT kind, body FROM ticket_message
WHERE ticket_id = $1 AND id <> $2 ORDER BY id DESC LIMIT 100;

-- Notes typed during a call.
-- q: call_notes(call_id i64) many(value text)
SELECT value FROM call_input
WHERE call_id = $1 AND name = 'text' ORDER BY matter;

-- q: held_save(ticket_id i64, employee_id i64, body text, at_ms i64) none write
INSERT INTO ticket_held(ticket_id, employee_id, body, at_ms)
VALUES ($1, $2, $3, $4)
ON CONFLICT (ticket_id, employee_id) DO UPDATE
SET body = excluded.body, at_ms = excluded.at_ms;

-- q: held_drop(ticket_id i64) rows write
DELETE FROM ticket_held WHERE ticket_id = $1;

-- Whoever wrote what now was sent is writing no more.
-- q: held_draft_drop(ticket_id i64, body text) rows write
DELETE FROM ticket_draft
WHERE ticket_id = $1 AND body = $2 AND employee_id IN (
  SELECT employee_id FROM ticket_held WHERE ticket_id = $1);

-- q: held_of_ticket(ticket_id i64) many(employee_id i64, employee_name text, body text, at_ms i64)
SELECT h.employee_id, e.name, h.body, h.at_ms
FROM ticket_held h JOIN employee e ON e.id = h.employee_id
WHERE h.ticket_id = $1 ORDER BY h.at_ms DESC LIMIT 20;

-- q: held_list(most i64) many(ticket_id i64, employee_name text, at_ms i64, summary text)
SELECT h.ticket_id, e.name, h.at_ms, t.summary
FROM ticket_held h
JOIN employee e ON e.id = h.employee_id
JOIN ticket t ON t.id = h.ticket_id
ORDER BY h.ticket_id, h.employee_id LIMIT $1;
