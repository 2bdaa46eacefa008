-- row: ticket_row(id i64, state i64, kind i64, customer_number text?, customer_name text?, caller_name text, summary text, opened_ms i64, waiting_ms i64)

-- q: ticket_add(kind i64, customer_id i64?, person_id i64?, caller_name text, caller_number text, summary text, question text, search_words text, search_reason text, search_reason_kind i64, read_back bool, internet_hint bool, door i64, call_id i64?, employee_id i64, now_ms i64) one(id i64) write
INSERT INTO ticket(state, kind, customer_id, person_id, caller_name,
  caller_number, summary, question, search_words, search_reason,
  search_reason_kind, read_back, internet_hint, door, call_id, employee_id,
  opened_ms, waiting_ms, version)
VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
  $16, $16, 1) RETURNING id;

-- q: ticket_waiting(after_ms i64, after_id i64, most i64) many(like ticket_row)
SELECT t.id, t.state, t.kind, c.number, c.name, t.caller_name, t.summary,
       t.opened_ms, t.waiting_ms
FROM ticket t LEFT JOIN customer c ON c.id = t.customer_id
WHERE t.state = 1 AND (t.waiting_ms, t.id) > ($1, $2)
ORDER BY t.waiting_ms, t.id LIMIT $3;

-- q: ticket_by_state(state i64, before_ms i64, before_id i64, most i64) many(like ticket_row)
SELECT t.id, t.state, t.kind, c.number, c.name, t.caller_name, t.summary,
       t.opened_ms, t.waiting_ms
FROM ticket t LEFT JOIN customer c ON c.id = t.customer_id
WHERE t.state = $1 AND (t.waiting_ms, t.id) < ($2, $3)
ORDER BY t.waiting_ms DESC, t.id DESC LIMIT $4;

-- The same of the kinds that are few; these have an index of their own.
-- q: ticket_waiting_kind(kind i64, after_ms i64, after_id i64, most i64) many(like ticket_row)
SELECT t.id, t.state, t.kind, c.number, c.name, t.caller_name, t.summary,
       t.opened_ms, t.waiting_ms
FROM ticket t LEFT JOIN customer c ON c.id = t.customer_id
WHERE t.kind <> 1 AND t.kind = $1 AND t.state = 1
  AND (t.waiting_ms, t.id) > ($2, $3)
ORDER BY t.waiting_ms, t.id LIMIT $4;

-- q: ticket_by_kind(kind i64, state i64, before_ms i64, before_id i64, most i64) many(like ticket_row)
SELECT t.id, t.state, t.kind, c.number, c.name, t.caller_name, t.summary,
       t.opened_ms, t.waiting_ms
FROM ticket t LEFT JOIN customer c ON c.id = t.customer_id
WHERE t.kind <> 1 AND t.kind = $1 AND t.state = $2
  AND (t.waiting_ms, t.id) < ($3, $4)
ORDER BY t.waiting_ms DESC, t.id DESC LIMIT $5;

-- One customer's; 0 stands for any state or kind.
-- q: ticket_by_customer(customer_id i64, state i64, kind i64, before_id i64, most i64) many(like ticket_row)
SELECT t.id, t.state, t.kind, c.number, c.name, t.caller_name, t.summary,
       t.opened_ms, t.waiting_ms
FROM ticket t LEFT JOIN customer c ON c.id = t.customer_id
WHERE t.customer_id = $1 AND (t.state = $2 OR $2 = 0)
  AND (t.kind = $3 OR $3 = 0) AND t.id < $4
ORDER BY t.id DESC LIMIT $5;

-- q: ticket_of_customer(customer_id i64) many(like ticket_row)
SELECT t.id, t.state, t.kind, c.number, c.name, t.caller_name, t.summary,
       t.opened_ms, t.waiting_ms
FROM ticket t LEFT JOIN customer c ON c.id = t.customer_id
WHERE t.customer_id = $1
ORDER BY t.id DESC LIMIT 20;

-- q: ticket_unanswered(most i64) one(n i64)
SELECT count(*) FROM (SELECT 1 AS x FROM ticket WHERE state = 1 LIMIT $1) AS few;

-- q: ticket(id i64) one(id i64, state i64, kind i64, customer_id i64?, customer_number text?, customer_name text?, person_id i64?, caller_name text, caller_number text, question text, search_words text, search_reason text, search_reason_kind i64, read_back bool, internet_hint bool, door i64, call_id i64?, employee_name text, opened_ms i64, waiting_ms i64, version i64)
SELECT t.id, t.state, t.kind, t.customer_id, c.number, c.name, t.person_id,
       t.caller_name, t.caller_number, t.question, t.search_words,
       t.search_reason, t.search_reason_kind, t.read_back, t.internet_hint,
       t.door, t.call_id, e.name, t.opened_ms, t.waiting_ms, t.version
FROM ticket t
JOIN employee e ON e.id = t.employee_id
LEFT JOIN customer c ON c.id = t.customer_id
WHERE t.id = $1;

-- q: ticket_messages(ticket_id i64) many(id i64, kind i64, employee_name text, body text, at_ms i64)
SELECT m.id, m.kind, e.name, m.body, m.at_ms
FROM ticket_message m JOIN employee e ON e.id = m.employee_id
WHERE m.ticket_id = $1 ORDER BY m.id LIMIT 1000;

-- q: ticket_message_count(ticket_id i64) one(n i64)
SELECT count(*) FROM ticket_message WHERE ticket_id = $1;

-- q: ticket_message_add(ticket_id i64, kind i64, employee_id i64, body text, at_ms i64) one(id i64) write
INSERT INTO ticket_message(ticket_id, kind, employee_id, body, at_ms)
VALUES ($1, $2, $3, $4, $5) RETURNING id;

-- The state moves only from the version that was seen.
-- q: ticket_move(id i64, version i64, state i64, now_ms i64) rows write
UPDATE ticket SET state = $3, waiting_ms = $4, version = version + 1
WHERE id = $1 AND version = $2;

-- q: ticket_draft_save(ticket_id i64, employee_id i64, body text, at_ms i64) none write
INSERT INTO ticket_draft(ticket_id, employee_id, body, at_ms)
VALUES ($1, $2, $3, $4)
ON CONFLICT (ticket_id, employee_id) DO UPDATE
SET body = excluded.body, at_ms = excluded.at_ms;

-- q: ticket_draft_drop(ticket_id i64, employee_id i64) none write
DELETE FROM ticket_draft WHERE ticket_id = $1 AND employee_id = $2;

-- q: ticket_drafts(ticket_id i64) many(employee_id i64, employee_name text, body text, at_ms i64)
SELECT d.employee_id, e.name, d.body, d.at_ms
FROM ticket_draft d JOIN employee e ON e.id = d.employee_id
WHERE d.ticket_id = $1 ORDER BY d.at_ms DESC LIMIT 20;

-- Who did what to a ticket, the newest first. What they wrote stands in its
-- thread.
-- q: ticket_history(ticket_id i64) many(at_ms i64, employee_name text?, door i64, kind text)
SELECT v.at_ms, e.name, v.door, v.kind
FROM event v LEFT JOIN employee e ON e.id = v.employee_id
WHERE substr(v.kind, 1, 7) = 'ticket.' AND v.subject_id = $1
ORDER BY v.id DESC LIMIT 200;

-- q: ticket_reassign(id i64, customer_id i64, person_id i64?, caller_name text) none write
UPDATE ticket SET customer_id = $2, person_id = $3, caller_name = $4,
  version = version + 1
WHERE id = $1;
