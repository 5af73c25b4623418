-- Who marked a ticket as read, and when. It is unread again when something happens on it.
CREATE TABLE ticket_reads (
  org_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL,
  read_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, ticket_id, agent_id)
);
CREATE INDEX ticket_reads_by_agent ON ticket_reads (org_id, agent_id, read_at);
