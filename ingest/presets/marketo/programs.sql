-- One row per program and version: campaigns.
SELECT
    id AS campaign_id, name, channel, LEFT(start_date, 10) AS starts_on, LEFT(end_date, 10) AS ends_on,
    updated_at, _file, _line
FROM program
