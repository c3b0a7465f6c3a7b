-- Who may enter, and where a shop lives. Instants are epoch milliseconds. Secrets are stored as SHA-256 only.

CREATE TABLE person (
  id TEXT PRIMARY KEY CHECK (length(id) = 26),
  email TEXT NOT NULL UNIQUE CHECK (email = lower(email) AND instr(email, '@') > 1 AND length(email) <= 254),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  verified_at INTEGER,
  disabled_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE credential (
  person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind IN ('password')),
  id TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (person_id, kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  id TEXT PRIMARY KEY CHECK (length(id) = 26),
  person_id TEXT NOT NULL REFERENCES person (id),
  secret_hash TEXT NOT NULL CHECK (length(secret_hash) = 43),
  device TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_of_person ON session (person_id);

CREATE TABLE shop (
  id TEXT PRIMARY KEY CHECK (length(id) = 26),
  slug TEXT NOT NULL UNIQUE CHECK (slug = lower(slug) AND length(slug) BETWEEN 2 AND 40),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  shard INTEGER NOT NULL CHECK (shard >= 0),
  zone TEXT NOT NULL,
  currency TEXT NOT NULL CHECK (length(currency) = 3 AND currency = upper(currency)),
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE membership (
  shop_id TEXT NOT NULL REFERENCES shop (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'tech', 'sales', 'viewer')),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_of_person ON membership (person_id, shop_id);

-- A session of one shop's host. It ends with the session it came from.
CREATE TABLE shop_session (
  id TEXT PRIMARY KEY CHECK (length(id) = 26),
  session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  shop_id TEXT NOT NULL REFERENCES shop (id),
  host TEXT NOT NULL,
  secret_hash TEXT NOT NULL CHECK (length(secret_hash) = 43),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX shop_session_of_session ON shop_session (session_id);

-- A one-time code that carries a sign-in from auth. to one shop's host: sixty seconds, one use, one browser.
CREATE TABLE hand_off (
  code_hash TEXT PRIMARY KEY CHECK (length(code_hash) = 43),
  session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  shop_id TEXT NOT NULL REFERENCES shop (id),
  host TEXT NOT NULL,
  challenge TEXT NOT NULL CHECK (length(challenge) = 43),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- An account at a provider hangs on one shop only; webhooks are routed by it.
CREATE TABLE connected_account (
  provider TEXT NOT NULL,
  external_account TEXT NOT NULL,
  shop_id TEXT NOT NULL REFERENCES shop (id),
  connection_id TEXT NOT NULL,
  PRIMARY KEY (provider, external_account)
) STRICT, WITHOUT ROWID;

-- A visit to a provider's consent page. The ticket takes the person from the shop's host to auth. once; the state
-- comes back from the provider once. `challenge` is the S256 of the secret that the browser's cookie holds.
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
