-- Whether nobody works here yet and nobody is served: 0 then.
-- q: demo_others() one(n i64)
SELECT (SELECT count(*) FROM (SELECT 1 AS x FROM employee LIMIT 1) AS few)
     + (SELECT count(*) FROM (SELECT 1 AS x FROM customer LIMIT 1) AS few);

-- q: demo_mark() none write
INSERT INTO counter(name, value) VALUES ('demo', 1)
ON CONFLICT (name) DO NOTHING;

-- q: demo_is() one(n i64)
SELECT count(*) FROM counter WHERE name = 'demo';
