-- What people decided about a payout whose entry was changed in the books by hand: a JSON list, as a day has it.
ALTER TABLE payout ADD COLUMN decisions TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(decisions) AND length(decisions) <= 20000);
