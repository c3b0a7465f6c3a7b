-- Where a provider keeps several installations apart (Clover: North America, Europe …), the one that the merchant named;
-- and, where one consent opens several accounts (Xero: organisations), the step at which the merchant chooses one.
ALTER TABLE oauth_flow ADD COLUMN region TEXT;
