-- Indexes that are made anew with the columns by which views are counted (the tickets module).
DROP INDEX IF EXISTS tickets_by_department_status_type_last_activity_at;
DROP INDEX IF EXISTS tickets_by_owner_status_type_last_activity_at;
DROP INDEX IF EXISTS tickets_by_status_type_last_activity_at;
DROP INDEX IF EXISTS tickets_by_status_type_due_at;
DROP INDEX IF EXISTS tickets_by_status_type_is_escalated_last_activity_at;
DROP INDEX IF EXISTS tickets_by_status_type_priority_last_activity_at;
