-- Texts of instructions, by their digest, and the versions that they came into
-- force as.
-- row: version_row(number i64, instruction_id i64, origin i64, employee_name text?, note text, active_ms i64, name text, signers i64)

-- q: instruction_find(digest blob) one(id i64)
SELECT id FROM instruction WHERE digest = $1;

-- q: instruction_source(id i64) one(source text)
SELECT source FROM instruction WHERE id = $1;

-- q: instruction_add(name text, digest blob, source text, loaded_ms i64) one(id i64) write
INSERT INTO instruction(name, digest, source, loaded_ms)
VALUES ($1, $2, $3, $4) RETURNING id;

-- The version in force.
-- q: version_in_force() one(number i64, instruction_id i64, origin i64)
SELECT number, instruction_id, origin FROM instruction_version
ORDER BY number DESC LIMIT 1;

-- The digest of the text that came into force last from anywhere but there.
-- q: version_digest_but(origin i64) one(digest blob)
SELECT i.digest FROM instruction_version v
JOIN instruction i ON i.id = v.instruction_id
WHERE v.origin <> $1 ORDER BY v.number DESC LIMIT 1;

-- q: version_add(number i64, instruction_id i64, origin i64, employee_id i64?, note text, active_ms i64) none write
INSERT INTO instruction_version(number, instruction_id, origin, employee_id, note, active_ms)
VALUES ($1, $2, $3, $4, $5, $6);

-- One version; `signers` counts the employees of today who signed it.
-- q: version(number i64) one(like version_row)
SELECT v.number, v.instruction_id, v.origin, e.name, v.note, v.active_ms, i.name,
  (SELECT count(*) FROM instruction_signature s
   JOIN employee a ON a.id = s.employee_id
   WHERE s.number = v.number AND a.active)
FROM instruction_version v
JOIN instruction i ON i.id = v.instruction_id
LEFT JOIN employee e ON e.id = v.employee_id
WHERE v.number = $1;

-- The version under which a text was in force at a moment. Calls that run over
-- from before there were versions (0002) find their text's only one.
-- q: version_of_text(instruction_id i64, at_ms i64) one(number i64)
SELECT number FROM instruction_version WHERE instruction_id = $1
ORDER BY active_ms <= $2 DESC, number DESC LIMIT 1;

-- The versions below a number, the newest first.
-- q: version_list(below i64, most i64) many(like version_row)
SELECT v.number, v.instruction_id, v.origin, e.name, v.note, v.active_ms, i.name,
  (SELECT count(*) FROM instruction_signature s
   JOIN employee a ON a.id = s.employee_id
   WHERE s.number = v.number AND a.active)
FROM instruction_version v
JOIN instruction i ON i.id = v.instruction_id
LEFT JOIN employee e ON e.id = v.employee_id
WHERE v.number < $1
ORDER BY v.number DESC LIMIT $2;

-- How many employees there are to sign.
-- q: version_signers() one(n i64)
SELECT count(*) FROM employee WHERE active;

-- Employees who have not signed a version.
-- q: version_unsigned(number i64) many(like employee_row)
SELECT e.id, e.login, e.name, e.role, e.active FROM employee e
WHERE e.active AND NOT EXISTS (SELECT 1 FROM instruction_signature s
  WHERE s.number = $1 AND s.employee_id = e.id)
ORDER BY e.name, e.id LIMIT 1000;

-- q: version_signatures(number i64) many(employee_id i64, employee_name text, signed_ms i64)
SELECT e.id, e.name, s.signed_ms FROM instruction_signature s
JOIN employee e ON e.id = s.employee_id
WHERE s.number = $1 ORDER BY s.signed_ms, e.id LIMIT 1000;

-- Whether an employee signed a version: 0 or 1.
-- q: version_signed(number i64, employee_id i64) one(n i64)
SELECT count(*) FROM instruction_signature
WHERE number = $1 AND employee_id = $2;

-- The version in force, if this employee has not signed it.
-- q: version_due(employee_id i64) one(number i64)
SELECT v.number FROM instruction_version v
WHERE v.number = (SELECT max(number) FROM instruction_version)
  AND NOT EXISTS (SELECT 1 FROM instruction_signature s
    WHERE s.number = v.number AND s.employee_id = $1);

-- Writes a signature; a second one changes nothing.
-- q: version_sign(number i64, employee_id i64, signed_ms i64) rows write
INSERT INTO instruction_signature(number, employee_id, signed_ms)
VALUES ($1, $2, $3) ON CONFLICT (number, employee_id) DO NOTHING;
