-- deliveries: one row per delivery: its outcome, its owner, the channel of the first touchpoint of
-- its journey and the campaign of the last one (-1: none), and how long assignment and response
-- took in business time, in microseconds. Both are NULL if they did not happen in the window;
-- watched_us is the business time of the whole window. is_due: sales responded, or the window is
-- longer than the agreed time for a response.
CREATE TABLE deliveries AS
SELECT
    windows.delivery_key, windows.person_key, windows.place, windows.next_place, windows.delivered_us, windows.from_us, windows.window_end_us,
    windows.outcome, windows.outcome NOT IN ('open', 'superseded') AS is_settled, windows.outcome_us, windows.is_late, windows.is_implied, windows.reason,
    windows.owner,
    COALESCE(touches.channel_key, -1) AS channel_key, COALESCE(touches.campaign_key, -1) AS campaign_key,
    windows.assigned_us, windows.response_us,
    ends.worked_us - starts.worked_us AS watched_us,
    assigned.worked_us - starts.worked_us AS assignment_us,
    responded.worked_us - starts.worked_us AS response_time_us,
    windows.response_us IS NOT NULL OR ends.worked_us - starts.worked_us > level.first_response_us AS is_due,
    COALESCE(responded.worked_us - starts.worked_us <= level.first_response_us, FALSE) AS is_within_level,
    ends.worked_us - starts.worked_us > level.assignment_us AND NOT windows.is_owned_from_start
        AND COALESCE(assigned.worked_us - starts.worked_us > level.assignment_us, TRUE) AS is_unowned,
    windows.is_too_early
FROM delivery_windows AS windows
CROSS JOIN handoff_settings AS level
LEFT JOIN delivery_touches AS touches ON touches.delivery_key = windows.delivery_key
INNER JOIN business_clock AS starts ON starts.us = windows.delivered_us
INNER JOIN business_clock AS ends ON ends.us = windows.window_end_us
LEFT JOIN business_clock AS assigned ON assigned.us = windows.assigned_us
LEFT JOIN business_clock AS responded ON responded.us = windows.response_us
