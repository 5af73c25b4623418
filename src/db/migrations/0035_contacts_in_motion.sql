-- The whole name of a contact outside the recycle bin, folded, so that two who are called alike are
-- found whatever their capitals and widths. Contacts of before are taken in by a job.
CREATE TABLE contact_name_keys (
  org_id BIGINT NOT NULL,
  name_key TEXT NOT NULL,
  contact_id BIGINT NOT NULL,
  PRIMARY KEY (org_id, name_key, contact_id)
);
CREATE INDEX contact_name_keys_by_contact ON contact_name_keys (org_id, contact_id);

-- Records that became another one while what names them is still being given to it. `merge_id` is a
-- row of merges. Gone when nothing names them any more, so that the table is nearly always empty.
CREATE TABLE became (
  org_id BIGINT NOT NULL,
  module TEXT NOT NULL,
  record_id BIGINT NOT NULL,
  target_id BIGINT NOT NULL,
  merge_id BIGINT NOT NULL,
  PRIMARY KEY (org_id, module, record_id)
);

-- A merge that was undone keeps no names.
UPDATE merges SET undo = '{}' WHERE module = 'contacts' AND undone_at IS NOT NULL;
