-- The index of answers: documents, what the ranking reads of them, and the
-- words that they are made of. The full-text part is in answer_find.*.sql.

-- q: answer_document_of(kind i64, source_id i64) one(id i64, title text, url text, clicks text, headings text, body text, said text, worth i64, served i64, place i64?, made i64)
SELECT id, title, url, clicks, headings, body, said, worth, served, place, made
FROM answer_document WHERE kind = $1 AND source_id = $2;

-- q: answer_document(id i64) one(kind i64, source_id i64, title text, url text, clicks text, headings text, body text, said text, worth i64, served i64, place i64?, made i64)
SELECT kind, source_id, title, url, clicks, headings, body, said, worth, served, place, made
FROM answer_document WHERE id = $1;

-- q: answer_document_add(kind i64, source_id i64, title text, url text, clicks text, headings text, body text, worth i64) one(id i64) write
INSERT INTO answer_document(kind, source_id, title, url, clicks, headings, body, worth, served, made)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0) RETURNING id;

-- q: answer_document_save(id i64, title text, url text, clicks text, headings text, body text, worth i64) none write
UPDATE answer_document SET title = $2, url = $3, clicks = $4, headings = $5,
  body = $6, worth = $7
WHERE id = $1;

-- q: answer_document_place(id i64, place i64?, made i64) none write
UPDATE answer_document SET place = $2, made = $3 WHERE id = $1;

-- q: answer_document_teach(id i64, said text) none write
UPDATE answer_document SET said = $2 WHERE id = $1;

-- q: answer_document_served(id i64) none write
UPDATE answer_document SET served = served + 1 WHERE id = $1;

-- q: answer_rank_add(place i64, document_id i64, title text, head text, often text, worth i64, words i64) none write
INSERT INTO answer_rank(place, document_id, title, head, often, worth, words)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- q: answer_rank_drop(place i64) none write
DELETE FROM answer_rank WHERE place = $1;

-- What the ranking reads of a document that matches: answer_find.*.sql.
-- row: match_row(document_id i64, title text, head text, often text, worth i64, words i64)

-- Words of the index that begin so, those in most documents first; of a range
-- without end the first `looked_at`. Then those whose stems end so, likewise.
-- q: answer_words(low text, high text, looked_at i64, most i64, end_low text, end_high text, ends_looked_at i64, ends_most i64) many(ends i64, word text, documents i64)
SELECT * FROM (
  SELECT 0 AS ends, word, documents FROM (
    SELECT word, documents FROM answer_word WHERE word BETWEEN $1 AND $2
    ORDER BY word LIMIT $3) near
  ORDER BY documents DESC, word LIMIT $4) begins
UNION ALL
SELECT * FROM (
  SELECT 1 AS ends, word, documents FROM (
    SELECT word, documents FROM answer_word WHERE reversed BETWEEN $5 AND $6
    ORDER BY reversed LIMIT $7) near
  ORDER BY documents DESC, word LIMIT $8) ends
ORDER BY ends, documents DESC, word;

-- Words that may be meant by one with a typing error: they share its
-- beginning, or its end, and are about as long.
-- q: answer_words_near(low text, high text, shortest i64, longest i64, looked_at i64, most i64) many(word text, documents i64)
SELECT word, documents FROM (
  SELECT word, documents FROM answer_word WHERE word BETWEEN $1 AND $2
  ORDER BY word LIMIT $5) near
WHERE length(word) BETWEEN $3 AND $4
ORDER BY documents DESC, word LIMIT $6;

-- q: answer_words_near_ending(low text, high text, shortest i64, longest i64, looked_at i64, most i64) many(word text, documents i64)
SELECT word, documents FROM (
  SELECT word, documents FROM answer_word WHERE reversed BETWEEN $1 AND $2
  ORDER BY reversed LIMIT $5) near
WHERE length(word) BETWEEN $3 AND $4
ORDER BY documents DESC, word LIMIT $6;

-- Which tokenizer made the vocabulary.
-- q: answer_index() one(version i64)
SELECT version FROM answer_index WHERE id = 1;

-- q: answer_index_save(version i64) none write
UPDATE answer_index SET version = $1, state = state + 1 WHERE id = 1;

-- Names what the index is now: another number after each change.
-- q: answer_index_state() one(state i64)
SELECT state FROM answer_index WHERE id = 1;

-- q: answer_index_changed() none write
UPDATE answer_index SET state = state + 1 WHERE id = 1;

-- q: answer_words_clear() none write
DELETE FROM answer_word;

-- Documents of that tokenizer count as an older one's.
-- q: answer_documents_age(version i64) none write
UPDATE answer_document SET made = 0 WHERE made = $1 AND place IS NOT NULL;

-- q: answer_documents_old(version i64, most i64) many(id i64)
SELECT id FROM answer_document
WHERE made < $1 AND place IS NOT NULL ORDER BY made, id LIMIT $2;
