-- Work that survives a restart. A job is claimed by writing a lease; epoch counts the claims, so that
-- a worker that lost its lease cannot finish the job of its successor.
CREATE TABLE jobs (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  run_at BIGINT NOT NULL,
  attempt BIGINT NOT NULL,
  unique_key TEXT,
  -- unique_key while the job waits, null while it runs: a job that runs does not keep the next one out.
  waiting_key TEXT,
  lease_owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  last_error TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX jobs_due ON jobs (run_at, id);
CREATE UNIQUE INDEX jobs_waiting ON jobs (org_id, kind, waiting_key);

-- Jobs that were given up, for an administrator to read.
CREATE TABLE failed_jobs (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  attempt BIGINT NOT NULL,
  reason TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  failed_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX failed_jobs_by_time ON failed_jobs (org_id, failed_at, id);

-- What runs every so often, on one node at a time. Belongs to the installation, not to an organisation.
CREATE TABLE schedules (
  name TEXT NOT NULL PRIMARY KEY,
  lease_owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL,
  last_run_at BIGINT NOT NULL
);
