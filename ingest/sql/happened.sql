-- One row per instant at which something happened according to the data, without touchpoints and
-- closes of opportunities.
SELECT 'activities' AS table_name, 'occurred_at' AS column_name, occurred_at AS happened_at, file_number, line FROM raw_activities
UNION ALL SELECT 'stage_history', 'entered_at', entered_at, file_number, line FROM raw_stage_history
UNION ALL SELECT 'leads', 'created_at', created_at, file_number, line FROM raw_leads
UNION ALL SELECT 'contacts', 'created_at', created_at, file_number, line FROM raw_contacts
UNION ALL SELECT 'opportunities', 'created_at', created_at, file_number, line FROM raw_opportunities
