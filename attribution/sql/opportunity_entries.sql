-- opportunity_entries: one row per opportunity that reverses no other, stage of opportunities (its
-- position in the funnel), and instant at which the opportunity entered it: by its creation, by its
-- win, or by a row of stage_history. Of a date without a time, from_us and until_us are the bounds
-- of the day; otherwise both are entered_us.
CREATE TABLE opportunity_entries AS
SELECT o.opportunity_key, s.position, o.created_us AS entered_us, o.created_from_us AS from_us, o.created_us AS until_us
FROM opportunity_facts AS o
INNER JOIN funnel_stages AS s ON s.entered_at = 'created'
WHERE o.reverses_opportunity_id IS NULL AND o.created_us IS NOT NULL
UNION
SELECT o.opportunity_key, s.position, o.won_us, o.won_from_us, o.won_until_us
FROM opportunity_facts AS o
INNER JOIN funnel_stages AS s ON s.entered_at = 'won'
WHERE o.reverses_opportunity_id IS NULL AND o.is_won
UNION
SELECT o.opportunity_key, s.position, m.entered_us, m.entered_us, m.until_us
FROM stage_moves AS m
INNER JOIN opportunity_facts AS o ON o.opportunity_id = m.opportunity_id
INNER JOIN funnel_stages AS s ON s.position = m.position AND s.unit = 'opportunity' AND s.entered_at IS NULL
WHERE o.reverses_opportunity_id IS NULL
