-- What is told of no single record says here what it is about, as JSON: how many records somebody was
-- given at once, how an import ended. Empty for all others.
ALTER TABLE notifications ADD COLUMN detail TEXT NOT NULL DEFAULT '';
