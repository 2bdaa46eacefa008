-- The crawl of the company's website. What the pages say is handed to the
-- index of answers; here is what the crawl must know to go on after a stop and
-- to ask only for what changed.

CREATE TABLE crawl (
  id          %PK%,
  scope       TEXT NOT NULL,                 -- a start address; empty: as the
                                             -- configuration says
  state       %INT% NOT NULL,                -- enum crawl_state
  employee_id %INT% REFERENCES employee(id), -- who asked; NULL: the program
  asked_ms    %INT% NOT NULL,
  started_ms  %INT%,
  ended_ms    %INT%,
  sitemaps    %BOOL% NOT NULL,               -- have been read
  found       %INT% NOT NULL,                -- addresses
  fetched     %INT% NOT NULL,
  pages       %INT% NOT NULL,                -- that are there
  added       %INT% NOT NULL,                -- of them
  changed     %INT% NOT NULL,
  gone        %INT% NOT NULL,
  failed      %INT% NOT NULL,                -- addresses
  bytes       %INT% NOT NULL
) %STRICT%;
CREATE INDEX crawl_state ON crawl(state, id);

-- Every address of the website that a crawl came across.
CREATE TABLE crawl_address (
  id          %PK%,
  url         %KEY% NOT NULL UNIQUE,
  site        %KEY% NOT NULL,                -- its host and port
  crawl_id    %INT% NOT NULL,                -- the last one that met it
  waiting_for %INT%,                         -- the crawl that will fetch it
  depth       %INT% NOT NULL,                -- links from the start
  hops        %INT% NOT NULL,                -- redirects that led there
  tries       %INT% NOT NULL,                -- in this crawl
  parent_id   %INT%,                         -- the page it was met on first
  label       TEXT NOT NULL,                 -- by a link of these words
  outcome     %INT% NOT NULL,                -- enum crawled
  status      %INT% NOT NULL,                -- of HTTP; 0: no answer
  target_id   %INT%,                         -- where it leads by itself
  etag        TEXT NOT NULL,
  modified    TEXT NOT NULL,
  digest      %BLOB%,                        -- of what was fetched
  title       TEXT NOT NULL,
  clicks      TEXT NOT NULL,                 -- one a line; empty: no way there
  worth       %INT% NOT NULL,
  offered     %BOOL% NOT NULL,               -- is in the index of answers
  fetched_ms  %INT%
) %STRICT%;
CREATE INDEX crawl_address_waiting ON crawl_address(waiting_for, depth, id)
  WHERE waiting_for IS NOT NULL;
CREATE INDEX crawl_address_outcome ON crawl_address(outcome, id);

-- The links of each page, packed: src/answers/pack.h.
CREATE TABLE crawl_links (
  address_id %INT% PRIMARY KEY REFERENCES crawl_address(id),
  links      %BLOB% NOT NULL
) %STRICT%;

-- Work that must run on one node at a time.
CREATE TABLE lease (
  name     %KEY% PRIMARY KEY,
  holder   %KEY% NOT NULL,
  until_ms %INT% NOT NULL
) %STRICT%;
