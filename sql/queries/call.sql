-- row: call_row(id i64, employee_name text, customer_number text?, customer_name text?, caller_name text, started_ms i64, ended_ms i64?, outcome text)

-- q: call_add(employee_id i64, door i64, instruction_id i64, started_ms i64, caller_number text) one(id i64) write
INSERT INTO call(employee_id, door, instruction_id, started_ms, caller_number,
  identified_by, identified_note, caller_name, outcome, entries)
VALUES ($1, $2, $3, $4, $5, 0, '', '', '', 0) RETURNING id;

-- q: call_open(employee_id i64) one(id i64)
SELECT id FROM call WHERE employee_id = $1 AND ended_ms IS NULL LIMIT 1;

-- q: call(id i64) one(id i64, employee_id i64, employee_name text, door i64, instruction_id i64, started_ms i64, ended_ms i64?, caller_number text, customer_id i64?, customer_number text?, customer_key text?, customer_name text?, identified_by i64, identified_note text, person_id i64?, caller_name text, outcome text, entries i64, overrun_ms i64)
SELECT k.id, k.employee_id, e.name, k.door, k.instruction_id, k.started_ms,
       k.ended_ms, k.caller_number, k.customer_id, c.number, c.number_key,
       c.name, k.identified_by, k.identified_note, k.person_id, k.caller_name,
       k.outcome, k.entries, k.overrun_ms
FROM call k
JOIN employee e ON e.id = k.employee_id
LEFT JOIN customer c ON c.id = k.customer_id
WHERE k.id = $1;

-- q: call_entries(call_id i64) many(seq i64, kind text, step text, answer text, facts text, at_ms i64)
SELECT seq, kind, step, answer, facts, at_ms
FROM call_entry WHERE call_id = $1 ORDER BY seq;

-- q: call_entry_add(call_id i64, seq i64, kind text, step text, answer text, facts text, employee_id i64, at_ms i64) none write
INSERT INTO call_entry(call_id, seq, kind, step, answer, facts, employee_id, at_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- q: call_inputs(call_id i64, matter i64) many(name text, value text)
SELECT name, value FROM call_input
WHERE call_id = $1 AND matter IN (0, $2) ORDER BY name;

-- q: call_input_save(call_id i64, matter i64, name text, value text, at_ms i64) none write
INSERT INTO call_input(call_id, matter, name, value, at_ms)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (call_id, matter, name) DO UPDATE
SET value = excluded.value, at_ms = excluded.at_ms;

-- q: call_customer_set(id i64, customer_id i64?) none write
UPDATE call SET customer_id = $2, person_id = NULL, caller_name = ''
WHERE id = $1;

-- q: call_person_set(id i64, person_id i64?, caller_name text) none write
UPDATE call SET person_id = $2, caller_name = $3 WHERE id = $1;

-- What the transcript says of the call after further entries; only from the
-- length that was seen.
-- q: call_moved(id i64, seen i64, entries i64, ended_ms i64?, overrun_ms i64, identified_by i64, identified_note text, outcome text) rows write
UPDATE call SET entries = $3, ended_ms = $4, overrun_ms = $5,
  identified_by = $6, identified_note = $7, outcome = $8
WHERE id = $1 AND entries = $2;

-- q: call_matter_add(call_id i64, matter i64, class i64, outcome text, ticket_id i64?, order_id i64?, at_ms i64) none write
INSERT INTO call_matter(call_id, matter, class, outcome, ticket_id, order_id,
  at_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- q: call_matters(call_id i64) many(matter i64, class i64, outcome text, ticket_id i64?, order_id i64?, at_ms i64)
SELECT matter, class, outcome, ticket_id, order_id, at_ms
FROM call_matter WHERE call_id = $1 ORDER BY matter;

-- q: call_of_customer(customer_id i64) many(like call_row)
SELECT k.id, e.name, c.number, c.name, k.caller_name, k.started_ms, k.ended_ms,
       k.outcome
FROM call k
JOIN employee e ON e.id = k.employee_id
LEFT JOIN customer c ON c.id = k.customer_id
WHERE k.customer_id = $1 ORDER BY k.started_ms DESC LIMIT 20;

-- q: call_of_employee(employee_id i64) many(like call_row)
SELECT k.id, e.name, c.number, c.name, k.caller_name, k.started_ms, k.ended_ms,
       k.outcome
FROM call k
JOIN employee e ON e.id = k.employee_id
LEFT JOIN customer c ON c.id = k.customer_id
WHERE k.employee_id = $1 ORDER BY k.started_ms DESC LIMIT 20;

-- q: call_phone_known(e164 text) one(n i64)
SELECT count(*) FROM (SELECT 1 AS x FROM phone WHERE e164 = $1 LIMIT 1) AS few;

-- q: call_persons(customer_id i64) one(n i64)
SELECT count(*) FROM (SELECT 1 AS x FROM person
  WHERE customer_id = $1 AND active LIMIT 1) AS few;

-- q: call_reassign(id i64, customer_id i64, person_id i64?, caller_name text, identified_by i64, identified_note text) none write
UPDATE call SET customer_id = $2, person_id = $3, caller_name = $4,
  identified_by = $5, identified_note = $6
WHERE id = $1;

-- q: call_reassignment_add(call_id i64, number i64, from_id i64?, to_id i64, identified_by i64, identified_note text, reason text, uncovered bool, employee_id i64, at_ms i64) none write
INSERT INTO call_reassignment(call_id, number, from_id, to_id, identified_by,
  identified_note, reason, uncovered, employee_id, at_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- q: call_reassignments(call_id i64) many(from_number text?, from_name text?, to_number text, to_name text, identified_by i64, identified_note text, reason text, uncovered bool, employee_name text, at_ms i64)
SELECT f.number, f.name, t.number, t.name, r.identified_by, r.identified_note,
       r.reason, r.uncovered, e.name, r.at_ms
FROM call_reassignment r
JOIN customer t ON t.id = r.to_id
JOIN employee e ON e.id = r.employee_id
LEFT JOIN customer f ON f.id = r.from_id
WHERE r.call_id = $1 ORDER BY r.number;
