CREATE TABLE notifications (
  org_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  module TEXT NOT NULL,
  record_id BIGINT NOT NULL,
  by_kind TEXT NOT NULL,
  by_id BIGINT,
  by_name TEXT NOT NULL,
  told_at BIGINT NOT NULL,
  read_at BIGINT,
  PRIMARY KEY (org_id, agent_id, id)
);

CREATE INDEX notifications_by_record ON notifications (org_id, module, record_id);
