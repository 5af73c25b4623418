-- Signals of CRM and Bigin that an organisation switched off; all others are on.
CREATE TABLE crm_signals_off (
  org_id BIGINT NOT NULL,
  signal TEXT NOT NULL,
  PRIMARY KEY (org_id, signal)
);

-- The overdue task up to which people were told, in the order of due day and id.
CREATE TABLE crm_overdue_told (
  org_id BIGINT NOT NULL,
  due_on BIGINT NOT NULL,
  task_id BIGINT NOT NULL,
  PRIMARY KEY (org_id)
);
