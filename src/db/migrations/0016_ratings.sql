-- Where customers are asked how an answer was, and what they said.

-- A department without a row asks nobody. asked_with is each_reply or closing_reply; words stand
-- above the links, '' for the usual ones.
CREATE TABLE rating_settings (
  org_id BIGINT NOT NULL,
  department_id BIGINT NOT NULL,
  is_on BIGINT NOT NULL,
  asked_with TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (org_id, department_id)
);

-- One rating for each message. agent_id wrote it; given is how often it was given or changed.
CREATE TABLE ratings (
  org_id BIGINT NOT NULL,
  thread_id BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  account_id BIGINT,
  agent_id BIGINT,
  department_id BIGINT NOT NULL,
  rating TEXT NOT NULL,
  remark TEXT NOT NULL,
  rated_at BIGINT NOT NULL,
  given BIGINT NOT NULL,
  PRIMARY KEY (org_id, thread_id)
);
CREATE INDEX ratings_by_ticket ON ratings (org_id, ticket_id, rated_at);
CREATE INDEX ratings_by_time ON ratings (org_id, rated_at, thread_id);
CREATE INDEX ratings_by_department ON ratings (org_id, department_id, rated_at, thread_id);
