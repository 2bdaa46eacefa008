-- q: engine_name() one(name text)
SELECT 'sqlite ' || typeof('');

-- q: engine_session() one(id i64)
SELECT 1;
