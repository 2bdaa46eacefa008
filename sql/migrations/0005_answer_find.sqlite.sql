-- Which documents hold which stems; the rowid is the document's place, so that
-- a search in the order of worth stops early.
CREATE VIRTUAL TABLE answer_find USING fts5(
  stems, tokenize = 'ascii', detail = none, columnsize = 0);
