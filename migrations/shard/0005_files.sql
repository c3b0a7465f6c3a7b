-- A till without an API: what export files came to, day by day. Totals only; no row of a file is ever stored.

-- How a shop's own till writes its files, by the headings that they begin with.
CREATE TABLE file_layout (
  shop_id TEXT NOT NULL,
  headings_hash TEXT NOT NULL,
  layout TEXT NOT NULL CHECK (json_valid(layout) AND length(layout) <= 20000),
  saved_by TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, headings_hash)
) STRICT, WITHOUT ROWID;

-- Which location a file means by its word for one.
CREATE TABLE file_place (
  shop_id TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) <= 100),
  location_id TEXT NOT NULL,
  PRIMARY KEY (shop_id, name),
  FOREIGN KEY (shop_id, location_id) REFERENCES location (shop_id, id)
) STRICT, WITHOUT ROWID;

-- Every file that was dropped: its name, its size and what it came to.
CREATE TABLE file_drop (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) <= 80),
  layout_name TEXT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('goods', 'money', 'whole')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'dismissed')),
  size_bytes INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  day_count INTEGER NOT NULL,
  -- Sums by category and tender, warnings, the lines that could not be read and why: never what stands in them.
  summary TEXT NOT NULL CHECK (json_valid(summary) AND length(summary) <= 200000),
  dropped_by TEXT NOT NULL,
  dropped_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

-- What a file that waits for somebody's word came to; gone as soon as it is taken or dismissed.
CREATE TABLE file_staged_day (
  shop_id TEXT NOT NULL,
  drop_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  part TEXT NOT NULL CHECK (part IN ('goods', 'money', 'whole')),
  totals TEXT NOT NULL CHECK (json_valid(totals)),
  fingerprint TEXT NOT NULL,
  takings_minor INTEGER NOT NULL,
  -- Whether the day was over when the file was dropped: a file of a day that goes on does not hold it whole.
  is_over INTEGER NOT NULL CHECK (is_over IN (0, 1)),
  PRIMARY KEY (shop_id, drop_id, location_id, business_date),
  FOREIGN KEY (shop_id, drop_id) REFERENCES file_drop (shop_id, id)
) STRICT, WITHOUT ROWID;

-- What files say of a day. A newer file takes the place of an older one's word, part by part.
CREATE TABLE file_day (
  shop_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  business_date TEXT NOT NULL CHECK (business_date GLOB '????-??-??'),
  part TEXT NOT NULL CHECK (part IN ('goods', 'money', 'whole')),
  drop_id TEXT NOT NULL,
  totals TEXT NOT NULL CHECK (json_valid(totals)),
  fingerprint TEXT NOT NULL,
  takings_minor INTEGER NOT NULL,
  is_over INTEGER NOT NULL CHECK (is_over IN (0, 1)),
  taken_by TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, location_id, business_date, part),
  FOREIGN KEY (shop_id, location_id) REFERENCES location (shop_id, id)
) STRICT, WITHOUT ROWID;
