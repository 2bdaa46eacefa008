-- The crawl of the website: runs, addresses, links. Addresses are read by id,
-- by url, or in the order in which they are to be fetched, never all at once.

-- row: crawl_row(id i64, scope text, state i64, employee_name text?, asked_ms i64, started_ms i64?, ended_ms i64?, sitemaps bool, found i64, fetched i64, pages i64, added i64, changed i64, gone i64, failed i64, bytes i64)
-- row: crawl_task(id i64, url text, site text, depth i64, hops i64, tries i64, parent_id i64?, label text, outcome i64, etag text, modified text, digest blob?, title text, clicks text, worth i64, offered bool)
-- row: crawl_failure(id i64, url text, outcome i64, status i64, fetched_ms i64?)

-- q: crawl_ask(scope text, state i64, employee_id i64?, asked_ms i64) one(id i64) write
INSERT INTO crawl(scope, state, employee_id, asked_ms, sitemaps, found, fetched,
  pages, added, changed, gone, failed, bytes)
VALUES ($1, $2, $3, $4, FALSE, 0, 0, 0, 0, 0, 0, 0, 0) RETURNING id;

-- q: crawl_get(id i64) one(like crawl_row)
SELECT c.id, c.scope, c.state, e.name, c.asked_ms, c.started_ms, c.ended_ms,
  c.sitemaps, c.found, c.fetched, c.pages, c.added, c.changed, c.gone, c.failed,
  c.bytes
FROM crawl c LEFT JOIN employee e ON e.id = c.employee_id
WHERE c.id = $1;

-- The runs of a state, the oldest first.
-- q: crawl_in_state(state i64) many(like crawl_row)
SELECT c.id, c.scope, c.state, e.name, c.asked_ms, c.started_ms, c.ended_ms,
  c.sitemaps, c.found, c.fetched, c.pages, c.added, c.changed, c.gone, c.failed,
  c.bytes
FROM crawl c LEFT JOIN employee e ON e.id = c.employee_id
WHERE c.state = $1 ORDER BY c.id LIMIT 20;

-- The last runs, the newest first.
-- q: crawl_last(most i64) many(like crawl_row)
SELECT c.id, c.scope, c.state, e.name, c.asked_ms, c.started_ms, c.ended_ms,
  c.sitemaps, c.found, c.fetched, c.pages, c.added, c.changed, c.gone, c.failed,
  c.bytes
FROM crawl c LEFT JOIN employee e ON e.id = c.employee_id
ORDER BY c.id DESC LIMIT $1;

-- When the configured website was last asked for: 0 if never.
-- q: crawl_last_asked() one(at_ms i64)
SELECT coalesce(max(asked_ms), 0) FROM crawl WHERE scope = '';

-- q: crawl_start(id i64, state i64, started_ms i64) none write
UPDATE crawl SET state = $2, started_ms = $3 WHERE id = $1;

-- q: crawl_sitemaps_read(id i64) none write
UPDATE crawl SET sitemaps = TRUE WHERE id = $1;

-- q: crawl_count(id i64, found i64, fetched i64, pages i64, added i64, changed i64, gone i64, failed i64, bytes i64) none write
UPDATE crawl SET found = $2, fetched = $3, pages = $4, added = $5, changed = $6,
  gone = $7, failed = $8, bytes = $9 WHERE id = $1;

-- q: crawl_end(id i64, state i64, ended_ms i64) none write
UPDATE crawl SET state = $2, ended_ms = $3 WHERE id = $1;

-- q: crawl_next(crawl_id i64, most i64) many(like crawl_task)
SELECT id, url, site, depth, hops, tries, parent_id, label, outcome, etag,
  modified, digest, title, clicks, worth, offered
FROM crawl_address WHERE waiting_for = $1 ORDER BY depth, id LIMIT $2;

-- q: crawl_find(url text) one(id i64, crawl_id i64)
SELECT id, crawl_id FROM crawl_address WHERE url = $1;

-- q: crawl_meet(url text, site text, crawl_id i64, depth i64, hops i64, parent_id i64?, label text) one(id i64) write
INSERT INTO crawl_address(url, site, crawl_id, waiting_for, depth, hops, tries,
  parent_id, label, outcome, status, etag, modified, title, clicks, worth,
  offered)
VALUES ($1, $2, $3, $3, $4, $5, 0, $6, $7, 0, 0, '', '', '', '', 0, FALSE)
RETURNING id;

-- A known address is met for the first time by this run.
-- q: crawl_meet_again(id i64, crawl_id i64, depth i64, hops i64, parent_id i64?, label text) rows write
UPDATE crawl_address SET crawl_id = $2, waiting_for = $2, depth = $3, hops = $4,
  tries = 0, parent_id = $5, label = $6
WHERE id = $1 AND crawl_id <> $2;

-- q: crawl_retry(id i64, tries i64) none write
UPDATE crawl_address SET tries = $2 WHERE id = $1;

-- What came of an address. The stamps are those of the copy that is offered.
-- q: crawl_done(id i64, outcome i64, status i64, target_id i64?, etag text, modified text, digest blob?, title text, clicks text, worth i64, offered bool, fetched_ms i64) none write
UPDATE crawl_address SET waiting_for = NULL, outcome = $2, status = $3,
  target_id = $4, etag = $5, modified = $6, digest = $7, title = $8, clicks = $9,
  worth = $10, offered = $11, fetched_ms = $12
WHERE id = $1;

-- q: crawl_target(id i64) one(target_id i64?)
SELECT target_id FROM crawl_address WHERE id = $1;

-- q: crawl_place(id i64) one(title text, clicks text, worth i64, offered bool)
SELECT title, clicks, worth, offered FROM crawl_address WHERE id = $1;

-- q: crawl_place_set(id i64, clicks text, worth i64) none write
UPDATE crawl_address SET clicks = $2, worth = $3 WHERE id = $1;

-- q: crawl_links(address_id i64) one(links blob)
SELECT links FROM crawl_links WHERE address_id = $1;

-- q: crawl_links_put(address_id i64, links blob) none write
INSERT INTO crawl_links(address_id, links) VALUES ($1, $2)
ON CONFLICT (address_id) DO UPDATE SET links = $2;

-- q: crawl_links_drop(address_id i64) none write
DELETE FROM crawl_links WHERE address_id = $1;

-- Addresses by id, for walks over all of them.
-- q: crawl_walk(above i64, most i64) many(id i64, site text, crawl_id i64, outcome i64, target_id i64?, offered bool)
SELECT id, site, crawl_id, outcome, target_id, offered FROM crawl_address
WHERE id > $1 ORDER BY id LIMIT $2;

-- No way leads there any more.
-- q: crawl_lose(id i64, outcome i64) none write
UPDATE crawl_address SET outcome = $2, target_id = NULL, waiting_for = NULL,
  etag = '', modified = '', digest = NULL, clicks = '', worth = 0,
  offered = FALSE
WHERE id = $1;

-- Addresses that still wait for a run which has ended.
-- q: crawl_waiting_drop(crawl_id i64, most i64) rows write
UPDATE crawl_address SET waiting_for = NULL WHERE id IN
  (SELECT id FROM crawl_address WHERE waiting_for = $1 ORDER BY depth, id LIMIT $2);

-- Addresses whose outcome is one of a range, by id.
-- q: crawl_failures(least i64, most_outcome i64, above i64, most i64) many(like crawl_failure)
SELECT id, url, outcome, status, fetched_ms FROM crawl_address
WHERE outcome BETWEEN $1 AND $2 AND id > $3 ORDER BY id LIMIT $4;
