-- The desk's first schema. Tokens hide the dialects: %PK% a generated primary
-- key, %INT% a 64-bit integer, %BOOL%, %BLOB%, %KEY% text that is compared
-- byte by byte, %STRICT% strict typing where the engine has it.
-- Times are UTC milliseconds, dates are texts "2026-11-24".

CREATE TABLE employee (
  id            %PK%,
  login         %KEY% NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  role          %INT% NOT NULL,              -- enum role
  password_hash TEXT NOT NULL,               -- empty: cannot sign in
  active        %BOOL% NOT NULL,
  lang          TEXT NOT NULL DEFAULT '',    -- empty: as the browser says
  theme         TEXT NOT NULL DEFAULT '',    -- '', 'light', 'dark'
  keys_off      %BOOL% NOT NULL,             -- no single-letter keys
  created_ms    %INT% NOT NULL
) %STRICT%;

CREATE TABLE session (
  id          %PK%,
  digest      %BLOB% NOT NULL UNIQUE,        -- of the cookie's token
  employee_id %INT% NOT NULL REFERENCES employee(id),
  created_ms  %INT% NOT NULL,
  seen_ms     %INT% NOT NULL,
  expires_ms  %INT% NOT NULL
) %STRICT%;
CREATE INDEX session_employee ON session(employee_id);
CREATE INDEX session_expires ON session(expires_ms);

CREATE TABLE api_token (
  id          %PK%,
  digest      %BLOB% NOT NULL UNIQUE,
  employee_id %INT% NOT NULL REFERENCES employee(id),
  name        TEXT NOT NULL,
  created_ms  %INT% NOT NULL,
  revoked_ms  %INT%
) %STRICT%;
CREATE INDEX api_token_employee ON api_token(employee_id);

-- Failed sign-ins by account and by address, for slowing down guesses.
CREATE TABLE signin_failure (
  subject    %KEY% PRIMARY KEY,              -- 'login:…' or 'from:…'
  failures   %INT% NOT NULL,
  last_ms    %INT% NOT NULL
) %STRICT%;

CREATE TABLE counter (
  name  %KEY% PRIMARY KEY,
  value %INT% NOT NULL
) %STRICT%;
INSERT INTO counter(name, value) VALUES ('customer', 10000);

CREATE TABLE customer (
  id         %PK%,
  number     TEXT NOT NULL,
  number_key %KEY% NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  name_key   %KEY% NOT NULL,
  street     TEXT NOT NULL,
  zip        TEXT NOT NULL,
  city       TEXT NOT NULL,
  email      TEXT NOT NULL,
  note       TEXT NOT NULL,
  version    %INT% NOT NULL,
  created_ms %INT% NOT NULL,
  updated_ms %INT% NOT NULL
) %STRICT%;
CREATE INDEX customer_name ON customer(name_key, id);

CREATE TABLE person (
  id          %PK%,
  customer_id %INT% NOT NULL REFERENCES customer(id),
  name        TEXT NOT NULL,
  name_key    %KEY% NOT NULL,
  position    TEXT NOT NULL,                 -- "Inhaberin", "Buchhaltung"
  email       TEXT NOT NULL,
  active      %BOOL% NOT NULL,
  version     %INT% NOT NULL
) %STRICT%;
CREATE INDEX person_customer ON person(customer_id);

-- Every word by which a customer can be found: of its name, its persons' names
-- and its town. The mask has a bit for the beginning of each of the customer's
-- words, so that looking for several words reads one index only, nearly.
CREATE TABLE customer_word (
  word        %KEY% NOT NULL,
  customer_id %INT% NOT NULL REFERENCES customer(id),
  mask        %INT% NOT NULL
) %STRICT%;
CREATE UNIQUE INDEX customer_word_word ON customer_word(word, customer_id, mask);
CREATE INDEX customer_word_customer ON customer_word(customer_id, word);

CREATE TABLE phone (
  id          %PK%,
  customer_id %INT% NOT NULL REFERENCES customer(id),
  person_id   %INT% REFERENCES person(id),
  e164        %KEY% NOT NULL,
  reversed    %KEY% NOT NULL,                -- for searches by the last digits
  label       TEXT NOT NULL
) %STRICT%;
CREATE INDEX phone_e164 ON phone(e164, customer_id);
CREATE INDEX phone_reversed ON phone(reversed, customer_id);
CREATE INDEX phone_customer ON phone(customer_id);

CREATE TABLE contract (
  id          %PK%,
  customer_id %INT% NOT NULL REFERENCES customer(id),
  number      TEXT NOT NULL,
  product     TEXT NOT NULL,                 -- "DSL 100", "Webhosting M"
  starts_on   %KEY% NOT NULL,
  ends_on     %KEY% NOT NULL,                -- last day; empty: open
  note        TEXT NOT NULL,
  version     %INT% NOT NULL
) %STRICT%;
CREATE INDEX contract_customer ON contract(customer_id, starts_on);

-- Versions of the instruction; a running call keeps the one it began with.
CREATE TABLE instruction (
  id        %PK%,
  name      TEXT NOT NULL,
  digest    %BLOB% NOT NULL UNIQUE,
  source    TEXT NOT NULL,
  loaded_ms %INT% NOT NULL
) %STRICT%;

CREATE TABLE call (
  id              %PK%,
  employee_id     %INT% NOT NULL REFERENCES employee(id),
  door            %INT% NOT NULL,            -- enum door
  instruction_id  %INT% NOT NULL REFERENCES instruction(id),
  started_ms      %INT% NOT NULL,
  ended_ms        %INT%,
  caller_number   TEXT NOT NULL,             -- E.164, empty: not shown
  customer_id     %INT% REFERENCES customer(id),
  identified_by   %INT% NOT NULL,            -- enum identified
  identified_note TEXT NOT NULL,             -- what was checked instead
  person_id       %INT% REFERENCES person(id),
  caller_name     TEXT NOT NULL,
  outcome         TEXT NOT NULL,             -- of its last matter; '' if none
  entries         %INT% NOT NULL             -- length of the transcript
) %STRICT%;
CREATE INDEX call_employee ON call(employee_id, started_ms);
CREATE UNIQUE INDEX call_open ON call(employee_id) WHERE ended_ms IS NULL;
CREATE INDEX call_customer ON call(customer_id, started_ms);

-- The transcript: append-only; the call's state is the fold over it.
CREATE TABLE call_entry (
  call_id     %INT% NOT NULL REFERENCES call(id),
  seq         %INT% NOT NULL,                -- from 1
  kind        TEXT NOT NULL,                 -- answer, anytime, back, …
  step        TEXT NOT NULL,
  answer      TEXT NOT NULL,
  facts       TEXT NOT NULL,                 -- names of those that held
  employee_id %INT% NOT NULL REFERENCES employee(id),
  at_ms       %INT% NOT NULL,
  PRIMARY KEY (call_id, seq)
) %STRICT%;

-- What is typed during a call, as it is typed; one value a matter and name.
CREATE TABLE call_input (
  call_id %INT% NOT NULL REFERENCES call(id),
  matter  %INT% NOT NULL,                    -- from 1
  name    %KEY% NOT NULL,                    -- question, search, reason, …
  value   TEXT NOT NULL,
  at_ms   %INT% NOT NULL,
  PRIMARY KEY (call_id, matter, name)
) %STRICT%;

CREATE TABLE ticket (
  id            %PK%,
  state         %INT% NOT NULL,              -- enum ticket_state
  kind          %INT% NOT NULL,              -- enum ticket_kind
  customer_id   %INT% REFERENCES customer(id),
  person_id     %INT% REFERENCES person(id),
  caller_name   TEXT NOT NULL,
  caller_number TEXT NOT NULL,
  summary       TEXT NOT NULL,               -- the question's beginning
  question      TEXT NOT NULL,
  search_words  TEXT NOT NULL,
  search_reason TEXT NOT NULL,               -- why no answer served
  read_back     %BOOL% NOT NULL,
  internet_hint %BOOL% NOT NULL,
  door          %INT% NOT NULL,
  call_id       %INT% REFERENCES call(id),
  employee_id   %INT% NOT NULL REFERENCES employee(id),
  opened_ms     %INT% NOT NULL,
  waiting_ms    %INT% NOT NULL,              -- unanswered since; else changed
  version       %INT% NOT NULL
) %STRICT%;
CREATE INDEX ticket_state ON ticket(state, waiting_ms, id);
CREATE INDEX ticket_customer ON ticket(customer_id, id);

-- What a matter of a call ended with.
CREATE TABLE call_matter (
  call_id   %INT% NOT NULL REFERENCES call(id),
  matter    %INT% NOT NULL,
  class     %INT% NOT NULL,                  -- enum contact_class
  outcome   TEXT NOT NULL,
  ticket_id %INT% REFERENCES ticket(id),
  at_ms     %INT% NOT NULL,
  PRIMARY KEY (call_id, matter)
) %STRICT%;

-- The thread behind the question.
CREATE TABLE ticket_message (
  id          %PK%,
  ticket_id   %INT% NOT NULL REFERENCES ticket(id),
  kind        %INT% NOT NULL,                -- enum message_kind
  employee_id %INT% NOT NULL REFERENCES employee(id),
  body        TEXT NOT NULL,
  at_ms       %INT% NOT NULL
) %STRICT%;
CREATE INDEX ticket_message_ticket ON ticket_message(ticket_id, id);

-- Answers being written, saved as they are typed; others see who is at it.
CREATE TABLE ticket_draft (
  ticket_id   %INT% NOT NULL REFERENCES ticket(id),
  employee_id %INT% NOT NULL REFERENCES employee(id),
  body        TEXT NOT NULL,
  at_ms       %INT% NOT NULL,
  PRIMARY KEY (ticket_id, employee_id)
) %STRICT%;

-- Answers to requests that may arrive twice: a form's nonce, an API's
-- Idempotency-Key.
CREATE TABLE once (
  employee_id %INT% NOT NULL REFERENCES employee(id),
  nonce       %KEY% NOT NULL,
  digest      %BLOB% NOT NULL,               -- of what was asked
  subject_id  %INT% NOT NULL,                -- what came of it
  at_ms       %INT% NOT NULL,
  PRIMARY KEY (employee_id, nonce)
) %STRICT%;
CREATE INDEX once_at ON once(at_ms);

-- Every change: who, what, to which subject, through which door.
CREATE TABLE event (
  id          %PK%,
  at_ms       %INT% NOT NULL,
  employee_id %INT%,                         -- NULL: the program itself
  door        %INT% NOT NULL,
  kind        TEXT NOT NULL,                 -- "ticket.opened"
  subject_id  %INT% NOT NULL,
  payload     TEXT,                          -- JSON; NULL once erased
  digest      %BLOB% NOT NULL                -- of the payload
) %STRICT%;
