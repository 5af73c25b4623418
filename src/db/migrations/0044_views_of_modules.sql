-- Views of any module, not of tickets alone.
ALTER TABLE custom_views ADD COLUMN module TEXT NOT NULL DEFAULT 'tickets';
CREATE INDEX custom_views_by_owner_and_module ON custom_views (org_id, owner_id, module, id);
DROP INDEX custom_views_by_owner;
CREATE INDEX custom_views_shared_of_module ON custom_views (org_id, module, id)
  WHERE audience <> 'owner' AND deleted_at IS NULL;
DROP INDEX custom_views_shared;

-- The order in which a person wants the custom views of a module. JSON: ids of views.
CREATE TABLE view_orders (
  org_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  module TEXT NOT NULL,
  view_ids TEXT NOT NULL,
  PRIMARY KEY (org_id, agent_id, module)
);
INSERT INTO view_orders (org_id, agent_id, module, view_ids)
  SELECT org_id, agent_id, 'tickets', view_ids FROM custom_view_orders;
DROP TABLE custom_view_orders;
