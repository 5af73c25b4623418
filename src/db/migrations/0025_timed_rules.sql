-- Rules that a length of time starts, and long walks over the tickets that are not closed.

-- moment is what is counted from; empty: the rule is started by an event. wait_minutes is negative
-- before the moment. What came due before counts_from is left alone.
ALTER TABLE automation_rules ADD COLUMN moment TEXT NOT NULL DEFAULT '';
ALTER TABLE automation_rules ADD COLUMN wait_minutes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE automation_rules ADD COLUMN counting TEXT NOT NULL DEFAULT '';
ALTER TABLE automation_rules ADD COLUMN counts_from BIGINT NOT NULL DEFAULT 0;

-- When rules of time are to be asked of a ticket next. done is the JSON of which rule acted for
-- which moment.
CREATE TABLE ticket_checks (
  org_id BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL,
  done TEXT NOT NULL,
  next_at BIGINT,
  PRIMARY KEY (org_id, ticket_id)
);
CREATE INDEX ticket_checks_next ON ticket_checks (next_at, org_id, ticket_id)
  WHERE next_at IS NOT NULL;

-- How far a walk is: the type of status that is walked, and where in it. finished_at is null while
-- it goes on.
CREATE TABLE ticket_walks (
  org_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  status_type TEXT NOT NULL,
  position TEXT NOT NULL,
  looked_at BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  expected BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT,
  PRIMARY KEY (org_id, kind)
);

-- A new random number with every change of service levels, business hours and holidays.
ALTER TABLE organisations ADD COLUMN service_levels_version BIGINT NOT NULL DEFAULT 0;
