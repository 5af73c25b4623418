-- What comes by channels beside mail: web forms, and the telephone.

-- Nothing is taken in twice. ticket_id and thread_id say what became of it.
CREATE TABLE channel_messages (
  org_id BIGINT NOT NULL,
  channel TEXT NOT NULL,
  message_key TEXT NOT NULL,
  ticket_id BIGINT NOT NULL,
  thread_id BIGINT NOT NULL,
  taken_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, channel, message_key)
);

-- Digits of contacts' numbers without leading zeros; tail is their end, by which they are found
-- however they were written.
CREATE TABLE contact_numbers (
  org_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  digits TEXT NOT NULL,
  tail TEXT NOT NULL,
  PRIMARY KEY (org_id, contact_id, digits)
);
CREATE INDEX contact_numbers_by_tail ON contact_numbers (org_id, tail);
-- How far the contacts of before were read; a row with the last id.
CREATE TABLE contact_numbers_filled (
  name TEXT PRIMARY KEY,
  last_org_id BIGINT NOT NULL,
  last_id BIGINT NOT NULL,
  is_done BIGINT NOT NULL
);

-- content is the JSON of texts, fields and origins.
CREATE TABLE web_forms (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  form_key TEXT NOT NULL UNIQUE,
  department_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  content TEXT NOT NULL,
  is_enabled BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);

-- What was sent by a form, for its limits. network is that of the sender's address; receipt_to the
-- address that a receipt went to, '' when none did.
CREATE TABLE web_form_sendings (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  form_id BIGINT NOT NULL,
  network TEXT NOT NULL,
  text_digest TEXT NOT NULL,
  receipt_to TEXT NOT NULL,
  sent_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX web_form_sendings_by_form ON web_form_sendings (org_id, form_id, sent_at);
CREATE INDEX web_form_sendings_by_network ON web_form_sendings (network, sent_at);
CREATE INDEX web_form_sendings_by_receipt ON web_form_sendings (receipt_to, sent_at);
CREATE INDEX web_form_sendings_by_age ON web_form_sendings (sent_at);

-- Telephone systems that tell us of calls.
CREATE TABLE phone_lines (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  hook_key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  department_id BIGINT NOT NULL,
  sealed_secret BYTEA NOT NULL,
  -- every, answered, missed
  takes TEXT NOT NULL,
  joins_open_ticket BIGINT NOT NULL,
  is_enabled BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);

-- What a telephone system said of one call so far.
CREATE TABLE phone_calls (
  org_id BIGINT NOT NULL,
  line_id BIGINT NOT NULL,
  call_id TEXT NOT NULL,
  direction TEXT NOT NULL,
  customer TEXT NOT NULL,
  agent_id BIGINT NOT NULL,
  recording_url TEXT NOT NULL,
  rang_at BIGINT,
  answered_at BIGINT,
  ended_at BIGINT,
  ticket_id BIGINT NOT NULL,
  thread_id BIGINT NOT NULL,
  heard_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, line_id, call_id)
);
CREATE INDEX phone_calls_by_age ON phone_calls (heard_at);
CREATE INDEX phone_calls_by_agent ON phone_calls (org_id, agent_id, heard_at);

-- Events that were heard, by their digest: the same bytes are not heard twice.
CREATE TABLE phone_events (
  org_id BIGINT NOT NULL,
  line_id BIGINT NOT NULL,
  digest TEXT NOT NULL,
  heard_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, line_id, digest)
);
CREATE INDEX phone_events_by_age ON phone_events (heard_at);
