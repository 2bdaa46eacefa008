-- Legal matters that no supervisor has taken note of: a row stands here from
-- the moment the ticket is opened until a supervisor says "seen" or somebody
-- answers it. The table holds what is open alone, so that every look at it is
-- cheap; what became of it is in the event log.
CREATE TABLE ticket_alert (
  ticket_id %INT% PRIMARY KEY REFERENCES ticket(id),
  raised_ms %INT% NOT NULL
) %STRICT%;
INSERT INTO ticket_alert(ticket_id, raised_ms)
SELECT id, waiting_ms FROM ticket WHERE kind = 4 AND state = 1;

-- A call that was taken under the wrong customer, and under which it stands
-- since. The last one is the call's; the transcript knows nothing of it.
CREATE TABLE call_reassignment (
  call_id         %INT% NOT NULL REFERENCES call(id),
  number          %INT% NOT NULL,            -- of the call's, from 1
  from_id         %INT% REFERENCES customer(id), -- NULL: no customer
  to_id           %INT% NOT NULL REFERENCES customer(id),
  identified_by   %INT% NOT NULL,            -- enum identified
  identified_note TEXT NOT NULL,             -- what was checked instead
  reason          TEXT NOT NULL,
  uncovered       %BOOL% NOT NULL,           -- support without a contract
  employee_id     %INT% NOT NULL REFERENCES employee(id),
  at_ms           %INT% NOT NULL,
  PRIMARY KEY (call_id, number)
) %STRICT%;

-- A ticket's history. The log as a whole needs no index by subject, so that
-- all other changes write none.
CREATE INDEX event_ticket ON event(subject_id, id)
  WHERE substr(kind, 1, 7) = 'ticket.';

-- The few tickets that are not support, by kind.
CREATE INDEX ticket_kind ON ticket(kind, state, waiting_ms, id)
  WHERE kind <> 1;
