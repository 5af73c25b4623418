-- Whose mails are spam: an address, or "@" and a domain that stands for those below it, too.
CREATE TABLE blocked_senders (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  sender TEXT NOT NULL,
  blocked_at BIGINT NOT NULL,
  blocked_by BIGINT,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX blocked_senders_by_sender ON blocked_senders (org_id, sender);

-- An organisation without a row has the usual settings. days_kept: 0 keeps spam for ever.
CREATE TABLE spam_settings (
  org_id BIGINT NOT NULL,
  believes_filters BIGINT NOT NULL,
  days_kept BIGINT NOT NULL,
  PRIMARY KEY (org_id)
);
