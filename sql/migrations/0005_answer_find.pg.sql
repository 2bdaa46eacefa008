-- Which documents hold which stems. An inverted index cannot deliver in the
-- order of worth, so each document's tier is one lexeme more.
CREATE TABLE answer_find (
  place BIGINT PRIMARY KEY,
  stems TSVECTOR NOT NULL
);
-- Without a list of what is pending: each search would read all of it.
CREATE INDEX answer_find_stems ON answer_find USING gin(stems)
  WITH (fastupdate = off);
