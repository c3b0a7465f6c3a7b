-- Everything a shop owns. shop_id leads every key; instants are epoch milliseconds; amounts are minor units.

CREATE TABLE shop_key (
  shop_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  master_id TEXT NOT NULL,
  wrapped TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, key_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE connection (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  provider TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('till', 'books')),
  external_account TEXT NOT NULL,
  name TEXT NOT NULL,
  currency TEXT,
  closed_through TEXT CHECK (closed_through IS NULL OR closed_through GLOB '????-??-??'),
  state TEXT NOT NULL CHECK (state IN ('connected', 'reconnect_needed', 'disconnected')),
  scopes TEXT NOT NULL CHECK (json_valid(scopes)),
  connected_by TEXT NOT NULL,
  connected_at INTEGER NOT NULL,
  checked_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE location (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  external_id TEXT NOT NULL,
  name TEXT NOT NULL,
  code TEXT NOT NULL CHECK (length(code) = 3),
  zone TEXT NOT NULL,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  cut_offs TEXT NOT NULL CHECK (json_valid(cut_offs)),
  -- Null until the shop chose the location and a first business day.
  starts_on TEXT CHECK (starts_on IS NULL OR starts_on GLOB '????-??-??'),
  -- When the planner next has work here: the close of the first day that it has not enqueued, plus settling.
  next_due_at INTEGER,
  PRIMARY KEY (shop_id, id),
  FOREIGN KEY (shop_id, connection_id) REFERENCES connection (shop_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX location_due ON location (next_due_at) WHERE next_due_at IS NOT NULL;
CREATE UNIQUE INDEX location_code ON location (shop_id, code);

CREATE TABLE chart (
  shop_id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  accounts TEXT NOT NULL CHECK (json_valid(accounts)),
  read_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, connection_id),
  FOREIGN KEY (shop_id, connection_id) REFERENCES connection (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE mapping (
  shop_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  accounts TEXT NOT NULL CHECK (json_valid(accounts)),
  saved_by TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE posting_rule (
  shop_id TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('preview', 'approve', 'automatic')),
  changed_by TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE day (
  shop_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  state TEXT NOT NULL CHECK (state IN (
    'collecting', 'ready', 'posting', 'posted', 'final', 'held', 'failed', 'uncertain', 'no_sales', 'changed', 'corrected')),
  -- The failure that holds or failed the day, as JSON; null in every other state.
  reason TEXT CHECK (reason IS NULL OR json_valid(reason)),
  totals TEXT CHECK (totals IS NULL OR json_valid(totals)),
  fingerprint TEXT,
  -- The entry that is being posted, with its number and request id, while its fate is open.
  pending TEXT CHECK (pending IS NULL OR json_valid(pending)),
  lease_token TEXT,
  lease_until INTEGER,
  -- Number of entries recorded for this day.
  revision INTEGER NOT NULL CHECK (revision >= 0),
  attempts TEXT NOT NULL CHECK (json_valid(attempts) AND length(attempts) <= 20000),
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, location_id, business_date),
  FOREIGN KEY (shop_id, location_id) REFERENCES location (shop_id, id),
  CHECK ((reason IS NOT NULL) = (state IN ('held', 'failed'))),
  CHECK ((pending IS NOT NULL) = (state IN ('posting', 'uncertain'))),
  CHECK ((lease_token IS NULL) = (lease_until IS NULL))
) STRICT, WITHOUT ROWID;

-- What was posted. Created once, never changed, never deleted.
CREATE TABLE entry (
  shop_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  business_date TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('sales', 'correction', 'reversal')),
  books_connection_id TEXT NOT NULL,
  external_id TEXT NOT NULL,
  document_number TEXT NOT NULL CHECK (length(document_number) BETWEEN 1 AND 21),
  request_id TEXT NOT NULL CHECK (length(request_id) BETWEEN 1 AND 50),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  total_minor INTEGER NOT NULL CHECK (total_minor > 0),
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  mapping_version INTEGER NOT NULL,
  day_fingerprint TEXT NOT NULL,
  entry_fingerprint TEXT NOT NULL,
  posted_by TEXT NOT NULL,
  posted_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, location_id, business_date, revision),
  FOREIGN KEY (shop_id, location_id, business_date) REFERENCES day (shop_id, location_id, business_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE backfill (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  location_ids TEXT NOT NULL CHECK (json_valid(location_ids)),
  from_date TEXT NOT NULL,
  to_date TEXT NOT NULL,
  posts INTEGER NOT NULL CHECK (posts IN (0, 1)),
  day_count INTEGER NOT NULL CHECK (day_count > 0),
  requested_by TEXT NOT NULL,
  requested_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE backfill_day (
  shop_id TEXT NOT NULL,
  backfill_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  business_date TEXT NOT NULL,
  state TEXT NOT NULL,
  finished_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, backfill_id, location_id, business_date),
  FOREIGN KEY (shop_id, backfill_id) REFERENCES backfill (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE once (
  shop_id TEXT NOT NULL,
  key TEXT NOT NULL,
  input_hash TEXT NOT NULL,
  answer TEXT NOT NULL CHECK (json_valid(answer)),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  shop_id TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  PRIMARY KEY (shop_id, seq)
) STRICT, WITHOUT ROWID;

-- Append-only: what was posted, mapped or recorded stays as it was.
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER mapping_is_never_changed BEFORE UPDATE ON mapping BEGIN SELECT RAISE(ABORT, 'mappings are append-only'); END;
CREATE TRIGGER mapping_is_never_deleted BEFORE DELETE ON mapping BEGIN SELECT RAISE(ABORT, 'mappings are append-only'); END;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

-- A row never moves to another shop, whatever a statement says.
CREATE TRIGGER connection_stays BEFORE UPDATE OF shop_id ON connection BEGIN SELECT RAISE(ABORT, 'shop_id is fixed'); END;
CREATE TRIGGER location_stays BEFORE UPDATE OF shop_id ON location BEGIN SELECT RAISE(ABORT, 'shop_id is fixed'); END;
CREATE TRIGGER day_stays BEFORE UPDATE OF shop_id ON day BEGIN SELECT RAISE(ABORT, 'shop_id is fixed'); END;
