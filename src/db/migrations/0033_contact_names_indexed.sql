-- How far the contacts of an organisation were taken into the search anew, with their whole names.
CREATE TABLE contact_names_indexed (
  org_id BIGINT PRIMARY KEY,
  up_to BIGINT NOT NULL,
  is_done BIGINT NOT NULL
);
