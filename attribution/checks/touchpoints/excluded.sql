-- grain: touch_id
-- message: {touchpoint is|touchpoints are} excluded from journeys
-- severity: info
-- remedy: look up the reason in tables/touch_facts.parquet
SELECT touch_id AS key, 1 AS n
FROM touch_facts
WHERE excluded_reason IS NOT NULL
