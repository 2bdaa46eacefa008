-- Answers: pages of the company's website and answers that employees wrote,
-- equal before the search. How they are found and ranked: src/answers/index.h.

CREATE TABLE answer_document (
  id         %PK%,
  kind       %INT% NOT NULL,                 -- enum answer_kind
  source_id  %INT% NOT NULL,                 -- of the page, of the own answer
  title      TEXT NOT NULL,
  url        TEXT NOT NULL,                  -- empty: none
  clicks     TEXT NOT NULL,                  -- one a line, from the start page
  headings   TEXT NOT NULL,                  -- one a line
  body       TEXT NOT NULL,
  worth      %INT% NOT NULL,                 -- 0 to 100, as it was given
  served     %INT% NOT NULL,                 -- matters that it ended well
  place      %INT% UNIQUE                    -- NULL: not offered (any more)
) %STRICT%;
CREATE UNIQUE INDEX answer_document_source ON answer_document(kind, source_id);

-- What the ranking reads of each of the best few hundred. The smaller the
-- place, the earlier a document is looked at: see index.h.
CREATE TABLE answer_rank (
  place       %INT% PRIMARY KEY,
  document_id %INT% NOT NULL REFERENCES answer_document(id),
  title       %KEY% NOT NULL,                -- its stems
  head        %KEY% NOT NULL,                -- of headings and clicks
  often       %KEY% NOT NULL,                -- what the body says often
  worth       %INT% NOT NULL                 -- with what calls have added
) %STRICT%;

-- The words of all offered documents, folded, as they are spelled there. By
-- its beginning for what is being typed, by its end for compounds, by both for
-- typing errors.
CREATE TABLE answer_word (
  word      %KEY% PRIMARY KEY,
  reversed  %KEY% NOT NULL,
  documents %INT% NOT NULL                   -- that have it
) %BY_KEY%;
CREATE INDEX answer_word_reversed ON answer_word(reversed);

-- Answers that employees wrote.
CREATE TABLE answer_own (
  id          %PK%,
  title       TEXT NOT NULL,
  body        TEXT NOT NULL,
  url         TEXT NOT NULL,
  clicks      TEXT NOT NULL,
  ticket_id   %INT% REFERENCES ticket(id),   -- whose answer it was at first
  employee_id %INT% NOT NULL REFERENCES employee(id), -- who changed it last
  retired     %BOOL% NOT NULL,
  version     %INT% NOT NULL,
  created_ms  %INT% NOT NULL,
  updated_ms  %INT% NOT NULL
) %STRICT%;
CREATE INDEX answer_own_updated ON answer_own(retired, updated_ms, id);
CREATE UNIQUE INDEX answer_own_ticket ON answer_own(ticket_id)
  WHERE ticket_id IS NOT NULL;

-- Each search that was made for a caller: what was shown, what was taken.
CREATE TABLE answer_search (
  id          %PK%,
  call_id     %INT% REFERENCES call(id),
  matter      %INT% NOT NULL,                -- of the call; 0 without one
  ticket_id   %INT% REFERENCES ticket(id),   -- that was written in the end
  employee_id %INT% NOT NULL REFERENCES employee(id),
  at_ms       %INT% NOT NULL,
  words       TEXT NOT NULL,
  found       %INT% NOT NULL,
  shown       TEXT NOT NULL,                 -- ids of documents, best first
  taken_id    %INT% REFERENCES answer_document(id),
  taken_rank  %INT% NOT NULL                 -- from 1; 0: none was taken
) %STRICT%;
CREATE INDEX answer_search_call ON answer_search(call_id, matter, id);
CREATE INDEX answer_search_ticket ON answer_search(ticket_id, id)
  WHERE ticket_id IS NOT NULL;

-- enum reason_kind; 0: none was given.
ALTER TABLE ticket ADD COLUMN search_reason_kind %INT% NOT NULL DEFAULT 0;

-- What was searched for and not answered, one row a case; cases with the same
-- stems are one gap. Only ever added to until they are closed, so that no two
-- calls wait for one row.
CREATE TABLE answer_gap (
  id          %PK%,
  stems       %KEY% NOT NULL,
  ticket_id   %INT% REFERENCES ticket(id),   -- NULL: answered all the same
  words       TEXT NOT NULL,
  reason_kind %INT% NOT NULL,                -- enum reason_kind
  reason      TEXT NOT NULL,
  at_ms       %INT% NOT NULL,
  closed_ms   %INT%,
  document_id %INT% REFERENCES answer_document(id) -- that serves now
) %STRICT%;
CREATE INDEX answer_gap_open ON answer_gap(id) WHERE closed_ms IS NULL;
CREATE INDEX answer_gap_stems ON answer_gap(stems, id);
