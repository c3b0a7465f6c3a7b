-- Texting: whom a shop may reach, who said stop, and what was said.

-- People outside the shop. The keyed hashes are those by which the ledger of consent knows their addresses.
CREATE TABLE contact (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) <= 120),
  -- E.164.
  phone TEXT CHECK (phone IS NULL OR (phone GLOB '+[1-9]*' AND length(phone) BETWEEN 8 AND 16)),
  phone_subject TEXT CHECK ((phone IS NULL) = (phone_subject IS NULL)),
  email TEXT CHECK (email IS NULL OR length(email) BETWEEN 3 AND 254),
  email_subject TEXT CHECK ((email IS NULL) = (email_subject IS NULL)),
  -- Where the person said to be; null: where the number is from.
  zone TEXT,
  note TEXT NOT NULL CHECK (length(note) <= 1000),
  tags TEXT NOT NULL CHECK (json_valid(tags) AND length(tags) <= 1000),
  -- Name, number, address and tags as a search looks through them, and what the list is in order of.
  words TEXT NOT NULL,
  sort TEXT NOT NULL CHECK (length(sort) <= 40),
  -- Keyed hashes of addresses that it had before, JSON: what was said from them goes with the person.
  former TEXT NOT NULL CHECK (json_valid(former)),
  version INTEGER NOT NULL CHECK (version >= 1),
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX contact_phone ON contact (shop_id, phone) WHERE phone IS NOT NULL;
CREATE UNIQUE INDEX contact_email ON contact (shop_id, email) WHERE email IS NOT NULL;
CREATE INDEX contact_sorted ON contact (shop_id, sort, id);

CREATE TRIGGER contact_stays BEFORE UPDATE OF shop_id ON contact BEGIN SELECT RAISE(ABORT, 'shop_id is fixed'); END;

-- A file of contacts between the look at what it would change and its end: at most one of a shop. Its rows go as they are taken.
CREATE TABLE contact_import (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  -- What its page shows: headings, columns, what it would change, lines that were refused. JSON, without anybody's data.
  preview TEXT NOT NULL CHECK (json_valid(preview)),
  row_count INTEGER NOT NULL,
  done_count INTEGER NOT NULL,
  part_count INTEGER NOT NULL,
  next_part INTEGER NOT NULL CHECK (next_part <= part_count),
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact_import_part (
  shop_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  rows TEXT NOT NULL CHECK (json_valid(rows)),
  -- When nobody goes on with it any more; cron lets go of it then.
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, import_id, number)
) STRICT, WITHOUT ROWID;

-- The ledger of consent: every word that anybody gave or took back. Lines are added and never changed; a person who is
-- erased leaves the keyed hash of each address, so that nobody writes to it again.
CREATE TABLE consent (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  -- Keyed hash of a number or an email address.
  subject TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('text', 'email')),
  -- `agreed`: gave consent beforehand. `held`: may have meant stop; nothing is sent until a person has looked. `released`: that person found that it did not.
  act TEXT NOT NULL CHECK (act IN ('agreed', 'opted_out', 'opted_in', 'held', 'released')),
  source TEXT NOT NULL CHECK (source IN ('text', 'email_link', 'web_form', 'call', 'staff', 'import', 'bounce', 'complaint', 'provider', 'organisation')),
  -- When it was said, as far as known, and when it stood here.
  said_at INTEGER NOT NULL,
  at INTEGER NOT NULL,
  -- What it can be found by where it came from: a message's id, a letter's. The line's own id is made of it: the same word is one line.
  reference TEXT,
  -- The line that this one follows: the same person's other address.
  follows TEXT,
  by_person TEXT,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX consent_subject ON consent (shop_id, subject, at);
CREATE INDEX consent_newest ON consent (shop_id, at, id);

CREATE TRIGGER consent_stands BEFORE UPDATE ON consent BEGIN SELECT RAISE(ABORT, 'the ledger of consent is append-only'); END;
CREATE TRIGGER consent_remains BEFORE DELETE ON consent BEGIN SELECT RAISE(ABORT, 'the ledger of consent is append-only'); END;

-- What was said and from which address: goes when its person is erased.
CREATE TABLE consent_evidence (
  shop_id TEXT NOT NULL,
  consent_id TEXT NOT NULL,
  address TEXT NOT NULL,
  words TEXT NOT NULL CHECK (length(words) <= 1600),
  PRIMARY KEY (shop_id, consent_id)
) STRICT, WITHOUT ROWID;

-- Where each address stands now, as the register said last: for lists and filters. Nothing is sent by it alone.
CREATE TABLE standing (
  shop_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  opted_out_at INTEGER,
  opted_in_at INTEGER,
  held_at INTEGER,
  source TEXT,
  -- Of the register: what is older never overwrites what is newer.
  revision INTEGER NOT NULL,
  PRIMARY KEY (shop_id, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX standing_held ON standing (shop_id, held_at) WHERE held_at IS NOT NULL;

-- The number that a shop texts from.
CREATE TABLE text_line (
  shop_id TEXT NOT NULL,
  -- Stands in the address that Twilio calls; the directory knows whose it is.
  hook_id TEXT NOT NULL,
  -- The shop's own account, or a sub-account of the platform's.
  account_kind TEXT NOT NULL CHECK (account_kind IN ('own', 'platform')),
  account_sid TEXT NOT NULL,
  -- Auth token, and the API key where one is used: JSON, sealed with the shop's key; empty once they are destroyed.
  sealed_credentials TEXT NOT NULL,
  -- E.164, and the Messaging Service that sends for it where there is one.
  number TEXT NOT NULL,
  service_sid TEXT,
  -- Where people still answer what was sent from there, JSON.
  former_numbers TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(former_numbers) AND length(former_numbers) <= 400),
  -- 10DLC: what the carriers know of the shop.
  registration TEXT NOT NULL CHECK (registration IN ('not_needed', 'unknown', 'pending', 'approved', 'refused')),
  -- Who answers a HELP, and how to be reached otherwise.
  display_name TEXT NOT NULL CHECK (length(display_name) BETWEEN 1 AND 60),
  help_contact TEXT NOT NULL CHECK (length(help_contact) BETWEEN 1 AND 120),
  -- Messages a minute, and what a segment costs in millionths of a dollar: for what a list would cost.
  per_minute INTEGER NOT NULL CHECK (per_minute BETWEEN 1 AND 6000),
  segment_micros INTEGER NOT NULL CHECK (segment_micros BETWEEN 0 AND 1000000),
  state TEXT NOT NULL CHECK (state IN ('active', 'refused', 'removed')),
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id)
) STRICT, WITHOUT ROWID;

-- One conversation with each contact, as the inbox lists it.
CREATE TABLE thread (
  shop_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  last_at INTEGER NOT NULL,
  last_words TEXT NOT NULL CHECK (length(last_words) <= 160),
  last_direction TEXT NOT NULL CHECK (last_direction IN ('in', 'out')),
  unread_count INTEGER NOT NULL CHECK (unread_count >= 0),
  -- When the person outside last wrote: they may be answered, for an hour at any time of the day.
  last_in_at INTEGER,
  assigned_to TEXT,
  -- Put away by a person; another word from outside brings it back.
  done_at INTEGER,
  PRIMARY KEY (shop_id, contact_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX thread_newest ON thread (shop_id, last_at, contact_id);
-- What the badge counts.
CREATE INDEX thread_unread ON thread (shop_id, unread_count) WHERE unread_count > 0;

CREATE TABLE message (
  shop_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  id TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  channel TEXT NOT NULL CHECK (channel IN ('text', 'email')),
  -- What it is besides a person's own words: the answer to STOP, START or HELP.
  purpose TEXT NOT NULL CHECK (purpose IN ('words', 'template', 'broadcast', 'confirmation', 'help')),
  subject TEXT NOT NULL CHECK (length(subject) <= 160),
  body TEXT NOT NULL CHECK (length(body) <= 10000),
  -- Documents that it leads to, each by a share of its own, JSON.
  media TEXT NOT NULL CHECK (json_valid(media)),
  -- Pictures that came with it: they stay with the provider.
  media_count INTEGER NOT NULL CHECK (media_count >= 0),
  state TEXT NOT NULL CHECK (state IN ('received', 'queued', 'sending', 'uncertain', 'accepted', 'sent', 'delivered', 'undelivered', 'failed', 'not_sent', 'cancelled')),
  -- Why it was not sent or did not arrive: a word of ours, and the provider's own.
  reason TEXT,
  error_code TEXT,
  segments INTEGER NOT NULL,
  provider_sid TEXT,
  template_id TEXT,
  broadcast_id TEXT,
  created_by TEXT,
  -- When its turn is: after quiet hours, or in the pace of its list. Null for what is no longer waiting.
  due_at INTEGER,
  -- Nobody wants to read it later than this: it is not sent then.
  expires_at INTEGER,
  -- How often it was handed to the provider, and when last.
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  sent_at INTEGER,
  -- The address that it was handed over for: its person may have another one by now.
  sent_to TEXT,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, contact_id, at, id)
) STRICT, WITHOUT ROWID;

-- The same message of the provider's arrives once.
CREATE UNIQUE INDEX message_provider ON message (shop_id, provider_sid) WHERE provider_sid IS NOT NULL;
CREATE INDEX message_broadcast ON message (shop_id, broadcast_id) WHERE broadcast_id IS NOT NULL;
-- What waits or was interrupted, for cron; what is over is not in it.
CREATE INDEX message_due ON message (shop_id, due_at) WHERE due_at IS NOT NULL;

-- Whether the team is told by letter of what comes in; no row: it is.
CREATE TABLE message_rule (
  shop_id TEXT NOT NULL,
  notifies INTEGER NOT NULL CHECK (notifies IN (0, 1)),
  PRIMARY KEY (shop_id)
) STRICT, WITHOUT ROWID;

-- When somebody of the team was last told, and of what came until when.
CREATE TABLE message_notice (
  shop_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  told_at INTEGER NOT NULL,
  told_through INTEGER NOT NULL,
  PRIMARY KEY (shop_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE message_template (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  kind TEXT NOT NULL CHECK (kind IN ('warranty_ready', 'review_request', 'reminder', 'other')),
  channel TEXT NOT NULL CHECK (channel IN ('text', 'email')),
  subject TEXT NOT NULL CHECK (length(subject) <= 160),
  body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 10000),
  version INTEGER NOT NULL,
  archived_at INTEGER,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

-- One message to many.
CREATE TABLE broadcast (
  shop_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  channel TEXT NOT NULL CHECK (channel IN ('text', 'email')),
  template_id TEXT NOT NULL,
  -- As they stood when it was started: what a later change of the template does not change.
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  -- What stands for {{link}}; the other fields are each recipient's own.
  link TEXT NOT NULL CHECK (length(link) <= 400),
  -- Whom it goes to: tags and single contacts, JSON.
  audience TEXT NOT NULL CHECK (json_valid(audience)),
  state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'done', 'cancelled')),
  -- Why Daybook itself paused it.
  problem TEXT,
  -- Messages a minute.
  per_minute INTEGER NOT NULL CHECK (per_minute >= 1),
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- When its next step is due, for cron; null where none is.
  due_at INTEGER,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX broadcast_due ON broadcast (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE broadcast_recipient (
  shop_id TEXT NOT NULL,
  broadcast_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'written', 'skipped')),
  -- Why there is no message for them.
  reason TEXT,
  -- The earliest that their turn is: not in their night.
  due_at INTEGER NOT NULL,
  PRIMARY KEY (shop_id, broadcast_id, contact_id)
) STRICT, WITHOUT ROWID;

-- Whose turn is next; it empties as the list is written.
CREATE INDEX broadcast_recipient_waiting ON broadcast_recipient (shop_id, broadcast_id, due_at) WHERE state = 'waiting';
