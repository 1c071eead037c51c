PRAGMA application_id = 1718581345;
PRAGMA user_version = 2;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
INSERT INTO submissions VALUES('veo-3.1-image-to-video:349d78fdc864adee3eca6f71f40de0fe97d27bbc37f1851064b735cf3d22099e','unknown','veo-3.1-image-to-video','http://127.0.0.1:38111/','349d78fdc864adee3eca6f71f40de0fe97d27bbc37f1851064b735cf3d22099e',NULL,NULL,0,1795998234623,1795998234626,'eb12e1639eaac8ed9474ee56325a3f0d348041c410d619a4af785f2b818bb58c');
INSERT INTO submissions VALUES('veo-3.1-image-to-video:3fc2c46b84873f04d78d78025d4797a4ac1f6b2e87b9bbc89c1804f7fe87112c','submitted','veo-3.1-image-to-video','http://127.0.0.1:38111/','58e8f3a89fe2b8b52087357ca99b9047349532c8f96d25bb39d0dbca23ccbd68','task-1',NULL,0,1795998234576,1795998234590,'fb318ebd44094af35660a8935c76055e4b7ecfce557554b2b565a3f116bd4e63');
INSERT INTO submissions VALUES('veo-3.1-image-to-video:db735e6315a257dfdfefc146db30a0b52adbe20702e641d23e11a883dcc7bb15','submitted','veo-3.1-image-to-video','http://127.0.0.1:38111/','db735e6315a257dfdfefc146db30a0b52adbe20702e641d23e11a883dcc7bb15','task-2',NULL,0,1795998234600,1795998234619,'c52b95588b4c80afebead619fa16e918034533e99323a44fc3c93859dc46a89a');
CREATE TABLE uploads (
    content TEXT NOT NULL,     -- SHA-256 of the file
    api     TEXT NOT NULL,
    id      TEXT NOT NULL,
    url     TEXT NOT NULL,
    size    INTEGER NOT NULL,
    expires INTEGER NOT NULL, seal TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (content, api)
) STRICT, WITHOUT ROWID;
INSERT INTO uploads VALUES('92b2fa58028958317e408bd84ecfa70f5ee35b121991dbc232c49d166353708b','http://127.0.0.1:38111/','file-1','https://files.example.com/a.jpg',9,9999999999999,'b28c6a822f6fe6af1ad11e4a657b9dcfe58c42bab9912c6e0ea6ad6bd6541b7a');
CREATE TABLE downloads (
    task_id TEXT NOT NULL,
    result  INTEGER NOT NULL,
    path    TEXT NOT NULL,
    bytes   INTEGER,
    changed INTEGER NOT NULL, seal TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (task_id, result)
) STRICT, WITHOUT ROWID;
INSERT INTO downloads VALUES('task-1',0,'/videos/river-0-3fc2c46b84.mp4',5,1795998234589,'53fc84108400672759e0f3567ee0d47dd0d1a133ddd21693a2f03724724b2294');
INSERT INTO downloads VALUES('task-2',0,'/videos/river-1-db735e6315.mp4',5,1795998234611,'029f7dea7d8774d448b2cca76fc9e383596cfe4825cbe06d9f947605710f0b8d');
CREATE TABLE progress (
    changes INTEGER NOT NULL   -- the owners of the journal note it too, in their lock files
) STRICT;
INSERT INTO progress VALUES(0);
COMMIT;
