-- opportunity_bant: one row per closed opportunity of the reports: the best answers of all leads of
-- its buying group on budget, authority, need and timeframe. 2 is yes, 1 no, 0 unknown.
CREATE TABLE opportunity_bant AS
SELECT
    opportunities.opportunity_key, opportunities.opportunity_type, opportunities.outcome, opportunities.closed_us,
    COALESCE(amounts.value_minor, 0) AS value_minor,
    COALESCE(MAX(bant.budget), 0) AS budget,
    COALESCE(MAX(bant.authority), 0) AS authority,
    COALESCE(MAX(bant.need), 0) AS need,
    COALESCE(MAX(bant.timeframe), 0) AS timeframe
FROM opportunity_labels AS opportunities
LEFT JOIN close_values AS amounts ON amounts.opportunity_key = opportunities.opportunity_key
LEFT JOIN group_members AS members ON members.opportunity_key = opportunities.opportunity_key
LEFT JOIN person_bant AS bant ON bant.person_key = members.person_key
WHERE opportunities.outcome IS NOT NULL AND opportunities.closed_us IS NOT NULL
GROUP BY
    opportunities.opportunity_key, opportunities.opportunity_type, opportunities.outcome, opportunities.closed_us,
    amounts.value_minor
