-- What the desk keeps beside its modules: mailboxes, raw mails, unsent drafts, mails being sent.

CREATE TABLE mailboxes (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  department_id BIGINT NOT NULL,
  address TEXT NOT NULL,
  display_name TEXT NOT NULL,
  imap_host TEXT NOT NULL,
  imap_port BIGINT NOT NULL,
  imap_security TEXT NOT NULL,
  imap_user TEXT NOT NULL,
  imap_folder TEXT NOT NULL,
  imap_password BYTEA,
  smtp_host TEXT NOT NULL,
  smtp_port BIGINT NOT NULL,
  smtp_security TEXT NOT NULL,
  smtp_user TEXT NOT NULL,
  smtp_password BYTEA,
  is_enabled BIGINT NOT NULL,
  uses_plus_address BIGINT NOT NULL,
  poll_seconds BIGINT NOT NULL,
  state TEXT NOT NULL,
  last_error TEXT NOT NULL,
  last_success_at BIGINT,
  uid_validity BIGINT NOT NULL,
  last_uid BIGINT NOT NULL,
  lease_owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, address)
);
CREATE INDEX mailboxes_by_department ON mailboxes (org_id, department_id);

-- Every mail that came in. dedupe_key is the Message-ID, or a digest when there is none.
CREATE TABLE raw_mails (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  mailbox_id BIGINT NOT NULL,
  dedupe_key TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  message_id TEXT NOT NULL,
  sender TEXT NOT NULL,
  subject TEXT NOT NULL,
  size_bytes BIGINT NOT NULL,
  file_id BIGINT,
  received_at BIGINT NOT NULL,
  -- received, taken or parked
  state TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  ticket_id BIGINT,
  thread_id BIGINT,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, mailbox_id, dedupe_key)
);
CREATE INDEX raw_mails_by_sender ON raw_mails (org_id, sender, received_at);
CREATE INDEX raw_mails_by_state ON raw_mails (org_id, state, id);
CREATE INDEX raw_mails_unfinished ON raw_mails (received_at) WHERE state = 'received';
CREATE INDEX raw_mails_by_ticket ON raw_mails (org_id, ticket_id);
CREATE INDEX raw_mails_by_file ON raw_mails (org_id, file_id);

CREATE TABLE drafts (
  org_id BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  content JSONB NOT NULL,
  saved_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, ticket_id, agent_id)
);

-- Mails on their way out. The lease keeps a second node from sending the same mail.
CREATE TABLE mail_sendings (
  org_id BIGINT NOT NULL,
  thread_id BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  PRIMARY KEY (org_id, thread_id)
);
CREATE INDEX mail_sendings_by_ticket ON mail_sendings (org_id, ticket_id);
