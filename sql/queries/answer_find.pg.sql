-- q: answer_find_add(place i64, stems text) none write
INSERT INTO answer_find(place, stems) VALUES ($1, $2::tsvector);

-- q: answer_find_drop(place i64) none write
DELETE FROM answer_find WHERE place = $1;

-- Tier by tier, as far as needed; "+ 0" keeps the planner from walking all
-- documents in their order.
-- q: answer_match(match text, most i64) many(like match_row)
SELECT r.document_id, r.title, r.head, r.often, r.worth, r.words
FROM (SELECT t.place FROM (
    (SELECT place FROM answer_find WHERE stems @@
      ('(' || replace(replace(replace($1, '"', ''''), ' AND ', '&'), ' OR ', '|') || ')&''§0''')::tsquery
      ORDER BY place + 0)
    UNION ALL
    (SELECT place FROM answer_find WHERE stems @@
      ('(' || replace(replace(replace($1, '"', ''''), ' AND ', '&'), ' OR ', '|') || ')&''§1''')::tsquery
      ORDER BY place + 0)
    UNION ALL
    (SELECT place FROM answer_find WHERE stems @@
      ('(' || replace(replace(replace($1, '"', ''''), ' AND ', '&'), ' OR ', '|') || ')&''§2''')::tsquery
      ORDER BY place + 0)
    UNION ALL
    (SELECT place FROM answer_find WHERE stems @@
      ('(' || replace(replace(replace($1, '"', ''''), ' AND ', '&'), ' OR ', '|') || ')&''§3''')::tsquery
      ORDER BY place + 0)
    UNION ALL
    (SELECT place FROM answer_find WHERE stems @@
      ('(' || replace(replace(replace($1, '"', ''''), ' AND ', '&'), ' OR ', '|') || ')&''§4''')::tsquery
      ORDER BY place + 0)) t
  LIMIT $2) f
JOIN answer_rank r ON r.place = f.place
ORDER BY r.place;

-- The same where few have these stems: all that do.
-- q: answer_match_few(match text, most i64) many(like match_row)
SELECT r.document_id, r.title, r.head, r.often, r.worth, r.words
FROM (SELECT place FROM answer_find WHERE stems @@
      replace(replace(replace($1, '"', ''''), ' AND ', '&'), ' OR ', '|')::tsquery
      ORDER BY place + 0 LIMIT $2) f
JOIN answer_rank r ON r.place = f.place
ORDER BY r.place;

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
WHERE word IN (SELECT v->>0 FROM jsonb_array_elements($1::jsonb) v)
ORDER BY word;

-- q: answer_tails_known(tails text) many(tail text, documents i64)
SELECT reversed, sum(documents)::bigint FROM answer_word
WHERE reversed IN (SELECT v->>0 FROM jsonb_array_elements($1::jsonb) v)
GROUP BY reversed ORDER BY reversed;

-- PostgreSQL's index is one.
-- q: answer_find_parts() one(n i64)
SELECT 1::bigint;

-- q: answer_find_merge(pages i64) none write
DELETE FROM answer_find WHERE place IS NULL AND $1 > 0;
