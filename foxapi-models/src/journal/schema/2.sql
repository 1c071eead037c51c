-- A journal, version 2: every row has a seal, and what was changed is counted, so that a loss of changes is noticed.
ALTER TABLE uploads ADD COLUMN seal TEXT NOT NULL DEFAULT '';
ALTER TABLE downloads ADD COLUMN seal TEXT NOT NULL DEFAULT '';

CREATE TABLE progress (
    changes INTEGER NOT NULL   -- the owners of the journal note it too, in their lock files
) STRICT;
INSERT INTO progress (changes) VALUES (0);

-- Owners are known by their lock files.
DROP TABLE owners;
