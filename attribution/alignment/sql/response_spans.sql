-- response_spans: a view with one row per row of delivery_periods: the business time from the
-- delivery until the first activity of sales (us). If there was none, us is the time up to the end
-- of the window, and is_event is false.
CREATE VIEW response_spans AS
SELECT period_key, owner, channel, COALESCE(response_time_us, watched_us) AS us, response_time_us IS NOT NULL AS is_event
FROM delivery_periods
