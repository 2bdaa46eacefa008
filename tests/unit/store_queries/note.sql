-- Queries for the store's own tests, over the table that scratch.c makes.

-- row: note_row(id i64, amount i64?, body text, title text?, done bool,
--   bytes blob?)

-- All types, some of them NULL.
-- q: note_add(amount i64?, body text, title text?, done bool, bytes blob?)
--   one(id i64) write
INSERT INTO note(amount, body, title, done, bytes)
VALUES ($1, $2, $3, $4, $5) RETURNING id;

-- q: note_add_as(id i64, body text) none write
INSERT INTO note(id, body, done) VALUES ($1, $2, FALSE);

-- q: note(id i64) one(like note_row)
SELECT id, amount, body, title, done, bytes FROM note WHERE id = $1;

-- q: note_list() many(like note_row)
SELECT id, amount, body, title, done, bytes FROM note ORDER BY id;

-- q: note_titles() many(title text?)
SELECT title FROM note ORDER BY id;

-- q: note_by_body(body text) one(id i64)
SELECT id FROM note WHERE body = $1; -- two rows, if the test says so

-- q: note_count() one(n i64)
SELECT count(*) FROM note;

-- The second parameter comes first, the first one twice.
-- q: note_rename(old text, new text) rows write
UPDATE note SET body = $2 WHERE body = $1 AND body <> '$9;' || $1;

-- q: note_reply(note_id i64, body text) none write
INSERT INTO reply(note_id, body) VALUES ($1, $2);

-- q: note_replies() one(n i64)
SELECT count(*) FROM reply;

-- q: note_delete(id i64) none write
DELETE FROM note WHERE id = $1;

-- q: note_many(least i64) many(n i64)
WITH RECURSIVE count_up(n) AS (
  SELECT 1 UNION ALL SELECT n + 1 FROM count_up WHERE n < $1
)
SELECT CAST(n AS BIGINT) FROM count_up;

-- Not what the table holds.
-- q: note_misfit(id i64) one(body i64)
SELECT body FROM note WHERE id = $1;

-- q: note_missing(id i64) one(title text)
SELECT title FROM note WHERE id = $1;

-- q: note_fewer() one(id i64, body text)
SELECT id FROM note;

-- q: note_no_table() one(id i64)
SELECT id FROM no_such_table;
