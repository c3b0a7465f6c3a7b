-- Every morning what changed in each shop's days is filed as reports: when next, and how far it has come.
CREATE TABLE report_filing (
  shop_id TEXT PRIMARY KEY REFERENCES shop (id) ON DELETE CASCADE,
  -- Epoch milliseconds; 0 for a shop whose first morning is yet to be planned.
  due_at INTEGER NOT NULL,
  -- Every day that was changed at this instant or before it is in the reports.
  filed_through INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX report_filing_due ON report_filing (due_at);

INSERT INTO report_filing (shop_id, due_at, filed_through) SELECT id, 0, 0 FROM shop;
CREATE TRIGGER shop_files_reports AFTER INSERT ON shop BEGIN INSERT INTO report_filing (shop_id, due_at, filed_through) VALUES (new.id, 0, 0); END;
