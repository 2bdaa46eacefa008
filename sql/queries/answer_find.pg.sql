-- Every stem is a lexeme; in the first five tiers once more with the tier's
-- number, '3#router', so that those which have a stem in one tier are a list of
-- their own. The tier is the first byte of a place.
-- q: answer_find_add(place i64, stems text) none write
INSERT INTO answer_find(place, document_id, worth, words, title, head, often,
  stems)
SELECT place, document_id, worth, words, title, head, often,
       ($2 || CASE WHEN place >> 56 < 5
         THEN replace(' ' || $2, ' ', ' ' || (place >> 56) || '#')
         ELSE '' END)::tsvector
FROM answer_rank WHERE place = $1;

-- q: answer_find_drop(place i64) none write
DELETE FROM answer_find WHERE place = $1;

-- Tier by tier, as far as needed, then the rest; "+ 0" keeps the planner from
-- walking all documents in their order.
-- q: answer_match(match text, most i64) many(like match_row)
SELECT f.document_id, f.title, f.head, f.often, f.worth, f.words
FROM (SELECT replace(replace(replace(replace(replace($1, '("', '(''~'),
        ' "', ' ''~'), '"', ''''), ' AND ', '&'), ' OR ', '|') AS match
      OFFSET 0) m
CROSS JOIN generate_series(0, 5) tier
CROSS JOIN LATERAL (
  SELECT document_id, title, head, often, worth, words FROM answer_find
  WHERE stems @@ replace(m.match, '~',
      CASE WHEN tier < 5 THEN tier || '#' ELSE '' END)::tsquery
    AND place + 0 >= tier::bigint << 56
  ORDER BY place + 0 LIMIT $2) f
LIMIT $2;

-- The same where few have these stems: all that do.
-- q: answer_match_few(match text, most i64) many(like match_row)
SELECT document_id, title, head, often, worth, words FROM answer_find
WHERE stems @@
  replace(replace(replace($1, '"', ''''), ' AND ', '&'), ' OR ', '|')::tsquery
ORDER BY place + 0 LIMIT $2;

-- What hits show, of these documents: [1,2]; of a body as much as the snippet
-- may look at; substr is slow where it has to count characters.
-- q: answer_shown(ids text, most i64) many(id i64, kind i64, source_id i64, title text, url text, clicks text, body text)
SELECT id, kind, source_id, title, url, clicks,
       CASE WHEN octet_length(body) <= $2 THEN body
            ELSE substr(body, 1, $2::integer) END
FROM answer_document WHERE id = ANY (translate($1, '[]', '{}')::bigint[]);

-- q: answer_words_change(words text) none write
INSERT INTO answer_word(word, reversed, documents)
SELECT v->>0, v->>1, (v->>2)::bigint FROM jsonb_array_elements($1::jsonb) v
ON CONFLICT (word) DO UPDATE
SET documents = answer_word.documents + excluded.documents;

-- q: answer_words_gone(words text) none write
DELETE FROM answer_word WHERE documents <= 0
  AND word IN (SELECT v->>0 FROM jsonb_array_elements($1::jsonb) v);

-- q: answer_words_known(words text) many(word text, documents i64)
SELECT word, documents FROM answer_word
WHERE word = ANY (translate($1, '[]', '{}')::text[])
ORDER BY word;

-- q: answer_tails_known(tails text) many(tail text, documents i64)
SELECT reversed, sum(documents)::bigint FROM answer_word
WHERE reversed = ANY (translate($1, '[]', '{}')::text[])
GROUP BY reversed ORDER BY reversed;

-- PostgreSQL's index is one.
-- q: answer_find_parts() one(n i64)
SELECT 1::bigint;

-- q: answer_find_merge(pages i64) none write
DELETE FROM answer_find WHERE place IS NULL AND $1 > 0;
