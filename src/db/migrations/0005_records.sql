-- Fields that an organisation added to a module. Rows stay after removal (deleted_at), because
-- values under their name may still stand in records.
CREATE TABLE custom_fields (
  org_id BIGINT NOT NULL,
  module TEXT NOT NULL,
  name TEXT NOT NULL,
  label TEXT NOT NULL,
  kind TEXT NOT NULL,
  definition JSONB NOT NULL,
  position BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  deleted_at BIGINT,
  PRIMARY KEY (org_id, module, name)
);

-- Choices that an organisation configured in place of those of a field's definition, such as the
-- statuses of tickets. `kind` is what the program takes a choice for.
CREATE TABLE choice_options (
  org_id BIGINT NOT NULL,
  module TEXT NOT NULL,
  field TEXT NOT NULL,
  name TEXT NOT NULL,
  label TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT '',
  position BIGINT NOT NULL,
  PRIMARY KEY (org_id, module, field, name)
);

-- The last number that was given out, by module and field: "tickets.number".
CREATE TABLE counters (
  org_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (org_id, name)
);

-- Values of unique custom fields; the primary key is what keeps them apart.
CREATE TABLE unique_values (
  org_id BIGINT NOT NULL,
  module TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  record_id BIGINT NOT NULL,
  PRIMARY KEY (org_id, module, field, value)
);
CREATE INDEX unique_values_by_record ON unique_values (org_id, module, record_id);

-- One row, written when the change log is made: cursors of another database are told apart by it.
CREATE TABLE database_epoch (
  id BIGINT NOT NULL PRIMARY KEY,
  epoch TEXT NOT NULL
);
