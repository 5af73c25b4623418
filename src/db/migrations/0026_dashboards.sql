-- What dashboards show, worked out behind the change log so that reading costs the same however
-- many tickets there are.

-- How far the change log was counted, for the whole installation.
CREATE TABLE figures_feed (
  id BIGINT PRIMARY KEY,
  cursor TEXT NOT NULL,
  turn BIGINT NOT NULL
);

-- Figures of another generation than this one are old. walked_to is the last ticket of a count of
-- everything that is under way.
CREATE TABLE figures_state (
  org_id BIGINT PRIMARY KEY,
  generation BIGINT NOT NULL,
  time_zone TEXT NOT NULL,
  walked_to BIGINT NOT NULL,
  is_ready BIGINT NOT NULL,
  counted_at BIGINT NOT NULL
);

-- What was counted of each ticket: exactly the tickets that the figures are made of. Days are those
-- of the time zone, since 1970-01-01; closed_day of an open ticket lies after all of them.
CREATE TABLE ticket_facts (
  org_id BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL,
  generation BIGINT NOT NULL,
  department_id BIGINT NOT NULL,
  owner_id BIGINT NOT NULL,
  channel TEXT NOT NULL,
  priority TEXT NOT NULL,
  tags TEXT NOT NULL,
  created_day BIGINT NOT NULL,
  hour_of_week BIGINT NOT NULL,
  closed_day BIGINT NOT NULL,
  resolution_minutes BIGINT,
  resolution_outcome TEXT NOT NULL,
  responded_day BIGINT,
  answer_minutes BIGINT,
  response_outcome TEXT NOT NULL,
  rated_day BIGINT,
  rating TEXT NOT NULL,
  due_day BIGINT,
  due_at BIGINT,
  PRIMARY KEY (org_id, ticket_id)
);
CREATE INDEX ticket_facts_by_creation
  ON ticket_facts (org_id, department_id, created_day, ticket_id);
CREATE INDEX ticket_facts_by_closing
  ON ticket_facts (org_id, department_id, closed_day, ticket_id, created_day);
CREATE INDEX ticket_facts_by_response
  ON ticket_facts (org_id, department_id, responded_day, ticket_id)
  WHERE responded_day IS NOT NULL;
CREATE INDEX ticket_facts_by_rating
  ON ticket_facts (org_id, department_id, rated_day, ticket_id)
  WHERE rated_day IS NOT NULL;
CREATE INDEX ticket_facts_by_due
  ON ticket_facts (org_id, department_id, due_day, due_at, ticket_id)
  WHERE due_day IS NOT NULL;

-- count tickets by what happened to them (measure) on a day, along one dimension whose value is
-- key. minutes is the sum of the time it took, where that is measured. Open tickets stand on day 0.
CREATE TABLE desk_figures (
  org_id BIGINT NOT NULL,
  generation BIGINT NOT NULL,
  dimension TEXT NOT NULL,
  department_id BIGINT NOT NULL,
  day BIGINT NOT NULL,
  measure TEXT NOT NULL,
  key TEXT NOT NULL,
  count BIGINT NOT NULL,
  minutes BIGINT NOT NULL,
  PRIMARY KEY (org_id, generation, dimension, department_id, day, measure, key)
);
