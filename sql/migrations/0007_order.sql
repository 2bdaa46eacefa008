-- Orders: work, changes, repairs and advice for money. What was agreed about the
-- price is copied from the price list, which may change afterwards.
CREATE TABLE work_order (
  id           %PK%,
  kind         %INT% NOT NULL,               -- enum order_kind
  state        %INT% NOT NULL,               -- enum order_state
  customer_id  %INT% NOT NULL REFERENCES customer(id),
  person_id    %INT% REFERENCES person(id),
  caller_name  TEXT NOT NULL,
  call_id      %INT% REFERENCES call(id),
  door         %INT% NOT NULL,
  summary      TEXT NOT NULL,                -- the description's beginning
  description  TEXT NOT NULL,
  price_text   TEXT NOT NULL,                -- what the price is for
  net_cents    %INT% NOT NULL,               -- the price, or that of a unit
  unit_ms      %INT% NOT NULL,               -- 0: the price is fixed
  units_least  %INT% NOT NULL,
  vat          %INT% NOT NULL,               -- hundredths of a percent
  sentence     TEXT NOT NULL,                -- the price as it was said
  offered_by   %INT% NOT NULL REFERENCES employee(id),
  offered_ms   %INT% NOT NULL,
  answer_words TEXT NOT NULL,                -- the caller's yes or no
  answer_name  TEXT NOT NULL,                -- who said it
  answered_by  %INT% REFERENCES employee(id), -- who wrote it down
  answered_ms  %INT%,
  employee_id  %INT% REFERENCES employee(id), -- in charge
  started_ms   %INT%,                        -- of a consultation: the paid time
  done_ms      %INT%,
  worked_ms    %INT% NOT NULL,               -- what is to be paid for
  invoiced_ms  %INT%,
  changed_ms   %INT% NOT NULL,               -- since it is in this state
  version      %INT% NOT NULL
) %STRICT%;
CREATE INDEX work_order_state ON work_order(state, changed_ms, id);
CREATE INDEX work_order_customer ON work_order(customer_id, id);
CREATE INDEX work_order_call ON work_order(call_id, id);
CREATE INDEX work_order_employee ON work_order(employee_id, id)
  WHERE state IN (2, 4);
CREATE INDEX work_order_in_hand ON work_order(customer_id, id)
  WHERE state = 4;

-- The order that a matter of a call led to, or that it was transferred for.
ALTER TABLE call_matter ADD COLUMN order_id %INT% REFERENCES work_order(id);

-- How long a call went on past its limit and grace without anybody paying.
ALTER TABLE call ADD COLUMN overrun_ms %INT% NOT NULL DEFAULT 0;

-- An order's history.
CREATE INDEX event_order ON event(subject_id, id)
  WHERE substr(kind, 1, 6) = 'order.';
