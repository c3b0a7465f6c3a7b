-- What providers told by themselves, so that it is looked at once: an event's id, or a day that is looked at soon anyway.
CREATE TABLE hook_mark (
  key TEXT PRIMARY KEY CHECK (length(key) <= 200),
  -- Epoch milliseconds; forgotten afterwards. Coming once more then does no harm: a day is read again, to no effect.
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX hook_mark_until ON hook_mark (until);
