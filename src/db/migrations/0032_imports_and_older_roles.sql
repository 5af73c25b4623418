-- What became of each line of a check or a run, and the customers that it brought along.
CREATE TABLE import_lines (
  org_id BIGINT NOT NULL,
  import_id BIGINT NOT NULL,
  run BIGINT NOT NULL,
  line BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  record_id BIGINT NOT NULL,
  contact_added TEXT NOT NULL,
  account_added TEXT NOT NULL,
  PRIMARY KEY (org_id, import_id, run, line)
);
ALTER TABLE imports ADD COLUMN contacts_added BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN accounts_added BIGINT NOT NULL DEFAULT 0;

-- A role speaks of the modules that there were when it was written. 0: of those before products,
-- tasks and appointments; on these it may what it may on tickets, until somebody says otherwise.
ALTER TABLE roles ADD COLUMN modules_known BIGINT NOT NULL DEFAULT 0;
