-- Rules that act on tickets by themselves, and macros that people run.

-- A new random number with every change of the rules; 0 while there never was one.
ALTER TABLE organisations ADD COLUMN automation_version BIGINT NOT NULL DEFAULT 0;

CREATE TABLE automation_rules (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  position BIGINT NOT NULL,
  is_active BIGINT NOT NULL,
  -- null: all departments
  department_id BIGINT,
  event TEXT NOT NULL,
  -- JSON: a filter as the native API writes it
  conditions TEXT NOT NULL,
  -- Empty: whatever changed. The value is JSON; empty: whatever it became.
  changed_field TEXT NOT NULL,
  changed_to TEXT NOT NULL,
  -- JSON: a list
  actions TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX automation_rules_by_name ON automation_rules (org_id, name);
CREATE INDEX automation_rules_by_position ON automation_rules (org_id, position, id);

-- Whom a rule or a macro chose last in a department, so that the next one follows.
CREATE TABLE automation_turns (
  org_id BIGINT NOT NULL,
  source_id BIGINT NOT NULL,
  department_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  PRIMARY KEY (org_id, source_id, department_id)
);

CREATE TABLE macros (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  -- null: everybody's
  owner_id BIGINT,
  name TEXT NOT NULL,
  -- JSON: a list
  actions TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX macros_by_owner ON macros (org_id, owner_id, name, id);
