-- Where one consent opens several accounts (Xero: organisations), the visit goes on for one more step: the person says
-- which one is meant. JSON of those that may be named, and of the connection in whose lane the sealed grant waits; the
-- tokens themselves are never here. Null for every other step.
ALTER TABLE oauth_flow ADD COLUMN choice TEXT;
