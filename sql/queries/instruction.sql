-- q: instruction_find(digest blob) one(id i64)
SELECT id FROM instruction WHERE digest = $1;

-- q: instruction_source(id i64) one(source text)
SELECT source FROM instruction WHERE id = $1;

-- q: instruction_add(name text, digest blob, source text, loaded_ms i64) one(id i64) write
INSERT INTO instruction(name, digest, source, loaded_ms)
VALUES ($1, $2, $3, $4) RETURNING id;
