-- Words that did not find the document until somebody named it for them, one
-- search a line, the newest first: src/answers/index.h, index_teach.
ALTER TABLE answer_document ADD COLUMN said TEXT NOT NULL DEFAULT '';
