-- person_opportunities: one row per person and opportunity of the reports in which the person has a
-- role. An opportunity whose creation is a date without a time, on the day of as-of, counts as
-- created by then. This is a table so that no query joins people to opportunities by time alone,
-- which would be slow.
CREATE TABLE person_opportunities AS
SELECT DISTINCT
    roles.person_key, opportunities.opportunity_key, opportunities.opportunity_type,
    CASE WHEN opportunities.created_us > settings.as_of_us THEN settings.as_of_us ELSE opportunities.created_us END AS created_us, opportunities.outcome
FROM role_persons AS roles
INNER JOIN opportunity_labels AS opportunities ON opportunities.opportunity_id = roles.opportunity_id
CROSS JOIN settings
