-- q: engine_name() one(name text)
SELECT current_setting('application_name') || ' on postgresql';

-- q: engine_session() one(id i64)
SELECT pg_backend_pid();
