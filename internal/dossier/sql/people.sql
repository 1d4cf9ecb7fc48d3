-- One row per asked person: its account, and where it stands.
SELECT
    a.place, p.person_id, COALESCE(p.excluded_reason, ''), p.lead_at, p.lead_from IS DISTINCT FROM p.lead_until,
    COALESCE(p.account_id, ''), COALESCE(c.name, ''), COALESCE(c.domain, ''), COALESCE(c.segment, ''), COALESCE(c.industry, ''),
    COALESCE(p.match_method, ''),
    COALESCE(s.stage, ''), COALESCE(s.department, ''), s.since, s.left_at, COALESCE(s.exit, '')
FROM asked AS a
INNER JOIN people AS p ON p.person_id = a.person_id
LEFT JOIN accounts AS c ON c.account_id = p.account_id
LEFT JOIN standings AS s ON s.person_id = a.person_id
ORDER BY a.place
