-- Answers that employees wrote, searches that were made, gaps that they showed.

-- q: own_add(title text, body text, url text, clicks text, ticket_id i64?, employee_id i64, now_ms i64) one(id i64) write
INSERT INTO answer_own(title, body, url, clicks, ticket_id, employee_id,
  retired, version, created_ms, updated_ms)
VALUES ($1, $2, $3, $4, $5, $6, FALSE, 1, $7, $7) RETURNING id;

-- Only from the version that was seen.
-- q: own_save(id i64, version i64, title text, body text, url text, clicks text, retired bool, employee_id i64, now_ms i64) rows write
UPDATE answer_own SET title = $3, body = $4, url = $5, clicks = $6,
  retired = $7, employee_id = $8, updated_ms = $9, version = version + 1
WHERE id = $1 AND version = $2;

-- q: own(id i64) one(id i64, title text, body text, url text, clicks text, ticket_id i64?, employee_name text, retired bool, version i64, created_ms i64, updated_ms i64)
SELECT o.id, o.title, o.body, o.url, o.clicks, o.ticket_id, e.name, o.retired,
       o.version, o.created_ms, o.updated_ms
FROM answer_own o JOIN employee e ON e.id = o.employee_id
WHERE o.id = $1;

-- q: own_of_ticket(ticket_id i64) one(id i64)
SELECT id FROM answer_own WHERE ticket_id = $1;

-- The newest first.
-- q: own_list(retired bool, before_ms i64, before_id i64, most i64) many(id i64, title text, employee_name text, updated_ms i64, served i64?)
SELECT o.id, o.title, e.name, o.updated_ms, d.served
FROM answer_own o
JOIN employee e ON e.id = o.employee_id
LEFT JOIN answer_document d ON d.kind = 2 AND d.source_id = o.id
WHERE o.retired = $1 AND (o.updated_ms, o.id) < ($2, $3)
ORDER BY o.updated_ms DESC, o.id DESC LIMIT $4;

-- row: search_row(id i64, words text, found i64, shown text, taken_id i64?, taken_rank i64, leads i64, at_ms i64)

-- row: searched_row(matter i64, words text, found i64, shown text, taken_id i64?, taken_title text?, taken_rank i64, at_ms i64)

-- The last search of a matter, and whether what was taken has an address or clicks.
-- q: search_last(call_id i64, matter i64) one(like search_row)
SELECT s.id, s.words, s.found, s.shown, s.taken_id, s.taken_rank,
  CASE WHEN d.url <> '' OR d.clicks <> '' THEN 1 ELSE 0 END, s.at_ms
FROM answer_search s LEFT JOIN answer_document d ON d.id = s.taken_id
WHERE s.call_id = $1 AND s.matter = $2
ORDER BY s.id DESC LIMIT 1;

-- What was searched for before a ticket was written.
-- q: search_of_ticket(ticket_id i64, most i64) many(like searched_row)
SELECT s.matter, s.words, s.found, s.shown, s.taken_id, d.title, s.taken_rank,
       s.at_ms
FROM answer_search s LEFT JOIN answer_document d ON d.id = s.taken_id
WHERE s.ticket_id = $1 ORDER BY s.id LIMIT $2;

-- All of a call.
-- q: search_of_call(call_id i64, most i64) many(like searched_row)
SELECT s.matter, s.words, s.found, s.shown, s.taken_id, d.title, s.taken_rank,
       s.at_ms
FROM answer_search s LEFT JOIN answer_document d ON d.id = s.taken_id
WHERE s.call_id = $1 ORDER BY s.matter, s.id LIMIT $2;

-- q: search_count(call_id i64) one(n i64)
SELECT count(*) FROM answer_search WHERE call_id = $1;

-- q: search_add(call_id i64, matter i64, employee_id i64, at_ms i64, words text, found i64, shown text) none write
INSERT INTO answer_search(call_id, matter, employee_id, at_ms, words, found,
  shown, taken_rank)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0);

-- q: search_go_on(id i64, at_ms i64, words text, found i64, shown text) none write
UPDATE answer_search SET at_ms = $2, words = $3, found = $4, shown = $5
WHERE id = $1;

-- q: search_take(id i64, document_id i64?, rank i64) none write
UPDATE answer_search SET taken_id = $2, taken_rank = $3 WHERE id = $1;

-- q: search_ticket(call_id i64, matter i64, ticket_id i64?) none write
UPDATE answer_search SET ticket_id = $3 WHERE call_id = $1 AND matter = $2;

-- q: gap_add(stems text, ticket_id i64?, words text, reason_kind i64, reason text, at_ms i64) none write
INSERT INTO answer_gap(stems, ticket_id, words, reason_kind, reason, at_ms)
VALUES ($1, $2, $3, $4, $5, $6);

-- The gaps among the newest `cases` open cases, each by its newest.
-- q: gap_open(cases i64, most i64) many(id i64, words text, cases i64, last_ms i64)
SELECT g.id, c.words, g.cases, c.at_ms
FROM (SELECT max(id) AS id, count(*) AS cases
      FROM (SELECT id, stems FROM answer_gap WHERE closed_ms IS NULL
            ORDER BY id DESC LIMIT $1) newest
      GROUP BY stems) g
JOIN answer_gap c ON c.id = g.id
ORDER BY g.id DESC LIMIT $2;

-- q: gap(id i64) one(stems text, words text, closed_ms i64?, title text?)
SELECT g.stems, g.words, g.closed_ms, d.title
FROM answer_gap g LEFT JOIN answer_document d ON d.id = g.document_id
WHERE g.id = $1;

-- q: gap_cases(stems text, most i64) many(ticket_id i64?, words text, reason_kind i64, reason text, at_ms i64, closed_ms i64?)
SELECT ticket_id, words, reason_kind, reason, at_ms, closed_ms
FROM answer_gap WHERE stems = $1 ORDER BY id DESC LIMIT $2;

-- The tickets of a gap's open cases.
-- q: gap_tickets(stems text, most i64) many(ticket_id i64)
SELECT DISTINCT ticket_id FROM answer_gap
WHERE stems = $1 AND closed_ms IS NULL AND ticket_id IS NOT NULL
ORDER BY ticket_id LIMIT $2;

-- Other answers that it was closed with before.
-- q: gap_closed_with(stems text, but i64, most i64) many(document_id i64)
SELECT DISTINCT document_id FROM answer_gap
WHERE stems = $1 AND document_id IS NOT NULL AND document_id <> $2
ORDER BY document_id DESC LIMIT $3;

-- q: gap_close(stems text, closed_ms i64, document_id i64) rows write
UPDATE answer_gap SET closed_ms = $2, document_id = $3
WHERE stems = $1 AND closed_ms IS NULL;
