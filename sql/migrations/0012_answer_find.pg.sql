-- What the ranking reads lies beside the stems: a look has it without going to
-- answer_rank a hundred times. The index is made anew.
DROP TABLE answer_find;
CREATE TABLE answer_find (
  place       BIGINT PRIMARY KEY,
  document_id BIGINT NOT NULL,
  worth       BIGINT NOT NULL,
  words       BIGINT NOT NULL,
  title       TEXT COLLATE "C" NOT NULL,
  head        TEXT COLLATE "C" NOT NULL,
  often       TEXT COLLATE "C" NOT NULL,
  stems       TSVECTOR NOT NULL
);
CREATE INDEX answer_find_stems ON answer_find USING gin(stems)
  WITH (fastupdate = off);
UPDATE answer_index SET version = 0;
