-- What a mail begins with below its text. `owner_id` is an agent or a department.
CREATE TABLE signatures (
  org_id BIGINT NOT NULL,
  owner_id BIGINT NOT NULL,
  html TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, owner_id)
);
