-- Whose messages arrive at which address: Twilio calls `/hooks/texts/<hook_id>`, and shops move between names. An address
-- counts where the shop's own line names it; one that no line names is left over from a set-up that was interrupted.
CREATE TABLE text_hook (
  hook_id TEXT PRIMARY KEY,
  shop_id TEXT NOT NULL,
  -- Of the line for which it was made.
  line_version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX text_hook_shop ON text_hook (shop_id);

-- No number hangs on two shops. E.164.
CREATE TABLE text_number (
  number TEXT PRIMARY KEY,
  shop_id TEXT NOT NULL,
  line_version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX text_number_shop ON text_number (shop_id);

-- Whether a stop at one of an organisation's shops is one at all of them.
ALTER TABLE organisation ADD COLUMN shares_opt_outs INTEGER NOT NULL DEFAULT 0 CHECK (shares_opt_outs IN (0, 1));

-- Shops with a register of consent: when it is held against the database next, and with which shops its stops are shared by now.
CREATE TABLE consent_check (
  shop_id TEXT PRIMARY KEY REFERENCES shop (id) ON DELETE CASCADE,
  -- Epoch milliseconds; 0 for a shop whose first look is yet to be planned.
  due_at INTEGER NOT NULL,
  -- Hash of the ids of the shops that have been told of every stop; empty where they are to be told anew.
  shared_with TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_check_due ON consent_check (due_at);
