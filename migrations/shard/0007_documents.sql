-- Documents: what R2 holds of a shop, whom it was shared with, and the certificates that it issued.

CREATE TABLE document (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  -- Of the content: a link that was signed for an earlier one opens nothing.
  version INTEGER NOT NULL CHECK (version >= 1),
  -- Where the content stands in the bucket; begins with the shop.
  object_key TEXT NOT NULL CHECK (object_key GLOB shop_id || '/*'),
  kind TEXT NOT NULL CHECK (kind IN ('photo', 'warranty', 'certificate', 'report', 'other')),
  -- What it is about: the shop itself, a job by its name, a product by its serial number, a business day.
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('shop', 'job', 'product', 'day')),
  subject TEXT NOT NULL CHECK (length(subject) <= 100),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
  tags TEXT NOT NULL CHECK (json_valid(tags) AND length(tags) <= 1000),
  -- As it is called when it is saved to somebody's disk.
  file_name TEXT NOT NULL CHECK (length(file_name) BETWEEN 1 AND 160),
  media_type TEXT NOT NULL,
  -- Of the content as people get it, sealed or not.
  size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
  checksum TEXT NOT NULL,
  -- The key of the shop that the object is sealed with; null where it stands in the clear.
  sealed_with TEXT,
  width INTEGER,
  height INTEGER,
  thumbnail_key TEXT CHECK (thumbnail_key IS NULL OR thumbnail_key GLOB shop_id || '/*'),
  issued_on TEXT CHECK (issued_on IS NULL OR issued_on GLOB '????-??-??'),
  expires_on TEXT CHECK (expires_on IS NULL OR expires_on GLOB '????-??-??'),
  -- Title, subject, tags and file name, folded to lower case without accents: what a search looks through.
  words TEXT NOT NULL,
  -- Links that were signed at this instant or before it open nothing.
  links_void_through INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX document_newest ON document (shop_id, created_at, id);
-- For reminders: few documents expire at all.
CREATE INDEX document_expiring ON document (shop_id, expires_on) WHERE expires_on IS NOT NULL;

CREATE TRIGGER document_stays BEFORE UPDATE OF shop_id ON document BEGIN SELECT RAISE(ABORT, 'shop_id is fixed'); END;

-- How much a shop keeps, counted by the rows themselves: no upload counts fifty thousand of them.
CREATE TABLE document_usage (
  shop_id TEXT NOT NULL,
  document_count INTEGER NOT NULL,
  total_bytes INTEGER NOT NULL,
  PRIMARY KEY (shop_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER document_counted AFTER INSERT ON document BEGIN
  INSERT INTO document_usage (shop_id, document_count, total_bytes) VALUES (NEW.shop_id, 1, NEW.size_bytes)
  ON CONFLICT (shop_id) DO UPDATE SET document_count = document_count + 1, total_bytes = total_bytes + NEW.size_bytes;
END;

CREATE TRIGGER document_weighed AFTER UPDATE OF size_bytes ON document BEGIN
  UPDATE document_usage SET total_bytes = total_bytes + NEW.size_bytes - OLD.size_bytes WHERE shop_id = NEW.shop_id;
END;

-- With a document go its links and what came of them: whom it was given to stays in the audit log alone.
CREATE TRIGGER document_gone AFTER DELETE ON document BEGIN
  UPDATE document_usage SET document_count = document_count - 1, total_bytes = total_bytes - OLD.size_bytes WHERE shop_id = OLD.shop_id;
  DELETE FROM share WHERE shop_id = OLD.shop_id AND document_id = OLD.id;
  DELETE FROM document_use WHERE shop_id = OLD.shop_id AND document_id = OLD.id;
END;

-- Objects that the bucket may hold although no document names them: written down before the first byte is sent and when
-- a document lets go of one, taken out in the batch that makes a document of it or after it is certainly gone.
CREATE TABLE stray_object (
  shop_id TEXT NOT NULL,
  object_key TEXT NOT NULL CHECK (object_key GLOB shop_id || '/*'),
  -- R2's own id of an upload in parts that has not been completed.
  multipart_id TEXT,
  -- From when on it may be removed: an upload that goes on is not. 0 once it is given up: no document comes of it any more.
  sweep_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, object_key)
) STRICT, WITHOUT ROWID;

-- Files that come in parts and can be gone on with after a break. The document that comes of one has its id.
CREATE TABLE upload (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  object_key TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  part_bytes INTEGER NOT NULL,
  sealed_with TEXT,
  -- What the document will be: JSON of its description.
  description TEXT NOT NULL CHECK (json_valid(description) AND length(description) <= 4000),
  media_type TEXT,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE upload_part (
  shop_id TEXT NOT NULL,
  upload_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 10000),
  etag TEXT NOT NULL,
  checksum TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  PRIMARY KEY (shop_id, upload_id, number)
) STRICT, WITHOUT ROWID;

-- Links that were given to somebody outside.
CREATE TABLE share (
  shop_id TEXT NOT NULL,
  document_id TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  -- For whom, in the shop's own words; empty where nobody said.
  recipient TEXT NOT NULL CHECK (length(recipient) <= 120),
  disposition TEXT NOT NULL CHECK (disposition IN ('inline', 'attachment')),
  is_once INTEGER NOT NULL CHECK (is_once IN (0, 1)),
  passphrase_hash TEXT,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  -- How often it was taken, and when last; a once-only share is taken once.
  taken_count INTEGER NOT NULL,
  taken_at INTEGER,
  PRIMARY KEY (shop_id, document_id, id)
) STRICT, WITHOUT ROWID;

-- What came of links: at most 200 a document are kept here, all of them in the audit log.
CREATE TABLE document_use (
  shop_id TEXT NOT NULL,
  document_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  id TEXT NOT NULL,
  share_id TEXT,
  -- Of the team, whose own link it was.
  person_id TEXT,
  purpose TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('looked', 'taken', 'downloaded', 'verified')),
  place TEXT NOT NULL,
  device TEXT NOT NULL,
  PRIMARY KEY (shop_id, document_id, at, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE document_rule (
  shop_id TEXT NOT NULL,
  -- Whether what comes from now on is sealed with the shop's own key.
  seals INTEGER NOT NULL CHECK (seals IN (0, 1)),
  links_void_through INTEGER NOT NULL,
  PRIMARY KEY (shop_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE certificate_template (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  -- The heading, the sentence below it and the terms.
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 80),
  statement TEXT NOT NULL CHECK (length(statement) <= 400),
  terms TEXT NOT NULL CHECK (length(terms) <= 4000),
  -- Ends with no figure, so that no two sequences can give one number.
  number_prefix TEXT NOT NULL CHECK (length(number_prefix) <= 12 AND number_prefix NOT GLOB '*[0-9]'),
  next_number INTEGER NOT NULL CHECK (next_number >= 1),
  -- Null for what never expires.
  valid_months INTEGER CHECK (valid_months IS NULL OR valid_months BETWEEN 1 AND 1200),
  logo_document_id TEXT,
  version INTEGER NOT NULL,
  archived_at INTEGER,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE certificate (
  shop_id TEXT NOT NULL,
  number TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 24),
  document_id TEXT NOT NULL,
  template_id TEXT NOT NULL,
  title TEXT NOT NULL,
  issued_to TEXT NOT NULL CHECK (length(issued_to) <= 120),
  product TEXT NOT NULL CHECK (length(product) <= 120),
  serial_number TEXT NOT NULL CHECK (length(serial_number) <= 60),
  issued_on TEXT NOT NULL CHECK (issued_on GLOB '????-??-??'),
  expires_on TEXT CHECK (expires_on IS NULL OR expires_on GLOB '????-??-??'),
  revoked_at INTEGER,
  revoked_because TEXT,
  issued_by TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  -- What is printed besides, JSON, from when the number was given until the paper was filed: whoever resumes prints the same.
  draft TEXT CHECK (draft IS NULL OR json_valid(draft)),
  -- Number, holder, product and serial number as a search looks through them.
  words TEXT NOT NULL,
  PRIMARY KEY (shop_id, number)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX certificate_document ON certificate (shop_id, document_id);
CREATE INDEX certificate_newest ON certificate (shop_id, issued_at, number);
