-- journeys: one row per counted conversion: the conversion whose journey it uses (its own, but for
-- a reversal), how many touches that has, by which path of the buying group they came and how many
-- by each match method, the channel and the campaign of the first one, or, without any touch, the first reason of
-- docs/reference/journeys.md that applies. Go builds journeys (build_journey.go); built_journeys is what it says
-- of them.
CREATE VIEW journeys AS
SELECT
    j.conversion_key, j.source_key, j.touches, s.path, j.reason, j.first_channel_key, j.first_campaign_key,
    j.by_role, j.by_contact_account, j.by_lead_account, j.by_email_domain, j.by_person, j.by_account_touch
FROM built_journeys AS j
LEFT JOIN group_steps AS s ON s.step = j.step
