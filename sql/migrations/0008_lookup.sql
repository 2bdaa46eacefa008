-- Finding a customer reads nothing but indexes of contracts and telephone
-- numbers: at a million customers each row would be a page that no cache holds.
DROP INDEX contract_customer;
CREATE INDEX contract_customer ON contract(customer_id, starts_on, ends_on);
DROP INDEX phone_e164;
CREATE INDEX phone_e164 ON phone(e164, customer_id, person_id);
DROP INDEX phone_reversed;
CREATE INDEX phone_reversed ON phone(reversed, customer_id, person_id, e164);
