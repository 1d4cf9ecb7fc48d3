-- One row per record (lead or contact) of an asked person, the newest first.
WITH records AS (
    SELECT
        a.place, 'lead' AS kind, l.lead_id AS id, l.email, l.account_id, l.created_at, l.created_at_span_us > 0 AS is_day, NULL AS persona,
        l.owner, l.source, l.fit_grade, l.interest_score_micros, l.bant_budget, l.bant_authority, l.bant_need, l.bant_timeframe, l.sales_rating, l.self_reported_source
    FROM asked AS a
    INNER JOIN person_ids AS i ON i.person_id = a.person_id AND i.kind = 'lead'
    INNER JOIN leads AS l ON l.lead_id = i.id
    UNION ALL
    SELECT
        a.place, 'contact', c.contact_id, c.email, c.account_id, c.created_at, c.created_at_span_us > 0, c.persona,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM asked AS a
    INNER JOIN person_ids AS i ON i.person_id = a.person_id AND i.kind = 'contact'
    INNER JOIN contacts AS c ON c.contact_id = i.id
)
SELECT
    place, kind, id, COALESCE(email, ''), COALESCE(account_id, ''), created_at, COALESCE(is_day, FALSE), COALESCE(persona, ''),
    COALESCE(owner, ''), COALESCE(source, ''), COALESCE(fit_grade, ''), interest_score_micros,
    COALESCE(bant_budget, ''), COALESCE(bant_authority, ''), COALESCE(bant_need, ''), COALESCE(bant_timeframe, ''), COALESCE(sales_rating, ''),
    COALESCE(self_reported_source, '')
FROM records
ORDER BY place, created_at DESC NULLS LAST, id DESC, kind
