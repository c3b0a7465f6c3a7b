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
