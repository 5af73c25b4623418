-- Who is told of everything that happens to a ticket.
CREATE TABLE ticket_followers (
  org_id BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  followed_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, ticket_id, agent_id)
);
CREATE INDEX ticket_followers_by_agent ON ticket_followers (org_id, agent_id, followed_at);

-- Stopwatches of agents on tickets. `running_since` is empty while one is paused; `worked_ms` is
-- what was measured before.
CREATE TABLE ticket_timers (
  org_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  running_since BIGINT,
  worked_ms BIGINT NOT NULL,
  PRIMARY KEY (org_id, agent_id, ticket_id)
);
CREATE INDEX ticket_timers_by_ticket ON ticket_timers (org_id, ticket_id);
