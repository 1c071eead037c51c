-- A journal, version 1. The key is what is paid for once; `seal` is a hash of the other columns of its row.
CREATE TABLE submissions (
    key         TEXT PRIMARY KEY NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('not accepted', 'claimed', 'unknown', 'submitted')),
    model       TEXT NOT NULL,
    api         TEXT NOT NULL, -- address of the API that it was submitted to
    fingerprint TEXT NOT NULL, -- SHA-256 of the body, which is not stored
    task_id     TEXT CHECK (state <> 'submitted' OR task_id IS NOT NULL),
    owner       TEXT,          -- the process that holds it, if it lives: its lock is <journal>.<owner>.owner
    turn        INTEGER NOT NULL,
    claimed     INTEGER,       -- times are milliseconds since 1970
    changed     INTEGER NOT NULL,
    seal        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every process that ever held a key and may have left its lock file behind.
CREATE TABLE owners (
    name TEXT PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;

-- Files that have an address at the API until they expire there.
CREATE TABLE uploads (
    content TEXT NOT NULL,     -- SHA-256 of the file
    api     TEXT NOT NULL,
    id      TEXT NOT NULL,
    url     TEXT NOT NULL,
    size    INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (content, api)
) STRICT, WITHOUT ROWID;

-- Results that were stored, or were about to be: `bytes` is there when they are whole.
CREATE TABLE downloads (
    task_id TEXT NOT NULL,
    result  INTEGER NOT NULL,
    path    TEXT NOT NULL,
    bytes   INTEGER,
    changed INTEGER NOT NULL,
    PRIMARY KEY (task_id, result)
) STRICT, WITHOUT ROWID;
