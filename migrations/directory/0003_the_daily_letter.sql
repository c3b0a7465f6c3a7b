-- The letter of every morning: when each shop's next one is due, and of which date the last one was written.
CREATE TABLE daily_letter (
  shop_id TEXT PRIMARY KEY REFERENCES shop (id) ON DELETE CASCADE,
  -- Epoch milliseconds; 0 for a shop whose first letter is yet to be planned.
  due_at INTEGER NOT NULL,
  written_on TEXT CHECK (written_on IS NULL OR length(written_on) = 10)
) STRICT, WITHOUT ROWID;
CREATE INDEX daily_letter_due ON daily_letter (due_at);

INSERT INTO daily_letter (shop_id, due_at) SELECT id, 0 FROM shop;
CREATE TRIGGER shop_gets_letters AFTER INSERT ON shop BEGIN INSERT INTO daily_letter (shop_id, due_at) VALUES (new.id, 0); END;

-- Whatever comes twice writes a shop's letter of a date once: the second fails with all of its batch.
CREATE TRIGGER daily_letter_is_written_once BEFORE UPDATE OF written_on ON daily_letter WHEN new.written_on <= old.written_on
BEGIN SELECT RAISE(ABORT, 'written already'); END;
