-- One row per row of the history of an asked person, the newest first.
SELECT a.place, h.entered_at, h.stage, COALESCE(h.department, ''), COALESCE(h.owner, ''), COALESCE(h.reason, ''), h.is_edit, h.is_implied
FROM asked AS a
INNER JOIN person_history AS h ON h.person_id = a.person_id
ORDER BY a.place, h.place DESC
