-- The index keeps which tokenizer made its words, and each document which one
-- laid it (TERMS_VERSION): those of another are laid again, batch by batch.
-- 0: an older program's.
CREATE TABLE answer_index (
  id       %INT% PRIMARY KEY,                -- 1: there is one index
  version  %INT% NOT NULL
) %STRICT%;
INSERT INTO answer_index(id, version) VALUES (1, 0);
ALTER TABLE answer_document ADD COLUMN made %INT% NOT NULL DEFAULT 0;
CREATE INDEX answer_document_made ON answer_document(made, id)
  WHERE place IS NOT NULL;
-- How many different words the document has.
ALTER TABLE answer_rank ADD COLUMN words %INT% NOT NULL DEFAULT 0;
