/** "stet" in ASCII: tells a store from another program's database. */
export const applicationId = 0x73746574;
/** The newest schema that this program writes. An older program never opens a newer store. */
export const schemaVersion = 1;

/**
 * The tables, described row by row in docs/format.md. What repeats is stored once and referred to by a small
 * integer: objects by `n`, texts and places (collection, path, target, artifact) by theirs. Hashes are found by
 * an index over their first 5 bytes and compared in full: a second copy of each hash would be a tenth of the store.
 */
export const schema = `
CREATE TABLE property (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE object (
  n INTEGER PRIMARY KEY,
  hash BLOB NOT NULL,
  kind INTEGER NOT NULL,
  size INTEGER NOT NULL,
  codec INTEGER NOT NULL,
  base INTEGER,
  data BLOB
);
CREATE INDEX object_by_hash ON object (substr(hash, 1, 5));
CREATE INDEX object_by_base ON object (base) WHERE codec IN (2, 4);
CREATE TABLE frame (n INTEGER PRIMARY KEY AUTOINCREMENT, size INTEGER NOT NULL, data BLOB NOT NULL);
CREATE TABLE commit_words (object INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE tombstone (
  object INTEGER NOT NULL,
  operation INTEGER NOT NULL,
  policy TEXT NOT NULL,
  PRIMARY KEY (object, operation)
) WITHOUT ROWID;

CREATE TABLE ahead (object INTEGER PRIMARY KEY, at INTEGER NOT NULL);

CREATE TABLE text (n INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);
CREATE TABLE place (
  n INTEGER PRIMARY KEY,
  collection INTEGER NOT NULL,
  path TEXT NOT NULL,
  target INTEGER NOT NULL,
  artifact INTEGER NOT NULL,
  UNIQUE (collection, path, target, artifact)
);
CREATE INDEX place_by_artifact ON place (collection, artifact);
CREATE TABLE actor (n INTEGER PRIMARY KEY, value BLOB NOT NULL UNIQUE);

CREATE TABLE operation (
  sequence INTEGER PRIMARY KEY,
  id BLOB NOT NULL,
  at INTEGER NOT NULL,
  actor INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  chain BLOB NOT NULL,
  body BLOB NOT NULL,
  words BLOB
);
CREATE INDEX operation_by_id ON operation (substr(id, 1, 5));
CREATE TABLE log (collection INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (collection, sequence))
  WITHOUT ROWID;
CREATE TABLE change (
  operation INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  place INTEGER NOT NULL,
  before INTEGER,
  before_mode INTEGER,
  after INTEGER,
  after_mode INTEGER,
  PRIMARY KEY (operation, ordinal)
) WITHOUT ROWID;
CREATE INDEX change_by_place ON change (place, operation);

CREATE TABLE ref (name TEXT PRIMARY KEY, target INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE pin (
  collection TEXT NOT NULL,
  name TEXT NOT NULL,
  target INTEGER NOT NULL,
  operation INTEGER NOT NULL,
  note TEXT,
  PRIMARY KEY (collection, name)
) WITHOUT ROWID;
CREATE TABLE conflict (
  id TEXT PRIMARY KEY,
  collection TEXT NOT NULL,
  opened INTEGER NOT NULL,
  settled INTEGER,
  base INTEGER, base_mode INTEGER,
  yours INTEGER, yours_mode INTEGER,
  theirs INTEGER, theirs_mode INTEGER,
  body BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE checkout (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  collection TEXT NOT NULL,
  name TEXT NOT NULL,
  base TEXT NOT NULL,
  root TEXT NOT NULL,
  device TEXT NOT NULL,
  inode TEXT NOT NULL,
  branch TEXT NOT NULL,
  materialised BLOB,
  git_head TEXT
);
CREATE TABLE index_entry (
  checkout INTEGER NOT NULL,
  place INTEGER NOT NULL,
  path TEXT NOT NULL,
  size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  ctime_ns INTEGER NOT NULL,
  device INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  mode INTEGER NOT NULL,
  blob BLOB NOT NULL,
  seen_at INTEGER NOT NULL,
  materialised INTEGER NOT NULL,
  PRIMARY KEY (checkout, place, path)
) WITHOUT ROWID;
CREATE TABLE written (
  checkout INTEGER NOT NULL,
  place INTEGER NOT NULL,
  path TEXT NOT NULL,
  artifact TEXT NOT NULL,
  blob BLOB NOT NULL,
  mode INTEGER NOT NULL,
  size INTEGER NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (checkout, place, path)
) WITHOUT ROWID;
CREATE TABLE journal (operation TEXT PRIMARY KEY, direction TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE journal_row (
  operation TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  checkout INTEGER NOT NULL,
  place INTEGER NOT NULL,
  path TEXT NOT NULL,
  disk TEXT NOT NULL,
  before BLOB, before_mode INTEGER, before_size INTEGER,
  after BLOB, after_mode INTEGER, after_size INTEGER,
  staged TEXT,
  staged_inode INTEGER,
  aside TEXT,
  folder TEXT,
  stuck TEXT,
  PRIMARY KEY (operation, ordinal)
) WITHOUT ROWID;
CREATE UNIQUE INDEX journal_row_pending ON journal_row (checkout, place, path) WHERE stuck IS NULL;
CREATE TABLE aside (
  disk TEXT PRIMARY KEY,
  checkout INTEGER NOT NULL,
  place INTEGER NOT NULL,
  path TEXT NOT NULL,
  blob BLOB NOT NULL,
  since INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE kept (
  id TEXT PRIMARY KEY,
  collection TEXT NOT NULL,
  path TEXT NOT NULL,
  yours BLOB NOT NULL, yours_mode INTEGER NOT NULL, yours_size INTEGER NOT NULL,
  base BLOB, base_mode INTEGER, base_size INTEGER,
  actor BLOB NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE draft (
  collection TEXT NOT NULL,
  artifact TEXT NOT NULL,
  client TEXT NOT NULL,
  base TEXT,
  text TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (collection, artifact, client)
) WITHOUT ROWID;
`;
