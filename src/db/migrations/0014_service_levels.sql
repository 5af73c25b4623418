-- When an organisation works, what it promises, and how far each ticket's clock is.

-- days is the JSON of dates and names.
CREATE TABLE holiday_lists (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  days TEXT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, name)
);

-- week is the JSON of ranges by weekday.
CREATE TABLE business_hours (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  week TEXT NOT NULL,
  holiday_list_id BIGINT,
  is_usual BIGINT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, name)
);

-- A department without a row uses the usual ones.
CREATE TABLE department_hours (
  org_id BIGINT NOT NULL,
  department_id BIGINT NOT NULL,
  business_hours_id BIGINT NOT NULL,
  PRIMARY KEY (org_id, department_id)
);

-- conditions is a filter of the native API; targets and levels are JSON, too.
CREATE TABLE service_levels (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  position BIGINT NOT NULL,
  is_active BIGINT NOT NULL,
  conditions TEXT NOT NULL,
  counting TEXT NOT NULL,
  targets TEXT NOT NULL,
  levels TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, name)
);

-- worked_ms was worked up to running_since, which is null while the clock stands still. raised
-- names what was raised already; next_event_at is when the next of it is due.
CREATE TABLE ticket_clocks (
  org_id BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL,
  service_level_id BIGINT,
  business_hours_id BIGINT,
  worked_ms BIGINT NOT NULL,
  running_since BIGINT,
  raised TEXT NOT NULL,
  next_event_at BIGINT,
  PRIMARY KEY (org_id, ticket_id)
);
CREATE INDEX ticket_clocks_next ON ticket_clocks (next_event_at, org_id, ticket_id)
  WHERE next_event_at IS NOT NULL;
