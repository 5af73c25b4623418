-- Files that programs sent ahead, to be written as records or to be fetched again, for a day.
CREATE TABLE sent_ahead (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  token TEXT NOT NULL,
  purpose TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  file_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size_bytes BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX sent_ahead_by_token ON sent_ahead (org_id, token);
CREATE INDEX sent_ahead_by_file ON sent_ahead (org_id, file_id);
CREATE INDEX sent_ahead_by_age ON sent_ahead (created_at);

-- Records in bulk, out to a file and in from one. How far a job came stands in the transaction that
-- wrote the rows it came past.
CREATE TABLE bulk_jobs (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  app TEXT NOT NULL,
  direction TEXT NOT NULL,
  module TEXT NOT NULL,
  state TEXT NOT NULL,
  order_json TEXT NOT NULL,
  asked_json TEXT NOT NULL,
  callback_url TEXT NOT NULL,
  base TEXT NOT NULL,
  person_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  file_id BIGINT NOT NULL,
  file_name TEXT NOT NULL,
  result_file_id BIGINT NOT NULL,
  next_offset BIGINT NOT NULL,
  next_line BIGINT NOT NULL,
  has_read_all BIGINT NOT NULL,
  rows_done BIGINT NOT NULL,
  rows_added BIGINT NOT NULL,
  rows_updated BIGINT NOT NULL,
  rows_skipped BIGINT NOT NULL,
  next_cursor TEXT NOT NULL,
  fault TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX bulk_jobs_by_state ON bulk_jobs (org_id, state);
CREATE INDEX bulk_jobs_by_age ON bulk_jobs (created_at);
CREATE INDEX bulk_jobs_by_file ON bulk_jobs (org_id, file_id);
CREATE INDEX bulk_jobs_by_result ON bulk_jobs (org_id, result_file_id);

-- What became of the rows of a file, a piece of the result for each step of its job.
CREATE TABLE bulk_outcomes (
  org_id BIGINT NOT NULL,
  job_id BIGINT NOT NULL,
  part BIGINT NOT NULL,
  csv TEXT NOT NULL,
  PRIMARY KEY (org_id, job_id, part)
);
