-- Where migrations record themselves. This one is run every time and is not
-- recorded.

CREATE TABLE IF NOT EXISTS schema_migration (
  number     %INT% PRIMARY KEY,
  name       TEXT NOT NULL,
  digest     TEXT NOT NULL,                  -- of its text, hexadecimal
  applied_ms %INT% NOT NULL
) %STRICT%;
