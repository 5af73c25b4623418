-- When a person was seen last stays known after their sessions ended. What is known of those who
-- signed out before is when they signed in from a network.
ALTER TABLE people ADD COLUMN last_seen_at BIGINT;
UPDATE people SET last_seen_at = COALESCE(
  (SELECT MAX(s.last_seen_at) FROM sessions s WHERE s.person_id = people.id),
  (SELECT MAX(k.last_at) FROM known_networks k WHERE k.person_id = people.id));
