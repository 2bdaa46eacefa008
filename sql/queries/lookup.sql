-- Finding a customer while someone is typing. Every query reads one range of
-- one index and stops early, however many customers there are. Ranges take
-- both ends in; an end past all texts of a beginning is that beginning with
-- U+10FFFF behind it. A scalar sub-select is one probe of an index on both
-- engines; EXISTS may be turned into something that reads the whole table.

-- row: lookup_row(id i64, number text, number_key text, name text, city text,
--   e164 text, person text?, entitled bool)

-- Customers by the beginning of their number.
-- q: lookup_number(low text, high text, today text, most i64)
--   many(like lookup_row)
SELECT c.id, c.number, c.number_key, c.name, c.city, '', NULL,
       (SELECT 1 FROM contract k WHERE k.customer_id = c.id
         AND k.starts_on <= $3 AND (k.ends_on = '' OR k.ends_on >= $3) LIMIT 1)
         IS NOT NULL
FROM customer c WHERE c.number_key BETWEEN $1 AND $2
ORDER BY c.number_key LIMIT $4;

-- Customers by the beginning of their name.
-- q: lookup_name(low text, high text, today text, most i64)
--   many(like lookup_row)
SELECT c.id, c.number, c.number_key, c.name, c.city, '', NULL,
       (SELECT 1 FROM contract k WHERE k.customer_id = c.id
         AND k.starts_on <= $3 AND (k.ends_on = '' OR k.ends_on >= $3) LIMIT 1)
         IS NOT NULL
FROM customer c WHERE c.name_key BETWEEN $1 AND $2
ORDER BY c.name_key, c.id LIMIT $4;

-- Customers by the beginning of a telephone number.
-- q: lookup_phone(low text, high text, today text, most i64)
--   many(like lookup_row)
SELECT c.id, c.number, c.number_key, c.name, c.city, f.e164, p.name,
       (SELECT 1 FROM contract k WHERE k.customer_id = c.id
         AND k.starts_on <= $3 AND (k.ends_on = '' OR k.ends_on >= $3) LIMIT 1)
         IS NOT NULL
FROM phone f
JOIN customer c ON c.id = f.customer_id
LEFT JOIN person p ON p.id = f.person_id
WHERE f.e164 BETWEEN $1 AND $2 ORDER BY f.e164, f.customer_id LIMIT $4;

-- Customers by the last digits of a telephone number.
-- q: lookup_phone_end(low text, high text, today text, most i64)
--   many(like lookup_row)
SELECT c.id, c.number, c.number_key, c.name, c.city, f.e164, p.name,
       (SELECT 1 FROM contract k WHERE k.customer_id = c.id
         AND k.starts_on <= $3 AND (k.ends_on = '' OR k.ends_on >= $3) LIMIT 1)
         IS NOT NULL
FROM phone f
JOIN customer c ON c.id = f.customer_id
LEFT JOIN person p ON p.id = f.person_id
WHERE f.reversed BETWEEN $1 AND $2 ORDER BY f.reversed, f.customer_id LIMIT $4;

-- How many entries the words of this range have, counting no further than
-- `most`.
-- q: lookup_count(low text, high text, most i64) one(n i64)
SELECT count(*) FROM (SELECT 1 AS x FROM customer_word
  WHERE word BETWEEN $1 AND $2 LIMIT $3) AS seen;

-- Customers by the beginning of one word; a person whose name has it comes
-- along. Who has two such words comes twice.
-- q: lookup_word(low text, high text, today text, most i64)
--   many(like lookup_row)
SELECT c.id, c.number, c.number_key, c.name, c.city, '',
       (SELECT p.name FROM person p WHERE p.customer_id = c.id AND p.active
          AND ' ' || p.name_key LIKE '% ' || $1 || '%' ORDER BY p.id LIMIT 1),
       (SELECT 1 FROM contract k WHERE k.customer_id = c.id
         AND k.starts_on <= $3 AND (k.ends_on = '' OR k.ends_on >= $3) LIMIT 1)
         IS NOT NULL
FROM customer_word w JOIN customer c ON c.id = w.customer_id
WHERE w.word BETWEEN $1 AND $2 ORDER BY w.word, w.customer_id LIMIT $4;

-- Customers by the beginnings of several words: among `scan` entries with the
-- first, those that have the three others too. The mask rules most of them out
-- without another look.
-- q: lookup_words(low text, high text, mask i64, low2 text, high2 text,
--   low3 text, high3 text, low4 text, high4 text, today text, scan i64,
--   most i64) many(like lookup_row)
SELECT c.id, c.number, c.number_key, c.name, c.city, '',
       (SELECT p.name FROM person p WHERE p.customer_id = c.id AND p.active
          AND (' ' || p.name_key LIKE '% ' || $1 || '%'
            OR ' ' || p.name_key LIKE '% ' || $4 || '%'
            OR ' ' || p.name_key LIKE '% ' || $6 || '%'
            OR ' ' || p.name_key LIKE '% ' || $8 || '%')
        ORDER BY p.id LIMIT 1),
       (SELECT 1 FROM contract k WHERE k.customer_id = c.id
         AND k.starts_on <= $10 AND (k.ends_on = '' OR k.ends_on >= $10) LIMIT 1)
         IS NOT NULL
FROM (SELECT customer_id, word
      FROM (SELECT customer_id, word, mask FROM customer_word
            WHERE word BETWEEN $1 AND $2 ORDER BY word, customer_id
            LIMIT $11) seen
      WHERE (mask & $3) = $3
        AND (SELECT 1 FROM customer_word x
             WHERE x.customer_id = seen.customer_id
               AND x.word BETWEEN $4 AND $5 LIMIT 1) = 1
        AND (SELECT 1 FROM customer_word x
             WHERE x.customer_id = seen.customer_id
               AND x.word BETWEEN $6 AND $7 LIMIT 1) = 1
        AND (SELECT 1 FROM customer_word x
             WHERE x.customer_id = seen.customer_id
               AND x.word BETWEEN $8 AND $9 LIMIT 1) = 1
      LIMIT $12) w
JOIN customer c ON c.id = w.customer_id
ORDER BY w.word, c.id;
