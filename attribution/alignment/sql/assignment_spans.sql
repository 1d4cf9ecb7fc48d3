-- assignment_spans: one row per row of delivery_periods: the business time from the delivery until
-- somebody was named its owner or, where nobody was, the end of the window (is_event is false).
CREATE VIEW assignment_spans AS
SELECT period_key, owner, channel, COALESCE(assignment_us, watched_us) AS us, assignment_us IS NOT NULL AS is_event
FROM delivery_periods
