-- A value that is sealed with the secret key of the program, so that a start with another key is
-- noticed. One row, with id 1.
CREATE TABLE secret_probe (
  id BIGINT PRIMARY KEY,
  sealed BYTEA NOT NULL
);
