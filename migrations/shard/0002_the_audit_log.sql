-- The audit log as a Merkle tree (RFC 6962). Its earlier shape held no leaf hashes, and no shop had gone into service
-- with it: it is made anew rather than given hashes that nobody could have checked.
DROP TABLE audit;

CREATE TABLE audit (
  shop_id TEXT NOT NULL,
  -- 1, 2, 3 … without a gap; the leaf's place in the tree is one less.
  seq INTEGER NOT NULL CHECK (seq >= 1),
  at INTEGER NOT NULL,
  -- `person:<id>`, `daybook` or `stranger`.
  actor TEXT NOT NULL,
  -- What the actor came through: `organisation:<id>`; null for a member.
  through TEXT,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  before TEXT CHECK (before IS NULL OR json_valid(before)),
  after TEXT CHECK (after IS NULL OR json_valid(after)),
  -- Salted hashes of the personal fields, which stand in audit_personal and can be erased there.
  commitments TEXT NOT NULL CHECK (json_valid(commitments)),
  -- SHA-256(0x00 || leaf), the leaf being the canonical JSON of the columns above but seq.
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 43),
  PRIMARY KEY (shop_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_personal (
  shop_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  -- {"name":{"salt":"…","value":"…"}}: who it was, from which address, with which device.
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  PRIMARY KEY (shop_id, seq)
) STRICT, WITHOUT ROWID;

-- Shops whose log has grown since its last checkpoint.
CREATE TABLE audit_pending (
  shop_id TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (shop_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
