-- What processors pay out of the takings, and what was posted for it. Amounts are minor units; instants epoch milliseconds.

CREATE TABLE payout (
  shop_id TEXT NOT NULL,
  -- Made of the till's account and the till's own id: the same payout is the same row, whoever reads it.
  id TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  external_id TEXT NOT NULL,
  arrival_date TEXT NOT NULL CHECK (arrival_date GLOB '????-??-??'),
  -- The first date of arrival that was told, and which payout of it this is: both stand in document numbers.
  numbered_on TEXT NOT NULL CHECK (numbered_on GLOB '????-??-??'),
  nth INTEGER NOT NULL CHECK (nth BETWEEN 1 AND 99),
  state TEXT NOT NULL CHECK (state IN ('ready', 'posting', 'posted', 'held', 'failed', 'uncertain', 'changed', 'nothing')),
  -- The failure that holds or failed the payout, as JSON; null in every other state.
  reason TEXT CHECK (reason IS NULL OR json_valid(reason)),
  totals TEXT NOT NULL CHECK (json_valid(totals)),
  fingerprint TEXT NOT NULL,
  -- The entry that is being posted, with its number and request id, while its fate is open.
  pending TEXT CHECK (pending IS NULL OR json_valid(pending)),
  lease_token TEXT,
  lease_until INTEGER,
  -- Number of entries recorded for this payout.
  revision INTEGER NOT NULL CHECK (revision >= 0),
  attempts TEXT NOT NULL CHECK (json_valid(attempts) AND length(attempts) <= 20000),
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, id),
  FOREIGN KEY (shop_id, location_id) REFERENCES location (shop_id, id),
  CHECK ((reason IS NOT NULL) = (state IN ('held', 'failed'))),
  CHECK ((pending IS NOT NULL) = (state IN ('posting', 'uncertain'))),
  CHECK ((lease_token IS NULL) = (lease_until IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX payout_number ON payout (shop_id, location_id, numbered_on, nth);
CREATE INDEX payout_arrival ON payout (shop_id, arrival_date);

-- What was posted for payouts. Created once, never changed, never deleted.
CREATE TABLE payout_entry (
  shop_id TEXT NOT NULL,
  payout_id TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('payout', 'correction')),
  -- The date in the books: that of the bank, or the first open day where it is in a closed period.
  booked_on TEXT NOT NULL CHECK (booked_on GLOB '????-??-??'),
  -- Why it was posted, in words; empty for a payout's first entry.
  cause TEXT NOT NULL CHECK (length(cause) <= 500),
  books_connection_id TEXT NOT NULL,
  external_id TEXT NOT NULL,
  document_number TEXT NOT NULL CHECK (length(document_number) BETWEEN 1 AND 21),
  request_id TEXT NOT NULL CHECK (length(request_id) BETWEEN 1 AND 50),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  total_minor INTEGER NOT NULL CHECK (total_minor > 0),
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  mapping_version INTEGER NOT NULL,
  payout_fingerprint TEXT NOT NULL,
  entry_fingerprint TEXT NOT NULL,
  posted_by TEXT NOT NULL,
  posted_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, payout_id, revision),
  FOREIGN KEY (shop_id, payout_id) REFERENCES payout (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER payout_entry_is_never_changed BEFORE UPDATE ON payout_entry BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER payout_entry_is_never_deleted BEFORE DELETE ON payout_entry BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER payout_stays BEFORE UPDATE OF shop_id ON payout BEGIN SELECT RAISE(ABORT, 'shop_id is fixed'); END;
