-- Servers of others that are told what changes here, and what they were told.

CREATE TABLE webhooks (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  url TEXT NOT NULL,
  -- JSON: a list of events with their conditions
  subscriptions TEXT NOT NULL,
  sealed_secret BYTEA NOT NULL,
  -- Also private comments, messages and files.
  includes_private BIGINT NOT NULL,
  -- Also what rules did.
  includes_automation BIGINT NOT NULL,
  -- Chosen by a client of the API, and given back to it.
  source_id TEXT NOT NULL,
  is_enabled BIGINT NOT NULL,
  -- Why the program switched it off: silent, gone, backlog; '' when it did not.
  off_reason TEXT NOT NULL,
  -- What changed before is not told.
  since_at BIGINT NOT NULL,
  failures_in_row BIGINT NOT NULL,
  failing_since BIGINT NOT NULL,
  -- A request is on its way until then at the latest.
  sending_until BIGINT NOT NULL,
  created_by BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX webhooks_enabled ON webhooks (is_enabled);

-- How far the change log was read for webhooks; one row.
CREATE TABLE webhook_feed (
  name TEXT PRIMARY KEY,
  place TEXT NOT NULL
);

-- One event for one webhook. state: waiting, delivered, failed. batch_id: the request it travels
-- in, 0 before the first.
CREATE TABLE webhook_deliveries (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  webhook_id BIGINT NOT NULL,
  event TEXT NOT NULL,
  record_id BIGINT NOT NULL,
  content TEXT NOT NULL,
  state TEXT NOT NULL,
  batch_id BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  next_try_at BIGINT NOT NULL,
  tried_at BIGINT NOT NULL,
  -- Of the last answer; 0 when there was none.
  status BIGINT NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (org_id, webhook_id, id);
CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (org_id, webhook_id, state, id);
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (state, created_at);
