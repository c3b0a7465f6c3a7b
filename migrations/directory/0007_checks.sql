-- Every evening each shop's accounts are looked at before the night needs them: when next, and what its owners were told.
CREATE TABLE shop_check (
  shop_id TEXT PRIMARY KEY REFERENCES shop (id) ON DELETE CASCADE,
  -- Epoch milliseconds; 0 for a shop whose first evening is yet to be planned.
  due_at INTEGER NOT NULL,
  -- Names of the troubles that were told and are not over, a JSON list.
  told TEXT NOT NULL CHECK (json_valid(told) AND length(told) <= 20000)
) STRICT, WITHOUT ROWID;
CREATE INDEX shop_check_due ON shop_check (due_at);

INSERT INTO shop_check (shop_id, due_at, told) SELECT id, 0, '[]' FROM shop;
CREATE TRIGGER shop_gets_checked AFTER INSERT ON shop BEGIN INSERT INTO shop_check (shop_id, due_at, told) VALUES (new.id, 0, '[]'); END;
