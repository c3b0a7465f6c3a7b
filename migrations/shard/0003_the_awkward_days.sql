-- Corrections, decisions about single days, what a shop chose for the awkward ones, and tags on lines.

-- What happens to a line without an account, to open checks and to later changes; and how entries are written.
ALTER TABLE posting_rule ADD COLUMN unknown_lines TEXT NOT NULL DEFAULT 'hold' CHECK (unknown_lines IN ('hold', 'uncategorized'));
ALTER TABLE posting_rule ADD COLUMN open_checks TEXT NOT NULL DEFAULT 'hold' CHECK (open_checks IN ('hold', 'post'));
ALTER TABLE posting_rule ADD COLUMN corrections TEXT NOT NULL DEFAULT 'delta' CHECK (corrections IN ('delta', 'reverse'));
-- A change that is smaller is written down and not posted; minor units.
ALTER TABLE posting_rule ADD COLUMN least_correction_minor INTEGER NOT NULL DEFAULT 0 CHECK (least_correction_minor >= 0);
ALTER TABLE posting_rule ADD COLUMN method TEXT NOT NULL DEFAULT 'journal' CHECK (method IN ('journal', 'receipt'));

-- Classes, locations and tracking categories, per line and per location of the shop.
ALTER TABLE mapping ADD COLUMN tags TEXT NOT NULL DEFAULT '{"lines":{},"locations":{}}' CHECK (json_valid(tags));
ALTER TABLE chart ADD COLUMN dimensions TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(dimensions));

-- The hour at which the till itself ends its day, where it says so; minutes after midnight.
ALTER TABLE location ADD COLUMN till_cut_off INTEGER CHECK (till_cut_off IS NULL OR till_cut_off BETWEEN 0 AND 1439);

-- What people decided about a day: open checks waived, posted on another date, an edit in the books accepted. A list.
ALTER TABLE day ADD COLUMN decisions TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(decisions) AND length(decisions) <= 20000);

-- Entries say on which date they stand in the books, how they were written, why, and what they take back.
CREATE TABLE entry_of_any_kind (
  shop_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  business_date TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('sales', 'correction', 'reversal')),
  -- The date in the books: the business date, or the first open day where that is in a closed period.
  booked_on TEXT NOT NULL CHECK (booked_on GLOB '????-??-??'),
  method TEXT NOT NULL CHECK (method IN ('journal', 'receipt')),
  -- Why it was posted, in words: "2 late sales". Empty for a day's first entry.
  cause TEXT NOT NULL CHECK (length(cause) <= 500),
  -- The revision that a reversal takes back.
  reverses INTEGER CHECK ((reverses IS NOT NULL) = (kind = 'reversal')),
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

INSERT INTO entry_of_any_kind (shop_id, location_id, business_date, revision, kind, booked_on, method, cause, reverses, books_connection_id,
  external_id, document_number, request_id, currency, total_minor, lines, mapping_version, day_fingerprint, entry_fingerprint, posted_by, posted_at)
SELECT shop_id, location_id, business_date, revision, kind, business_date, 'journal', '', NULL, books_connection_id,
  external_id, document_number, request_id, currency, total_minor, lines, mapping_version, day_fingerprint, entry_fingerprint, posted_by, posted_at
FROM entry;

DROP TABLE entry;
ALTER TABLE entry_of_any_kind RENAME TO entry;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;

-- An entry on its way says when, how and why, too: one that was written down before is a day's first entry.
UPDATE day SET pending = json_set(pending, '$.kind', 'sales', '$.bookedOn', business_date, '$.method', 'journal', '$.cause', '', '$.reverses', NULL)
WHERE pending IS NOT NULL;
