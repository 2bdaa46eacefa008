-- Reads a page of a real table, so that a database that is gone is noticed.
-- q: health() one(one i64)
SELECT count(*) FROM (SELECT 1 AS x FROM counter LIMIT 1) AS few;
