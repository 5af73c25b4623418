-- mailbox or archive: an imported mail keeps its own time, also when it is taken in later.
ALTER TABLE raw_mails ADD COLUMN source TEXT NOT NULL DEFAULT 'mailbox';
