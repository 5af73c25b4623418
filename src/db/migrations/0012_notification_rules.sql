-- Who is told by mail and SMS, in which words, by which gateway, and what waits to be told.

-- With the country code and without spaces: "+4930123456"; empty when there is none.
ALTER TABLE people ADD COLUMN phone TEXT NOT NULL DEFAULT '';

-- A row is a rule that is on.
CREATE TABLE notification_rules (
  org_id BIGINT NOT NULL,
  department_id BIGINT NOT NULL,
  event TEXT NOT NULL,
  channel TEXT NOT NULL,
  PRIMARY KEY (org_id, department_id, event, channel)
);
CREATE INDEX notification_rules_by_event ON notification_rules (event, org_id, department_id);

-- Words of an organisation's own; without a row the words of the program hold.
CREATE TABLE notification_templates (
  org_id BIGINT NOT NULL,
  event TEXT NOT NULL,
  locale TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  sms_text TEXT NOT NULL,
  PRIMARY KEY (org_id, event, locale)
);

-- sealed_headers is the JSON of names and values, sealed with the secret key of the program.
CREATE TABLE sms_gateways (
  org_id BIGINT PRIMARY KEY,
  url TEXT NOT NULL,
  method TEXT NOT NULL,
  content_type TEXT NOT NULL,
  body TEXT NOT NULL,
  header_names JSONB NOT NULL,
  sealed_headers BYTEA NOT NULL,
  is_enabled BIGINT NOT NULL
);

-- One message to one person. The occasion is what happened: nobody hears of it twice.
CREATE TABLE notification_deliveries (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  occasion TEXT NOT NULL,
  agent_id BIGINT NOT NULL,
  channel TEXT NOT NULL,
  event TEXT NOT NULL,
  ticket_id BIGINT NOT NULL,
  department_id BIGINT NOT NULL,
  -- queued, sent, dropped (nobody is to be told any more) or failed
  state TEXT NOT NULL,
  message TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, occasion, agent_id, channel)
);
CREATE INDEX notification_deliveries_by_ticket ON notification_deliveries (org_id, ticket_id, event);
CREATE INDEX notification_deliveries_by_state ON notification_deliveries (org_id, channel, state, id);
CREATE INDEX notification_deliveries_by_age ON notification_deliveries (created_at);
