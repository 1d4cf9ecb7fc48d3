-- Measures which shares of people, accounts and opportunities are connected, the amount of every
-- opportunity, and costs by day. {recorded} selects the people with a record, {grouped} the
-- opportunities that have someone in their buying group.
SELECT 'share', 'touchpoints', NULL, 'with_person', NULL, COALESCE(SUM(CASE WHEN is_recorded THEN touches END), 0), COALESCE(SUM(touches), 0), NULL
FROM touch_persons
UNION ALL
SELECT 'share', 'contacts', NULL, 'person_with_account', NULL, COUNT(p.account_id), COUNT(*), NULL
FROM people AS p INNER JOIN ({recorded}) AS r ON r.person_key = p.person_key
UNION ALL
SELECT 'share', 'opportunities', NULL, 'with_people', NULL, COUNT(g.opportunity_key), COUNT(*), NULL
FROM opportunity_facts AS o LEFT JOIN ({grouped}) AS g ON g.opportunity_key = o.opportunity_key
UNION ALL
SELECT 'share', 'costs', NULL, 'with_touches', NULL,
    CAST(COALESCE(SUM(CASE WHEN t.met THEN d.micros END), 0) // 1000000 AS BIGINT), CAST(COALESCE(SUM(d.micros), 0) // 1000000 AS BIGINT), SUM(d.micros)
FROM (SELECT campaign_key, channel_key, SUM(micros) AS micros FROM cost_days GROUP BY campaign_key, channel_key) AS d
LEFT JOIN (
    SELECT campaign_key, channel_key, TRUE AS met FROM touch_groups WHERE campaign_key > 0 GROUP BY campaign_key, channel_key
    UNION SELECT 0, channel_key, TRUE FROM touch_groups GROUP BY channel_key
) AS t ON t.campaign_key = d.campaign_key AND t.channel_key = d.channel_key
HAVING COUNT(*) > 0
UNION ALL
SELECT 'deal', 'opportunities', NULL, o.opportunity_id, CASE WHEN w.is_counted THEN STRFTIME(w.anchor_day, '%Y-%m') END, 1, NULL,
    CAST(COALESCE(w.value_minor, p.value_minor, 0) AS HUGEINT) * 1000000 // g.minor_per_unit
FROM opportunity_facts AS o
CROSS JOIN settings AS g
LEFT JOIN conversions AS w ON w.opportunity_key = o.opportunity_key AND w.conversion_type = 1
LEFT JOIN conversions AS p ON p.opportunity_key = o.opportunity_key AND p.conversion_type = 0
UNION ALL
SELECT 'cost_day', 'costs', NULL, NULL, CAST(day AS VARCHAR), COUNT(*), NULL, SUM(micros) FROM cost_days GROUP BY day
