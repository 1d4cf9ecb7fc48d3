-- calendar_spans: one row per stretch of time without a beginning or end of a period inside. The
-- first stretch begins at the earliest instant that exists. from_us belongs to the stretch, to_us
-- does not.
CREATE TABLE calendar_spans AS
WITH bounds AS (
    SELECT CAST(-9223372036854775808 AS BIGINT) AS us
    UNION SELECT from_us FROM calendar_periods
    UNION SELECT to_us FROM calendar_periods WHERE to_us < 9223372036854775807
)
SELECT
    CAST(ROW_NUMBER() OVER (ORDER BY us) AS INTEGER) AS span_key, us AS from_us,
    COALESCE(LEAD(us) OVER (ORDER BY us), 9223372036854775807) AS to_us
FROM bounds
