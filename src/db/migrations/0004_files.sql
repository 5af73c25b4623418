-- What is known of each stored file. `name` is the random name in the data folder, empty when the
-- bytes are rows of file_bytes.
CREATE TABLE files (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  size_bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE INDEX files_by_name ON files (name);

CREATE TABLE file_bytes (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  chunk_index BIGINT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (org_id, id, chunk_index)
);
