-- Views of tickets that people made: conditions as the native API writes a filter, not worked out,
-- so that "me", "now" and "in_last_days" mean whoever reads the view, and when.
CREATE TABLE custom_views (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  owner_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  filter TEXT NOT NULL,
  sort TEXT NOT NULL,
  -- JSON: names of fields; empty for the person's own choice
  columns TEXT NOT NULL,
  -- owner, everybody, departments or roles
  audience TEXT NOT NULL,
  -- JSON: ids of the departments or roles
  audience_ids TEXT NOT NULL,
  revision BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  -- kept for a while, so that deleting can be undone
  deleted_at BIGINT,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX custom_views_by_owner ON custom_views (org_id, owner_id, id);
CREATE INDEX custom_views_shared ON custom_views (org_id, id)
  WHERE audience <> 'owner' AND deleted_at IS NULL;

-- The order in which a person wants the custom views that they see. JSON: ids of views.
CREATE TABLE custom_view_orders (
  org_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  view_ids TEXT NOT NULL,
  PRIMARY KEY (org_id, agent_id)
);
