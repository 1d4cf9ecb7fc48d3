-- journeys: one row per counted conversion: the conversion whose journey it uses (its own; for a
-- reversal, that of the reversed opportunity), how many touchpoints the journey has, in total and
-- by match method, by which path of the buying group they came, and the channel and campaign of the
-- first one. Without touchpoints it has the first reason of docs/reference/journeys.md that
-- applies. Go builds the journeys (build_journey.go) and stores them in built_journeys.
CREATE VIEW journeys AS
SELECT
    j.conversion_key, j.source_key, j.touches, s.path, j.reason, j.first_channel_key, j.first_campaign_key,
    j.by_role, j.by_contact_account, j.by_lead_account, j.by_email_domain, j.by_person, j.by_account_touch
FROM built_journeys AS j
LEFT JOIN group_steps AS s ON s.step = j.step
