-- Watches of CRM and Bigin: servers of others that a member has told what changes in a module.

-- More than one reader follows the change log.
ALTER TABLE webhook_feed RENAME TO feed_places;
UPDATE feed_places SET name = 'webhooks' WHERE name = 'all';

-- One module on one channel of a member. The number of the channel is the member's own choice.
CREATE TABLE crm_watches (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  channel BIGINT NOT NULL,
  module TEXT NOT NULL,
  -- JSON: a list of insert, update, delete
  operations TEXT NOT NULL,
  url TEXT NOT NULL,
  token TEXT NOT NULL,
  -- JSON: which fields an update must have changed; '' is any
  field_selection TEXT NOT NULL,
  -- Also what the fields that changed became.
  gives_values BIGINT NOT NULL,
  -- Also what happens to records that belong to one of the module.
  tells_related BIGINT NOT NULL,
  -- What changed before is not told.
  since_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  failures_in_row BIGINT NOT NULL,
  failing_since BIGINT NOT NULL,
  -- A request is on its way until then at the latest.
  sending_until BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX crm_watches_by_channel ON crm_watches (org_id, person_id, channel, module);
CREATE INDEX crm_watches_by_end ON crm_watches (ends_at);

-- One notice for one watch. state: waiting, delivered, failed. batch_id: the request it travels in,
-- 0 before the first.
CREATE TABLE crm_watch_deliveries (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  watch_id BIGINT NOT NULL,
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
CREATE INDEX crm_watch_deliveries_by_state ON crm_watch_deliveries (org_id, watch_id, state, id);
CREATE INDEX crm_watch_deliveries_by_age ON crm_watch_deliveries (state, created_at);
