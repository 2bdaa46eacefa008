-- q: migration_list() many(number i64, name text, digest text)
SELECT number, name, digest FROM schema_migration ORDER BY number LIMIT 10000;

-- q: migration_add(number i64, name text, digest text, applied_ms i64) none write
INSERT INTO schema_migration(number, name, digest, applied_ms)
VALUES ($1, $2, $3, $4);
