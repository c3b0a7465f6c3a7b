-- Whose messages arrive at which address: Twilio calls `/hooks/texts/<hook_id>`, and shops move between names.
CREATE TABLE text_hook (
  hook_id TEXT PRIMARY KEY,
  shop_id TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- Whether a stop at one of an organisation's shops is one at all of them.
ALTER TABLE organisation ADD COLUMN shares_opt_outs INTEGER NOT NULL DEFAULT 0 CHECK (shares_opt_outs IN (0, 1));
