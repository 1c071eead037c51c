-- A journal, version 3: the seals of all rows are summed up, so that a row that was taken away is noticed.
CREATE TABLE totals (
    changes INTEGER NOT NULL,  -- the owners of the journal note it too, in their lock files
    seals   TEXT NOT NULL      -- exclusive or of the seals of all rows
) STRICT;
INSERT INTO totals (changes, seals) SELECT changes, printf('%064d', 0) FROM progress;

-- A program that knows only version 2 and still has the file open fails, instead of changing rows and not their sum.
DROP TABLE progress;
