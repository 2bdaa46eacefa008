-- q: answer_find_add(place i64, stems text) none write
INSERT INTO answer_find(rowid, stems) VALUES ($1, $2);

-- q: answer_find_drop(place i64) none write
DELETE FROM answer_find WHERE rowid = $1;

-- The first documents by place that have these stems.
-- q: answer_match(match text, most i64) many(like match_row)
SELECT r.document_id, r.title, r.head, r.often, r.worth, r.words
FROM (SELECT rowid AS place FROM answer_find WHERE answer_find MATCH $1
      ORDER BY rowid LIMIT $2) f
CROSS JOIN answer_rank r ON r.place = f.place
ORDER BY r.place;

-- The same: this engine stops early by itself.
-- q: answer_match_few(match text, most i64) many(like match_row)
SELECT r.document_id, r.title, r.head, r.often, r.worth, r.words
FROM (SELECT rowid AS place FROM answer_find WHERE answer_find MATCH $1
      ORDER BY rowid LIMIT $2) f
CROSS JOIN answer_rank r ON r.place = f.place
ORDER BY r.place;

-- What hits show, of these documents: [1,2]; of a body as much as the snippet
-- may look at.
-- q: answer_shown(ids text, most i64) many(id i64, kind i64, source_id i64, title text, url text, clicks text, body text)
SELECT id, kind, source_id, title, url, clicks, substr(body, 1, $2)
FROM answer_document WHERE id IN (SELECT value FROM json_each($1));

-- Words as JSON: [["word","drow",1]]; how many documents more have each.
-- q: answer_words_change(words text) none write
INSERT INTO answer_word(word, reversed, documents)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'),
       json_extract(value, '$[2]')
FROM json_each($1) WHERE true
ON CONFLICT (word) DO UPDATE SET documents = documents + excluded.documents;

-- q: answer_words_gone(words text) none write
DELETE FROM answer_word WHERE documents <= 0
  AND word IN (SELECT json_extract(value, '$[0]') FROM json_each($1));

-- Which of these words the index has.
-- q: answer_words_known(words text) many(word text, documents i64)
SELECT word, documents FROM answer_word
WHERE word IN (SELECT value FROM json_each($1))
ORDER BY word;

-- The same by how their stems end (word_tail), all forms of a word together.
-- q: answer_tails_known(tails text) many(tail text, documents i64)
SELECT reversed, sum(documents) FROM answer_word
WHERE reversed IN (SELECT value FROM json_each($1))
GROUP BY reversed ORDER BY reversed;

-- How many parts the full-text index is in: each search looks into all.
-- q: answer_find_parts() one(n i64)
WITH RECURSIVE part(id) AS (
  SELECT min(segid) FROM answer_find_idx
  UNION ALL
  SELECT (SELECT min(segid) FROM answer_find_idx WHERE segid > id)
  FROM part WHERE id IS NOT NULL)
SELECT count(id) FROM part;

-- Goes on making one part of all, about as many pages as this.
-- q: answer_find_merge(pages i64) none write
INSERT INTO answer_find(answer_find, rank) VALUES ('merge', -$1);
