-- Every mail address of every contact outside the recycle bin, the first ones and all others. The
-- key is the wall between two contacts that are given one address at the same moment. Contacts that
-- were not written since this table came are found by their own columns.
CREATE TABLE contact_addresses (
  org_id BIGINT NOT NULL,
  address TEXT NOT NULL,
  contact_id BIGINT NOT NULL,
  PRIMARY KEY (org_id, address)
);
CREATE INDEX contact_addresses_by_contact ON contact_addresses (org_id, contact_id);

-- The tickets, tasks and whatever else named a contact (by `field`) when a merge took it to another
-- one, so that undoing it gives back these and no others. `merge_id` is a row of merges with the
-- module "contacts".
CREATE TABLE contact_merge_records (
  org_id BIGINT NOT NULL,
  merge_id BIGINT NOT NULL,
  module TEXT NOT NULL,
  record_id BIGINT NOT NULL,
  field TEXT NOT NULL,
  from_contact_id BIGINT NOT NULL,
  PRIMARY KEY (org_id, merge_id, module, record_id, field)
);

-- Contacts that may be one person, the one with the smaller id first. `reason` is email, phone or
-- name; what people said is no duplicate stays with is_dismissed = 1.
CREATE TABLE contact_duplicates (
  org_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  other_id BIGINT NOT NULL,
  reason TEXT NOT NULL,
  is_dismissed BIGINT NOT NULL,
  PRIMARY KEY (org_id, contact_id, other_id)
);
CREATE INDEX contact_duplicates_by_other ON contact_duplicates (org_id, other_id, is_dismissed, contact_id);
CREATE INDEX contact_duplicates_open ON contact_duplicates (org_id, is_dismissed, contact_id, other_id);
