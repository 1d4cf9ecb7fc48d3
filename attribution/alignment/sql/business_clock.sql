-- business_clock: one row per instant of the handoff, with the business time from the first
-- business day up to it. The business time between two instants is the difference of the two.
CREATE TABLE business_clock AS
WITH instants AS (
    SELECT delivered_us AS us FROM delivery_windows
    UNION SELECT window_end_us FROM delivery_windows
    UNION SELECT assigned_us FROM delivery_windows WHERE assigned_us IS NOT NULL
    UNION SELECT response_us FROM delivery_windows WHERE response_us IS NOT NULL
)
SELECT instants.us, COALESCE(days.worked_before_us + LEAST(instants.us, days.close_us) - days.open_us, 0) AS worked_us
FROM instants
ASOF LEFT JOIN business_days AS days ON instants.us >= days.open_us
