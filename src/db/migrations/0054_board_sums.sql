-- The index of the board carries its sums now, under a longer name.
DROP INDEX IF EXISTS crm_deals_by_pipeline_stage_updated_at;
