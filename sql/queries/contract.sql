-- row: contract_row(id i64, customer_id i64, number text, product text,
--   starts_on text, ends_on text, note text, version i64)

-- q: contract_add(customer_id i64, number text, product text, starts_on text,
--   ends_on text, note text) one(id i64) write
INSERT INTO contract(customer_id, number, product, starts_on, ends_on, note,
  version)
VALUES ($1, $2, $3, $4, $5, $6, 1) RETURNING id;

-- q: contract_change(id i64, number text, product text, starts_on text,
--   ends_on text, note text) none write
UPDATE contract SET number = $2, product = $3, starts_on = $4, ends_on = $5,
  note = $6, version = version + 1
WHERE id = $1;

-- q: contract(id i64) one(like contract_row)
SELECT id, customer_id, number, product, starts_on, ends_on, note, version
FROM contract WHERE id = $1;

-- q: customer_contracts(customer_id i64) many(like contract_row)
SELECT id, customer_id, number, product, starts_on, ends_on, note, version
FROM contract WHERE customer_id = $1 ORDER BY starts_on DESC, id DESC;

-- The best of a customer's contracts on a day, as enum entitlement.
-- q: contract_best(customer_id i64, today text) one(entitlement i64)
SELECT CAST(coalesce(max(CASE WHEN starts_on > $2 THEN 1
    WHEN ends_on <> '' AND ends_on < $2 THEN 2 ELSE 3 END), 0) AS BIGINT)
FROM contract WHERE customer_id = $1;
