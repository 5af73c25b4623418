-- Files of drafts have an age limit. The sweep of waiting files reads the newer drafts of one agent,
-- and those that nobody touched for long, oldest first; how far it came with these stands in a row.
CREATE INDEX drafts_by_agent ON drafts (org_id, agent_id, saved_at, ticket_id);
CREATE INDEX drafts_by_age ON drafts (org_id, saved_at, ticket_id, agent_id);

CREATE TABLE draft_file_sweeps (
  org_id BIGINT NOT NULL PRIMARY KEY,
  saved_at BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL
);
