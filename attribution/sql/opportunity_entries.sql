-- opportunity_entries: one row per opportunity that reverses no other, stage of opportunities (its position in the funnel) and
-- instant at which the opportunity entered it: when it was created, when it was won, or as stage_history says.
CREATE TABLE opportunity_entries AS
SELECT o.opportunity_key, s.position, o.created_us AS entered_us
FROM opportunity_facts AS o
INNER JOIN funnel_stages AS s ON s.entered_at = 'created'
WHERE o.reverses_opportunity_id IS NULL
UNION
SELECT o.opportunity_key, s.position, o.won_us
FROM opportunity_facts AS o
INNER JOIN funnel_stages AS s ON s.entered_at = 'won'
WHERE o.reverses_opportunity_id IS NULL AND o.is_won
UNION
SELECT o.opportunity_key, s.position, {{micros "h.entered_at"}}
FROM stage_history AS h
INNER JOIN opportunity_facts AS o ON o.opportunity_id = h.entity_id
INNER JOIN words AS w ON w.kind = 'stage' AND w.word = h.stage
INNER JOIN funnel_stages AS s ON s.position = w.stage_position AND s.unit = 'opportunity' AND s.entered_at IS NULL
WHERE h.entity_type = 'opportunity' AND o.reverses_opportunity_id IS NULL
