CREATE TABLE ticket_presence (
  org_id BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, ticket_id, agent_id)
);
