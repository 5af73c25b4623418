-- The roles that contacts have in deals, as each organisation names and orders them. What is said of
-- a pair in joined_records is a word for the eight of the beginning, and the id of every other one.
CREATE TABLE crm_contact_roles (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX crm_contact_roles_by_name ON crm_contact_roles (org_id, folded_name);

-- The pairs of a role that goes.
CREATE INDEX joined_records_by_said ON joined_records (org_id, join_name, said) WHERE said <> '';

INSERT INTO crm_contact_roles (org_id, id, name, folded_name, position)
SELECT o.id, r.id, r.name, LOWER(r.name), r.position FROM organisations o JOIN (
  SELECT CAST(275438004949088930 AS BIGINT) AS id, 'Decision Maker' AS name, 1 AS position
  UNION ALL SELECT 220586225396741129, 'Developer/Evaluator', 2
  UNION ALL SELECT 149866936141870763, 'Economic Decision Maker', 3
  UNION ALL SELECT 473812829688341075, 'Executive Sponsor', 4
  UNION ALL SELECT 786617996963670041, 'Influencer', 5
  UNION ALL SELECT 273346408269865689, 'Purchasing', 6
  UNION ALL SELECT 298948299719304137, 'End User', 7
  UNION ALL SELECT 708206873606668225, 'Other', 8
) r ON o.app = 'crm';
