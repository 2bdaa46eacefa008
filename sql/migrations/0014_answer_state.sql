-- Names what the index is now, so that a search need not ask again for what it was
-- told a key before.
ALTER TABLE answer_index ADD COLUMN state %INT% NOT NULL DEFAULT 1;
