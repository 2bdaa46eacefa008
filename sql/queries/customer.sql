-- row: customer_row(id i64, number text, name text, name_key text, zip text,
--   city text, entitled bool)

-- q: counter_next(name text) one(value i64) write
UPDATE counter SET value = value + 1 WHERE name = $1 RETURNING value;

-- q: customer_add(number text, number_key text, name text, name_key text,
--   street text, zip text, city text, email text, note text, now_ms i64)
--   one(id i64) write
INSERT INTO customer(number, number_key, name, name_key, street, zip, city,
  email, note, version, created_ms, updated_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10) RETURNING id;

-- q: customer_change(id i64, number text, number_key text, name text,
--   name_key text, street text, zip text, city text, email text, note text,
--   now_ms i64) none write
UPDATE customer SET number = $2, number_key = $3, name = $4, name_key = $5,
  street = $6, zip = $7, city = $8, email = $9, note = $10,
  version = version + 1, updated_ms = $11
WHERE id = $1;

-- q: customer(id i64) one(id i64, number text, number_key text, name text,
--   name_key text, street text, zip text, city text, email text, note text,
--   version i64, created_ms i64, updated_ms i64)
SELECT id, number, number_key, name, name_key, street, zip, city, email, note,
       version, created_ms, updated_ms
FROM customer WHERE id = $1;

-- q: customer_by_key(number_key text) one(id i64)
SELECT id FROM customer WHERE number_key = $1;

-- The customers behind a name, in the order of names.
-- q: customer_page(after_key text, after_id i64, today text, most i64)
--   many(like customer_row)
SELECT c.id, c.number, c.name, c.name_key, c.zip, c.city,
       EXISTS (SELECT 1 FROM contract k WHERE k.customer_id = c.id
         AND k.starts_on <= $3 AND (k.ends_on = '' OR k.ends_on >= $3))
FROM customer c WHERE (c.name_key, c.id) > ($1, $2)
ORDER BY c.name_key, c.id LIMIT $4;

-- q: customer_words(customer_id i64) many(word text, mask i64)
SELECT word, mask FROM customer_word WHERE customer_id = $1 ORDER BY word;

-- q: customer_words_drop(customer_id i64) none write
DELETE FROM customer_word WHERE customer_id = $1;

-- q: customer_word_add(word text, customer_id i64, mask i64) none write
INSERT INTO customer_word(word, customer_id, mask) VALUES ($1, $2, $3);

-- q: person_add(customer_id i64, name text, name_key text, position text,
--   email text) one(id i64) write
INSERT INTO person(customer_id, name, name_key, position, email, active,
  version)
VALUES ($1, $2, $3, $4, $5, TRUE, 1) RETURNING id;

-- q: person_change(id i64, name text, name_key text, position text,
--   email text) none write
UPDATE person SET name = $2, name_key = $3, position = $4, email = $5,
  version = version + 1
WHERE id = $1;

-- q: person_drop(id i64) none write
UPDATE person SET active = FALSE, version = version + 1 WHERE id = $1;

-- q: person(id i64) one(id i64, customer_id i64, name text, position text,
--   email text, active bool, version i64)
SELECT id, customer_id, name, position, email, active, version
FROM person WHERE id = $1;

-- Those who still are this customer's persons.
-- q: customer_persons(customer_id i64) many(id i64, name text, name_key text,
--   position text, email text, version i64)
SELECT id, name, name_key, position, email, version
FROM person WHERE customer_id = $1 AND active ORDER BY id;

-- q: phone_add(customer_id i64, person_id i64?, e164 text, reversed text,
--   label text) one(id i64) write
INSERT INTO phone(customer_id, person_id, e164, reversed, label)
VALUES ($1, $2, $3, $4, $5) RETURNING id;

-- q: phone_drop(id i64) none write
DELETE FROM phone WHERE id = $1;

-- The numbers of a person who is gone stay with the customer.
-- q: phone_detach(person_id i64) none write
UPDATE phone SET person_id = NULL WHERE person_id = $1;

-- q: phone(id i64) one(id i64, customer_id i64, e164 text, label text)
SELECT id, customer_id, e164, label FROM phone WHERE id = $1;

-- q: customer_phones(customer_id i64) many(id i64, person_id i64?,
--   person_name text?, e164 text, label text)
SELECT f.id, f.person_id, p.name, f.e164, f.label
FROM phone f LEFT JOIN person p ON p.id = f.person_id
WHERE f.customer_id = $1 ORDER BY f.id;

-- Those with the same name.
-- q: customer_of_name(name_key text, most i64) many(id i64, number text,
--   name text, zip text, city text)
SELECT id, number, name, zip, city FROM customer WHERE name_key = $1
ORDER BY id LIMIT $2;
