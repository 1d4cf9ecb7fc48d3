-- No touch of a journey is excluded, after the anchor (or its day, where it has no time), or before the look-back.
SELECT t.conversion_key, t.touch_key
FROM own_touches AS t
INNER JOIN conversions AS c ON c.conversion_key = t.conversion_key
INNER JOIN touch_facts AS f ON f.touch_key = t.touch_key
WHERE f.excluded_reason IS NOT NULL OR f.occurred_us > c.anchor_until_us OR f.occurred_us < c.window_start_us
