-- Versions of the instruction. A text (instruction) comes into force as a
-- version; the one with the highest number is in force. A text that comes back
-- into force is a further version, to be read and signed again. Calls keep the
-- text that they began with.

CREATE TABLE instruction_version (
  number         %INT% PRIMARY KEY,          -- 1, 2, …
  instruction_id %INT% NOT NULL REFERENCES instruction(id),
  origin         %INT% NOT NULL,             -- enum version_origin
  employee_id    %INT% REFERENCES employee(id), -- NULL: the program itself
  note           TEXT NOT NULL,              -- what changed, and why
  active_ms      %INT% NOT NULL              -- since when it is in force
) %STRICT%;

-- What was loaded so far came from the program or from the configured file;
-- which of the two is not known any more.
INSERT INTO instruction_version(number, instruction_id, origin, employee_id,
  note, active_ms)
SELECT row_number() OVER (ORDER BY id), id, 1, NULL, '', loaded_ms
FROM instruction;

-- Who has read and signed which version.
CREATE TABLE instruction_signature (
  number      %INT% NOT NULL REFERENCES instruction_version(number),
  employee_id %INT% NOT NULL REFERENCES employee(id),
  signed_ms   %INT% NOT NULL,
  PRIMARY KEY (number, employee_id)
) %STRICT%;
