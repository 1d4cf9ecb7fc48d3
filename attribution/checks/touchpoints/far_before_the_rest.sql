-- "Almost all others" begin at the first percentile of the times; of fewer than 200 touchpoints, at
-- the second one.
-- grain: touch_id
-- message: {touchpoint is|touchpoints are} more than 366 days before almost all others
-- severity: warning
-- remedy: check {its date|their dates}
SELECT touch_id AS key, 1 AS n
FROM touch_facts
WHERE occurred_us < (SELECT usual_from_us FROM touch_totals) - 366 * CAST(86400000000 AS BIGINT)
