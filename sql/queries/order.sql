-- row: order_row(id i64, kind i64, state i64, customer_id i64, customer_number text, customer_name text, summary text, employee_name text?, price_text text, net_cents i64, unit_ms i64, units_least i64, vat i64, worked_ms i64, started_ms i64?, changed_ms i64)

-- q: order_add(kind i64, state i64, customer_id i64, person_id i64?, caller_name text, call_id i64?, door i64, summary text, description text, price_text text, net_cents i64, unit_ms i64, units_least i64, vat i64, sentence text, employee_id i64, now_ms i64) one(id i64) write
INSERT INTO work_order(kind, state, customer_id, person_id, caller_name,
  call_id, door, summary, description, price_text, net_cents, unit_ms,
  units_least, vat, sentence, offered_by, offered_ms, answer_words,
  answer_name, worked_ms, changed_ms, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
  $17, '', '', 0, $17, 1) RETURNING id;

-- The caller's yes or no, from the version that was seen.
-- q: order_answer(id i64, version i64, state i64, words text, name text, answered_by i64, now_ms i64) none write
UPDATE work_order SET state = $3, answer_words = $4, answer_name = $5,
  answered_by = $6, answered_ms = $7, changed_ms = $7, version = version + 1
WHERE id = $1 AND version = $2;

-- q: order_assign(id i64, version i64, employee_id i64?) none write
UPDATE work_order SET employee_id = $3, version = version + 1
WHERE id = $1 AND version = $2;

-- q: order_start(id i64, version i64, employee_id i64, now_ms i64) none write
UPDATE work_order SET state = 4, employee_id = $3, started_ms = $4,
  changed_ms = $4, version = version + 1
WHERE id = $1 AND version = $2;

-- q: order_done(id i64, version i64, worked_ms i64, now_ms i64) none write
UPDATE work_order SET state = 5, worked_ms = $3, done_ms = $4, changed_ms = $4,
  version = version + 1
WHERE id = $1 AND version = $2;

-- q: order_cancel(id i64, version i64, now_ms i64) none write
UPDATE work_order SET state = 7, changed_ms = $3, version = version + 1
WHERE id = $1 AND version = $2;

-- What is done becomes invoiced, once.
-- q: order_invoice(id i64, now_ms i64) rows write
UPDATE work_order SET state = 6, invoiced_ms = $2, changed_ms = $2,
  version = version + 1
WHERE id = $1 AND state = 5;

-- q: order(id i64) one(id i64, kind i64, state i64, customer_id i64, customer_number text, customer_name text, person_id i64?, caller_name text, call_id i64?, door i64, description text, price_text text, net_cents i64, unit_ms i64, units_least i64, vat i64, sentence text, offered_name text, offered_ms i64, answer_words text, answer_name text, answered_name text?, answered_ms i64?, employee_id i64?, employee_name text?, started_ms i64?, done_ms i64?, worked_ms i64, invoiced_ms i64?, changed_ms i64, version i64)
SELECT o.id, o.kind, o.state, o.customer_id, c.number, c.name, o.person_id,
       o.caller_name, o.call_id, o.door, o.description, o.price_text,
       o.net_cents, o.unit_ms, o.units_least, o.vat, o.sentence, b.name,
       o.offered_ms, o.answer_words, o.answer_name, a.name, o.answered_ms,
       o.employee_id, e.name, o.started_ms, o.done_ms, o.worked_ms,
       o.invoiced_ms, o.changed_ms, o.version
FROM work_order o
JOIN customer c ON c.id = o.customer_id
JOIN employee b ON b.id = o.offered_by
LEFT JOIN employee a ON a.id = o.answered_by
LEFT JOIN employee e ON e.id = o.employee_id
WHERE o.id = $1;

-- q: order_by_state(state i64, before_ms i64, before_id i64, most i64) many(like order_row)
SELECT o.id, o.kind, o.state, o.customer_id, c.number, c.name, o.summary,
       e.name, o.price_text, o.net_cents, o.unit_ms, o.units_least, o.vat,
       o.worked_ms, o.started_ms, o.changed_ms
FROM work_order o
JOIN customer c ON c.id = o.customer_id
LEFT JOIN employee e ON e.id = o.employee_id
WHERE o.state = $1 AND (o.changed_ms, o.id) < ($2, $3)
ORDER BY o.changed_ms DESC, o.id DESC LIMIT $4;

-- One customer's, the newest first; 0 stands for any state.
-- q: order_by_customer(customer_id i64, state i64, before_id i64, most i64) many(like order_row)
SELECT o.id, o.kind, o.state, o.customer_id, c.number, c.name, o.summary,
       e.name, o.price_text, o.net_cents, o.unit_ms, o.units_least, o.vat,
       o.worked_ms, o.started_ms, o.changed_ms
FROM work_order o
JOIN customer c ON c.id = o.customer_id
LEFT JOIN employee e ON e.id = o.employee_id
WHERE o.customer_id = $1 AND (o.state = $2 OR $2 = 0) AND o.id < $3
ORDER BY o.id DESC LIMIT $4;

-- What an employee has to do: what was accepted, and what is in progress.
-- q: order_of_employee(employee_id i64, most i64) many(like order_row)
SELECT o.id, o.kind, o.state, o.customer_id, c.number, c.name, o.summary,
       e.name, o.price_text, o.net_cents, o.unit_ms, o.units_least, o.vat,
       o.worked_ms, o.started_ms, o.changed_ms
FROM work_order o
JOIN customer c ON c.id = o.customer_id
LEFT JOIN employee e ON e.id = o.employee_id
WHERE o.state IN (2, 4) AND o.employee_id = $1
ORDER BY o.id DESC LIMIT $2;

-- The orders for which a caller may be put through (M6): in progress, somebody
-- in charge, and no advice that is being given at this moment.
-- q: order_in_hand(customer_id i64, most i64) many(id i64, summary text, employee_id i64, employee_name text)
SELECT o.id, o.summary, e.id, e.name
FROM work_order o JOIN employee e ON e.id = o.employee_id
WHERE o.state = 4 AND o.customer_id = $1 AND o.kind <> 4 AND e.active
ORDER BY o.id DESC LIMIT $2;

-- The advice that is or was paid for in a call.
-- q: order_consultation(call_id i64) one(id i64, state i64, net_cents i64, unit_ms i64, units_least i64, vat i64, started_ms i64?, done_ms i64?, version i64)
SELECT id, state, net_cents, unit_ms, units_least, vat, started_ms, done_ms,
       version
FROM work_order
WHERE call_id = $1 AND kind = 4 AND started_ms IS NOT NULL
ORDER BY id LIMIT 1;

-- The newest order that a call led to.
-- q: order_of_call(call_id i64) one(id i64)
SELECT id FROM work_order WHERE call_id = $1 ORDER BY id DESC LIMIT 1;

-- What a call led to and was not invoiced yet.
-- q: order_movable(call_id i64, most i64) many(id i64)
SELECT id FROM work_order WHERE call_id = $1 AND state <> 6
ORDER BY id LIMIT $2;

-- The call was moved to another customer, and the order with it.
-- q: order_reassign(id i64, customer_id i64, person_id i64?, caller_name text) none write
UPDATE work_order SET customer_id = $2, person_id = $3, caller_name = $4,
  version = version + 1
WHERE id = $1;

-- What is to be invoiced, the oldest first.
-- q: order_to_invoice(most i64) many(id i64, kind i64, customer_number text, customer_name text, description text, price_text text, net_cents i64, unit_ms i64, units_least i64, vat i64, worked_ms i64, answer_name text, answered_ms i64?, done_ms i64?)
SELECT o.id, o.kind, c.number, c.name, o.description, o.price_text,
       o.net_cents, o.unit_ms, o.units_least, o.vat, o.worked_ms,
       o.answer_name, o.answered_ms, o.done_ms
FROM work_order o JOIN customer c ON c.id = o.customer_id
WHERE o.state = 5
ORDER BY o.changed_ms, o.id LIMIT $1;

-- q: order_history(order_id i64) many(at_ms i64, employee_name text?, door i64, kind text, payload text?)
SELECT v.at_ms, e.name, v.door, v.kind, v.payload
FROM event v LEFT JOIN employee e ON e.id = v.employee_id
WHERE substr(v.kind, 1, 6) = 'order.' AND v.subject_id = $1
ORDER BY v.id DESC LIMIT 200;
