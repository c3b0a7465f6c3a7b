-- Books that Daybook keeps itself, for a shop without accounting software: a chart, a closing date, and entries.

CREATE TABLE own_books (
  shop_id TEXT NOT NULL,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  -- The last date of the closed period; nothing is written on it or before it.
  closed_through TEXT CHECK (closed_through IS NULL OR closed_through GLOB '????-??-??'),
  begun_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE own_account (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 40),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  type TEXT NOT NULL,
  class TEXT NOT NULL CHECK (class IN ('asset', 'liability', 'equity', 'income', 'expense')),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

-- Two accounts of one name could not be told apart by the person who chooses.
CREATE UNIQUE INDEX own_account_name ON own_account (shop_id, name COLLATE NOCASE);

CREATE TABLE own_entry (
  shop_id TEXT NOT NULL,
  -- The same for every attempt at one entry: the key is what makes a second attempt write nothing.
  request_id TEXT NOT NULL CHECK (length(request_id) BETWEEN 1 AND 50),
  document_number TEXT NOT NULL CHECK (length(document_number) BETWEEN 1 AND 21),
  date TEXT NOT NULL CHECK (date GLOB '????-??-??'),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  memo TEXT NOT NULL,
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  written_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, request_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX own_entry_number ON own_entry (shop_id, document_number);

CREATE TRIGGER own_entry_is_never_changed BEFORE UPDATE ON own_entry BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER own_entry_is_never_deleted BEFORE DELETE ON own_entry BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
