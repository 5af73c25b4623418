-- CRM and Bigin merge records as the Desk merges contacts, so that the notes of what a merge moved
-- are no longer those of contacts alone. `from_id` is the record that was named before.
ALTER TABLE contact_merge_records RENAME TO merged_links;
ALTER TABLE merged_links RENAME COLUMN from_contact_id TO from_id;
