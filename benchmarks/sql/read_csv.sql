-- One row per line of the touch file. DuckDB's own reader, with the dialect and the columns given,
-- makes a table with typed times of it. It says nothing about bad lines, duplicates or references.
CREATE TEMP TABLE touch AS
SELECT * REPLACE (TRY_CAST(occurred_at AS TIMESTAMPTZ) AS occurred_at, TRY_CAST(updated_at AS TIMESTAMPTZ) AS updated_at)
FROM read_csv('{in}/touchpoints.csv', auto_detect = FALSE, header = TRUE, delim = ',', quote = '"', escape = '"', strict_mode = FALSE, columns = {
    'touch_id': 'VARCHAR', 'occurred_at': 'VARCHAR', 'contact_id': 'VARCHAR', 'lead_id': 'VARCHAR', 'email': 'VARCHAR', 'anonymous_id': 'VARCHAR',
    'channel': 'VARCHAR', 'campaign_id': 'VARCHAR', 'touch_type': 'VARCHAR', 'asset': 'VARCHAR', 'source': 'VARCHAR', 'medium': 'VARCHAR',
    'status': 'VARCHAR', 'updated_at': 'VARCHAR'});
SELECT count(*) FROM touch;
