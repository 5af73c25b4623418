-- For how long a person's replies can be taken back: 0, 5, 10, 30 or 60 seconds.
ALTER TABLE people ADD COLUMN undo_send_seconds BIGINT NOT NULL DEFAULT 10;

-- Replies that wait for their moment. `content` is the JSON of the draft that the reply was and of
-- what is sent when it leaves; `refusal` is empty while it waits, else the JSON of why it can't go.
CREATE TABLE held_replies (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  ticket_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  content TEXT NOT NULL,
  refusal TEXT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX held_replies_by_agent ON held_replies (org_id, agent_id, id);
CREATE INDEX held_replies_by_ticket ON held_replies (org_id, ticket_id);

-- Texts that are used again. `audience`: owner, department or everybody. `name_key` is the name in
-- small letters; `locale` is empty for a text in no one language.
CREATE TABLE reply_templates (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  audience TEXT NOT NULL,
  owner_id BIGINT,
  department_id BIGINT,
  folder TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  subject TEXT NOT NULL,
  html TEXT NOT NULL,
  locale TEXT NOT NULL,
  use_count BIGINT NOT NULL,
  used_at BIGINT,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX reply_templates_by_name ON reply_templates (org_id, name_key, id);

CREATE TABLE reply_template_files (
  org_id BIGINT NOT NULL,
  template_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  file BIGINT NOT NULL,
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size_bytes BIGINT NOT NULL,
  PRIMARY KEY (org_id, template_id, id)
);
CREATE INDEX reply_template_files_by_file ON reply_template_files (org_id, file);
