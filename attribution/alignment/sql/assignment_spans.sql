-- assignment_spans: a view with one row per row of delivery_periods: the business time from the
-- delivery until the person had an owner (us). If nobody was named, us is the time up to the end of
-- the window, and is_event is false.
CREATE VIEW assignment_spans AS
SELECT period_key, owner, channel, COALESCE(assignment_us, watched_us) AS us, assignment_us IS NOT NULL AS is_event
FROM delivery_periods
