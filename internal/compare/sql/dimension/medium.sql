-- valued: one row per row of credit: the medium that the touchpoint names.
CREATE VIEW valued AS
SELECT CASE WHEN credit.touch_id IS NULL THEN '(unattributed)' ELSE COALESCE(touchpoints.medium, '(none)') END AS value, credit.*
FROM credit
LEFT JOIN touchpoints ON touchpoints.touch_id = credit.touch_id
