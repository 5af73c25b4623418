-- Who is asking and what they may do. People belong to the installation; everything else belongs to an organisation.

CREATE TABLE organisations (
  id BIGINT PRIMARY KEY,
  app TEXT NOT NULL,
  name TEXT NOT NULL,
  locale TEXT NOT NULL,
  fields_version BIGINT NOT NULL DEFAULT 1,
  -- A random number that changes with every change of roles, members or departments of members.
  access_version BIGINT NOT NULL,
  settings JSONB NOT NULL DEFAULT '{}',
  created_at BIGINT NOT NULL
);

CREATE TABLE people (
  id BIGINT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  locale TEXT NOT NULL,
  theme TEXT NOT NULL,
  density TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  status TEXT NOT NULL,
  totp_secret BYTEA,
  totp_pending BYTEA,
  totp_last_step BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL
);

CREATE TABLE recovery_codes (
  person_id BIGINT NOT NULL REFERENCES people (id),
  code_hash BYTEA NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (person_id, code_hash)
);

CREATE TABLE roles (
  org_id BIGINT NOT NULL REFERENCES organisations (id),
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  rights JSONB NOT NULL,
  fields JSONB NOT NULL,
  duties JSONB NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, id),
  UNIQUE (org_id, folded_name)
);

-- What access knows of an agent beyond the record that the module "agents" shows. person_id is null until an
-- invitation was accepted.
CREATE TABLE memberships (
  org_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  person_id BIGINT REFERENCES people (id),
  role_id BIGINT NOT NULL,
  invited_at BIGINT,
  PRIMARY KEY (org_id, agent_id),
  UNIQUE (org_id, person_id),
  FOREIGN KEY (org_id, role_id) REFERENCES roles (org_id, id)
);
CREATE INDEX memberships_by_person ON memberships (person_id);
CREATE INDEX memberships_by_role ON memberships (org_id, role_id);

CREATE TABLE agent_departments (
  org_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  department_id BIGINT NOT NULL,
  PRIMARY KEY (org_id, agent_id, department_id)
);
CREATE INDEX agent_departments_by_department ON agent_departments (org_id, department_id);

CREATE TABLE invitations (
  org_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  token_hash BYTEA NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (org_id, agent_id)
);

CREATE TABLE sessions (
  id BIGINT PRIMARY KEY,
  token_hash BYTEA NOT NULL UNIQUE,
  person_id BIGINT NOT NULL REFERENCES people (id),
  csrf_token TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  address TEXT NOT NULL,
  agent TEXT NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person_id, id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE password_resets (
  person_id BIGINT PRIMARY KEY REFERENCES people (id),
  token_hash BYTEA NOT NULL UNIQUE,
  expires_at BIGINT NOT NULL
);

-- Failures per account, address and network. The subject is hashed: no list of who tried.
CREATE TABLE login_attempts (
  subject TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  free_at BIGINT NOT NULL
);
CREATE INDEX login_attempts_by_age ON login_attempts (last_at);

-- From where a person has signed in, so that a flood of wrong passwords from elsewhere does not lock them out.
CREATE TABLE known_networks (
  person_id BIGINT NOT NULL REFERENCES people (id),
  network TEXT NOT NULL,
  last_at BIGINT NOT NULL,
  PRIMARY KEY (person_id, network)
);
CREATE INDEX known_networks_by_age ON known_networks (last_at);

CREATE TABLE oauth_clients (
  org_id BIGINT NOT NULL REFERENCES organisations (id),
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  client_id TEXT NOT NULL UNIQUE,
  secret_hash BYTEA NOT NULL,
  redirect_uris JSONB NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);

CREATE TABLE oauth_codes (
  code_hash BYTEA PRIMARY KEY,
  org_id BIGINT NOT NULL,
  client_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  family_id BIGINT NOT NULL,
  scopes TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  challenge TEXT NOT NULL,
  is_offline BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  FOREIGN KEY (org_id, client_id) REFERENCES oauth_clients (org_id, id)
);
CREATE INDEX oauth_codes_by_expiry ON oauth_codes (expires_at);
CREATE INDEX oauth_codes_by_client ON oauth_codes (org_id, client_id);
CREATE INDEX oauth_codes_by_person ON oauth_codes (person_id);

-- A family is what one code gave: its refresh token and every access token made of it. They die together.
CREATE TABLE oauth_tokens (
  id BIGINT PRIMARY KEY,
  token_hash BYTEA NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  family_id BIGINT NOT NULL,
  org_id BIGINT NOT NULL,
  client_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  expires_at BIGINT,
  -- How often a refresh token was used since window_at.
  window_at BIGINT NOT NULL DEFAULT 0,
  window_uses BIGINT NOT NULL DEFAULT 0,
  FOREIGN KEY (org_id, client_id) REFERENCES oauth_clients (org_id, id)
);
CREATE INDEX oauth_tokens_by_family ON oauth_tokens (family_id, kind, id);
CREATE INDEX oauth_tokens_by_person ON oauth_tokens (person_id, client_id, kind, id);
CREATE INDEX oauth_tokens_by_client ON oauth_tokens (org_id, client_id);
CREATE INDEX oauth_tokens_by_expiry ON oauth_tokens (expires_at);

-- org_id 0 is the installation itself: acts before anybody's organisation is known.
CREATE TABLE audit_heads (
  org_id BIGINT PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash BYTEA NOT NULL
);
CREATE TABLE audit_log (
  org_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor_id BIGINT,
  actor TEXT NOT NULL,
  what TEXT NOT NULL,
  detail TEXT NOT NULL,
  address TEXT NOT NULL,
  previous_hash BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (org_id, seq)
);
