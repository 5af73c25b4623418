-- Files that become records. settings is the JSON of how the file is read and what its columns mean;
-- the run goes on at next_offset of the decoded text, whoever died.
CREATE TABLE imports (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  module TEXT NOT NULL,
  state TEXT NOT NULL,
  file_id BIGINT NOT NULL,
  file_name TEXT NOT NULL,
  size_bytes BIGINT NOT NULL,
  settings TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  agent_name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  run BIGINT NOT NULL,
  next_offset BIGINT NOT NULL,
  next_line BIGINT NOT NULL,
  rows_total BIGINT NOT NULL,
  rows_done BIGINT NOT NULL,
  rows_added BIGINT NOT NULL,
  rows_updated BIGINT NOT NULL,
  rows_skipped BIGINT NOT NULL,
  rows_refused BIGINT NOT NULL,
  fault TEXT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX imports_by_age ON imports (created_at);
CREATE INDEX imports_by_file ON imports (org_id, file_id);

-- What was refused: a row per fault. run tells the checks and the import itself apart.
CREATE TABLE import_faults (
  org_id BIGINT NOT NULL,
  import_id BIGINT NOT NULL,
  run BIGINT NOT NULL,
  line BIGINT NOT NULL,
  place BIGINT NOT NULL,
  field TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (org_id, import_id, run, line, place)
);
