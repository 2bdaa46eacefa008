-- From where an employee has signed in, so that others who fail at the same
-- address do not lock them out.
CREATE TABLE signin_place (
  employee_id %INT% NOT NULL REFERENCES employee(id),
  network     %KEY% NOT NULL,                -- IPv4 address, IPv6 network
  last_ms     %INT% NOT NULL,
  PRIMARY KEY (employee_id, network)
) %STRICT%;
CREATE INDEX signin_place_last ON signin_place(last_ms);
