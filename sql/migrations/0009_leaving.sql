-- What leaves the house: numbers that are given to nobody, answers that were
-- held back, and how an answer reaches the customer.

CREATE TABLE private_number (
  id          %PK%,
  employee_id %INT% NOT NULL REFERENCES employee(id),
  e164        %KEY% NOT NULL,
  created_ms  %INT% NOT NULL
) %STRICT%;
CREATE UNIQUE INDEX private_number_employee
  ON private_number(employee_id, e164);

-- Answers that the screen held back; they wait for a supervisor, or for their
-- writer to change them. What became of them is in the event log.
CREATE TABLE ticket_held (
  ticket_id   %INT% NOT NULL REFERENCES ticket(id),
  employee_id %INT% NOT NULL REFERENCES employee(id),
  body        TEXT NOT NULL,
  at_ms       %INT% NOT NULL,
  PRIMARY KEY (ticket_id, employee_id)
) %STRICT%;

-- Everything that must reach somebody outside, by mail or by telephone, written
-- in the same transaction as the answer itself.
CREATE TABLE outbox (
  id          %PK%,
  kind        %INT% NOT NULL,                -- enum outbox_kind
  subject_id  %INT% NOT NULL,                -- the ticket, the order
  part_id     %INT% NOT NULL,                -- its message; 0: none
  state       %INT% NOT NULL,                -- enum outbox_state
  person      TEXT NOT NULL,                 -- to whom
  address     TEXT NOT NULL,                 -- of e-mail; empty: telephone
  subject     TEXT NOT NULL,
  body        TEXT NOT NULL,
  automatic   %BOOL% NOT NULL,               -- no person wrote it
  mail_id     TEXT NOT NULL,                 -- without its brackets
  tries       %INT% NOT NULL,
  next_ms     %INT% NOT NULL,                -- not before; since when
  reason      TEXT NOT NULL,                 -- why it did not go
  employee_id %INT% REFERENCES employee(id), -- who wrote; NULL: the program
  created_ms  %INT% NOT NULL,
  done_ms     %INT%,                         -- sent, told
  done_by     %INT% REFERENCES employee(id)  -- who told
) %STRICT%;
CREATE INDEX outbox_due ON outbox(next_ms, id) WHERE state <= 2;
CREATE INDEX outbox_open ON outbox(id) WHERE state <= 5;
CREATE INDEX outbox_subject ON outbox(kind, subject_id, id);
