-- Records of two modules that belong together, many with many: the contacts of a deal, the members of
-- a campaign. `join_name` is the module of the holder and its list ("deals.contact_roles"), `said` the
-- choice that is said of the pair, or empty.
CREATE TABLE joined_records (
  org_id BIGINT NOT NULL,
  holder_id BIGINT NOT NULL,
  join_name TEXT NOT NULL,
  held_id BIGINT NOT NULL,
  said TEXT NOT NULL,
  joined_at BIGINT NOT NULL,
  joined_by BIGINT,
  PRIMARY KEY (org_id, holder_id, join_name, held_id)
);
CREATE INDEX joined_records_by_held ON joined_records (org_id, held_id, join_name, holder_id);
