-- How people prove who they are, organisations above shops, and the outbox of letters. Instants are epoch milliseconds.

-- Sessions begin anew: what they hold is another thing now, and signing in once more costs nobody anything.
DROP TABLE oauth_flow;
DROP TABLE hand_off;
DROP TABLE shop_session;
DROP TABLE session;

CREATE TABLE session (
  id TEXT PRIMARY KEY CHECK (length(id) = 26),
  person_id TEXT NOT NULL REFERENCES person (id),
  secret_hash TEXT NOT NULL CHECK (length(secret_hash) = 43),
  -- 'second_factor': the first factor was shown and the person has a second one; nothing is open but showing that.
  state TEXT NOT NULL CHECK (state IN ('second_factor', 'open')),
  -- What was shown, in order: JSON of ["password"], ["link","totp"], ["passkey"].
  factors TEXT NOT NULL CHECK (json_valid(factors)),
  -- When the person last proved who they are, in any way; sensitive acts ask for ten minutes at most.
  proved_at INTEGER NOT NULL,
  -- When a second factor (or a passkey with user verification, which is two) was last shown; null when never.
  second_factor_at INTEGER,
  device TEXT NOT NULL,
  address TEXT NOT NULL,
  place TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_of_person ON session (person_id);

-- A letter's links and codes: for signing in, for verifying an address, for another address, for another password.
-- Only hashes are kept. `browser_hash` is the hash of the secret in the cookie of the browser that asked.
CREATE TABLE mail_proof (
  id TEXT PRIMARY KEY CHECK (length(id) = 26),
  purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'sign_up', 'verify', 'change_address', 'reset_password')),
  email TEXT NOT NULL,
  -- Null for an address that nobody has: the row is written all the same, so that time and rows tell nothing.
  person_id TEXT REFERENCES person (id),
  token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 43),
  code_hash TEXT NOT NULL CHECK (length(code_hash) = 43),
  browser_hash TEXT NOT NULL CHECK (length(browser_hash) = 43),
  wrong_codes INTEGER NOT NULL DEFAULT 0,
  -- Set when the link or the code was shown rightly; what follows (a new password, a name) is asked with it.
  proved_at INTEGER,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_proof_of_address ON mail_proof (email, purpose);
CREATE INDEX mail_proof_by_end ON mail_proof (expires_at);
CREATE INDEX mail_proof_of_browser ON mail_proof (browser_hash, purpose);
CREATE INDEX mail_proof_of_person ON mail_proof (person_id) WHERE person_id IS NOT NULL;

-- Devices that a person has signed in with, in words ("Chrome on Windows"): another one is told of by letter.
CREATE TABLE known_device (
  person_id TEXT NOT NULL REFERENCES person (id),
  device TEXT NOT NULL CHECK (length(device) BETWEEN 1 AND 60),
  first_used_at INTEGER NOT NULL,
  PRIMARY KEY (person_id, device)
) STRICT, WITHOUT ROWID;

-- Seeds are sealed under the master key for their person.
CREATE TABLE totp (
  person_id TEXT PRIMARY KEY REFERENCES person (id),
  -- The seed that counts; null until a code of it was shown.
  sealed_seed TEXT,
  -- A seed that was shown and of which no code came yet. It is no factor, and the one that counts stays until it is.
  awaited_seed TEXT,
  confirmed_at INTEGER,
  -- The last 30-second step whose code was taken; no code of it or of an earlier one is taken again.
  last_step INTEGER NOT NULL,
  CHECK ((sealed_seed IS NULL) = (confirmed_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE passkey (
  credential_id TEXT PRIMARY KEY CHECK (length(credential_id) BETWEEN 1 AND 1400),
  -- What it is called in addresses; the authenticator's own name for it can be a thousand bytes long.
  id TEXT NOT NULL UNIQUE CHECK (length(id) = 26),
  person_id TEXT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  -- COSE key, base64url.
  public_key TEXT NOT NULL,
  counter INTEGER NOT NULL,
  transports TEXT NOT NULL CHECK (json_valid(transports)),
  -- Whether it is copied between devices (BE) and was when last seen (BS).
  is_backup_eligible INTEGER NOT NULL CHECK (is_backup_eligible IN (0, 1)),
  is_backed_up INTEGER NOT NULL CHECK (is_backed_up IN (0, 1)),
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_of_person ON passkey (person_id);

CREATE TABLE recovery_code (
  person_id TEXT NOT NULL REFERENCES person (id),
  code_hash TEXT NOT NULL CHECK (length(code_hash) = 43),
  created_at INTEGER NOT NULL,
  used_at INTEGER,
  PRIMARY KEY (person_id, code_hash)
) STRICT, WITHOUT ROWID;

-- A challenge that an authenticator was asked to sign: once, within minutes, in the browser and for the purpose it was made for.
CREATE TABLE passkey_challenge (
  challenge TEXT PRIMARY KEY CHECK (length(challenge) = 43),
  purpose TEXT NOT NULL CHECK (purpose IN ('enrol', 'sign_in', 'second_factor', 'step_up', 'sign_up')),
  -- Null while nobody is signed in.
  session_id TEXT REFERENCES session (id) ON DELETE CASCADE,
  browser_hash TEXT NOT NULL CHECK (length(browser_hash) = 43),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_challenge_by_end ON passkey_challenge (expires_at);

CREATE TABLE organisation (
  id TEXT PRIMARY KEY CHECK (length(id) = 26),
  -- Its site is hq-<slug>.
  slug TEXT NOT NULL UNIQUE CHECK (slug = lower(slug) AND length(slug) BETWEEN 2 AND 36),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  created_at INTEGER NOT NULL,
  -- As a shop's (below): two organisations never share it.
  skeleton TEXT GENERATED ALWAYS AS
    (replace(replace(replace(replace(replace(replace(slug, '-', ''), 'rn', 'm'), 'vv', 'w'), '0', 'o'), '1', 'l'), 'i', 'l')) VIRTUAL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX organisation_by_skeleton ON organisation (skeleton);

CREATE TABLE organisation_member (
  organisation_id TEXT NOT NULL REFERENCES organisation (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('hq_owner', 'hq_admin', 'hq_viewer')),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_member_of_person ON organisation_member (person_id, organisation_id);

ALTER TABLE shop ADD COLUMN organisation_id TEXT REFERENCES organisation (id);
ALTER TABLE shop ADD COLUMN requires_second_factor INTEGER NOT NULL DEFAULT 0 CHECK (requires_second_factor IN (0, 1));
CREATE INDEX shop_of_organisation ON shop (organisation_id) WHERE organisation_id IS NOT NULL;
-- What is left of a name when everything that looks alike is one (`features/shops/rules.ts`, skeletonOf): two shops never
-- share it, whatever two people ask for at once.
ALTER TABLE shop ADD COLUMN skeleton TEXT GENERATED ALWAYS AS
  (replace(replace(replace(replace(replace(replace(slug, '-', ''), 'rn', 'm'), 'vv', 'w'), '0', 'o'), '1', 'l'), 'i', 'l')) VIRTUAL;
CREATE UNIQUE INDEX shop_by_skeleton ON shop (skeleton);

-- One side's wish that a shop joins an organisation, until the other side answers it or it runs out; once accepted it
-- stays for as long as the shop belongs there, and says who agreed and when.
CREATE TABLE organisation_offer (
  id TEXT PRIMARY KEY CHECK (length(id) = 26),
  asked_by TEXT NOT NULL CHECK (asked_by IN ('shop', 'organisation')),
  -- The side that was asked is null where nobody has the address: the row is written all the same, so that a list of
  -- one's own offers does not tell which shops and organisations there are.
  organisation_id TEXT REFERENCES organisation (id),
  shop_id TEXT REFERENCES shop (id),
  -- The address of the side that was asked, as it was written.
  address TEXT NOT NULL CHECK (length(address) <= 40),
  person_id TEXT NOT NULL REFERENCES person (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  accepted_by TEXT REFERENCES person (id),
  accepted_at INTEGER,
  CHECK ((accepted_by IS NULL) = (accepted_at IS NULL)),
  CHECK (CASE asked_by WHEN 'shop' THEN shop_id IS NOT NULL ELSE organisation_id IS NOT NULL END)
) STRICT, WITHOUT ROWID;
CREATE INDEX organisation_offer_of_shop ON organisation_offer (shop_id);
CREATE INDEX organisation_offer_of_organisation ON organisation_offer (organisation_id);
CREATE UNIQUE INDEX organisation_offer_to_shop ON organisation_offer (organisation_id, address) WHERE asked_by = 'organisation' AND accepted_at IS NULL;
CREATE UNIQUE INDEX organisation_offer_to_organisation ON organisation_offer (shop_id, address) WHERE asked_by = 'shop' AND accepted_at IS NULL;

-- Names that shops gave up; nobody else may take one while it rests.
CREATE TABLE slug_history (
  slug TEXT PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop (id),
  released_at INTEGER NOT NULL,
  rests_until INTEGER NOT NULL,
  skeleton TEXT GENERATED ALWAYS AS
    (replace(replace(replace(replace(replace(replace(slug, '-', ''), 'rn', 'm'), 'vv', 'w'), '0', 'o'), '1', 'l'), 'i', 'l')) VIRTUAL
) STRICT, WITHOUT ROWID;
CREATE INDEX slug_history_by_skeleton ON slug_history (skeleton);

-- To a shop or to an organisation. Only the invited address can accept; the link is kept as a hash.
CREATE TABLE invitation (
  id TEXT PRIMARY KEY CHECK (length(id) = 26),
  shop_id TEXT REFERENCES shop (id),
  organisation_id TEXT REFERENCES organisation (id),
  email TEXT NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
  role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'tech', 'sales', 'viewer', 'hq_owner', 'hq_admin', 'hq_viewer')),
  token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 43),
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'revoked')),
  invited_by TEXT NOT NULL REFERENCES person (id),
  created_at INTEGER NOT NULL,
  sent_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  CHECK ((shop_id IS NULL) <> (organisation_id IS NULL)),
  CHECK ((organisation_id IS NOT NULL) = (role IN ('hq_owner', 'hq_admin', 'hq_viewer')))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX invitation_open_to_shop ON invitation (shop_id, email) WHERE state = 'open' AND shop_id IS NOT NULL;
CREATE UNIQUE INDEX invitation_open_to_organisation ON invitation (organisation_id, email) WHERE state = 'open' AND organisation_id IS NOT NULL;

-- A session of one site's host, a shop's or an organisation's. It ends with the session it came from.
CREATE TABLE site_session (
  id TEXT PRIMARY KEY CHECK (length(id) = 26),
  session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  shop_id TEXT REFERENCES shop (id),
  organisation_id TEXT REFERENCES organisation (id),
  host TEXT NOT NULL,
  secret_hash TEXT NOT NULL CHECK (length(secret_hash) = 43),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  CHECK ((shop_id IS NULL) <> (organisation_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX site_session_of_session ON site_session (session_id);

-- A one-time code that carries a sign-in from auth. to one site's host: sixty seconds, one use, one browser.
CREATE TABLE hand_off (
  code_hash TEXT PRIMARY KEY CHECK (length(code_hash) = 43),
  session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  shop_id TEXT REFERENCES shop (id),
  organisation_id TEXT REFERENCES organisation (id),
  host TEXT NOT NULL,
  challenge TEXT NOT NULL CHECK (length(challenge) = 43),
  expires_at INTEGER NOT NULL,
  CHECK ((shop_id IS NULL) <> (organisation_id IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE oauth_flow (
  ticket_hash TEXT PRIMARY KEY CHECK (length(ticket_hash) = 43),
  state_hash TEXT UNIQUE CHECK (length(state_hash) = 43),
  challenge TEXT CHECK (length(challenge) = 43),
  session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  person_id TEXT NOT NULL REFERENCES person (id),
  shop_id TEXT NOT NULL REFERENCES shop (id),
  provider TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Letters that are to be sent. The words are sealed (they hold links and codes) and erased once they were taken.
CREATE TABLE letter (
  id TEXT PRIMARY KEY CHECK (length(id) = 26),
  kind TEXT NOT NULL,
  recipient TEXT NOT NULL,
  sealed_words TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'given_up')),
  created_at INTEGER NOT NULL,
  -- After this nobody could use what it says: a code of ten minutes is not sent an hour later.
  expires_at INTEGER NOT NULL,
  -- When cron looks after it, if it still waits then: later than whatever is on the queue for it.
  due_at INTEGER NOT NULL,
  finished_at INTEGER,
  CHECK ((sealed_words IS NULL) = (state <> 'waiting')),
  CHECK ((finished_at IS NULL) = (state = 'waiting'))
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_waiting ON letter (due_at) WHERE state = 'waiting';
CREATE INDEX letter_finished ON letter (finished_at) WHERE finished_at IS NOT NULL;

-- What was done in an organisation: the same log as a shop's (see the shards' audit), kept here.
CREATE TABLE organisation_audit (
  organisation_id TEXT NOT NULL REFERENCES organisation (id),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  through TEXT,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  before TEXT CHECK (before IS NULL OR json_valid(before)),
  after TEXT CHECK (after IS NULL OR json_valid(after)),
  commitments TEXT NOT NULL CHECK (json_valid(commitments)),
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 43),
  PRIMARY KEY (organisation_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE organisation_audit_personal (
  organisation_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  PRIMARY KEY (organisation_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE organisation_audit_pending (
  organisation_id TEXT PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER organisation_audit_is_never_changed BEFORE UPDATE ON organisation_audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER organisation_audit_is_never_deleted BEFORE DELETE ON organisation_audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

-- A shop has an owner at every moment, whatever two people do at once.
CREATE TRIGGER last_owner_stays BEFORE DELETE ON membership WHEN old.role = 'owner'
  AND NOT EXISTS (SELECT 1 FROM membership WHERE shop_id = old.shop_id AND role = 'owner' AND person_id <> old.person_id)
BEGIN SELECT RAISE(ABORT, 'last_owner'); END;
CREATE TRIGGER last_owner_remains BEFORE UPDATE OF role ON membership WHEN old.role = 'owner' AND new.role <> 'owner'
  AND NOT EXISTS (SELECT 1 FROM membership WHERE shop_id = old.shop_id AND role = 'owner' AND person_id <> old.person_id)
BEGIN SELECT RAISE(ABORT, 'last_owner'); END;
CREATE TRIGGER last_hq_owner_stays BEFORE DELETE ON organisation_member WHEN old.role = 'hq_owner'
  AND NOT EXISTS (SELECT 1 FROM organisation_member WHERE organisation_id = old.organisation_id AND role = 'hq_owner' AND person_id <> old.person_id)
BEGIN SELECT RAISE(ABORT, 'last_owner'); END;
CREATE TRIGGER last_hq_owner_remains BEFORE UPDATE OF role ON organisation_member WHEN old.role = 'hq_owner' AND new.role <> 'hq_owner'
  AND NOT EXISTS (SELECT 1 FROM organisation_member WHERE organisation_id = old.organisation_id AND role = 'hq_owner' AND person_id <> old.person_id)
BEGIN SELECT RAISE(ABORT, 'last_owner'); END;
