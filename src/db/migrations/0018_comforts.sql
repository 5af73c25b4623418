-- Which tags are in use where, so that they can be suggested. `key` is the tag in small letters.
CREATE TABLE ticket_tags (
  org_id BIGINT NOT NULL,
  department_id BIGINT NOT NULL,
  key TEXT NOT NULL,
  ticket_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (org_id, department_id, key, ticket_id)
);
CREATE INDEX ticket_tags_by_ticket ON ticket_tags (org_id, ticket_id);

-- What was merged into which ticket (module "tickets") or contact ("contacts"). `undo` is the JSON
-- of what is needed to take it apart again.
CREATE TABLE merges (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  module TEXT NOT NULL,
  target_id BIGINT NOT NULL,
  merged_at BIGINT NOT NULL,
  merged_by BIGINT,
  undone_at BIGINT,
  undo TEXT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX merges_by_target ON merges (org_id, module, target_id, id);
