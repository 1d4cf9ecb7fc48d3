-- deal_outcomes: one row per opportunity of the reports that is open or closed by as-of. It has the
-- outcome (won, lost or open), the amount of close_values, and the dimensions of reports: segment,
-- competitor, reason of the loss, persona of the primary contact, and band of deal size. end_us is
-- the close, or as-of if the opportunity is open. touches and first_us describe its journey to
-- end_us. earliest_us is the first touchpoint at or before its creation, without a look-back
-- window. lead_us is when the first person of its buying group (group_members) became a lead. A
-- loss without a date has no end_us and belongs to no period.
CREATE TABLE deal_outcomes AS
WITH lead_moments AS (
    SELECT members.opportunity_key, MIN(people.lead_at_us) AS lead_us
    FROM group_members AS members
    INNER JOIN people ON people.person_key = members.person_key AND people.excluded_reason IS NULL
    CROSS JOIN settings
    WHERE people.lead_from_us <= settings.as_of_us
    GROUP BY members.opportunity_key
)
SELECT
    closes.opportunity_key,
    labels.opportunity_type,
    closes.outcome,
    closes.created_us,
    closes.closed_us,
    closes.end_us,
    amounts.value_minor,
    labels.segment,
    COALESCE(opportunities.competitor, '(none)') AS competitor,
    COALESCE(opportunities.loss_reason, '(none)') AS loss_reason,
    COALESCE(personas.persona, '(none)') AS persona,
    COALESCE(bands.band, '(none)') AS deal_size,
    COALESCE(bands.position, 0) AS deal_size_position,
    journeys.touches,
    journeys.first_us,
    journeys.earliest_us,
    lead_moments.lead_us
FROM opportunity_closes AS closes
INNER JOIN opportunity_labels AS labels ON labels.opportunity_key = closes.opportunity_key
INNER JOIN opportunities ON opportunities.opportunity_id = labels.opportunity_id
INNER JOIN close_values AS amounts ON amounts.opportunity_key = closes.opportunity_key
INNER JOIN close_journeys AS journeys ON journeys.opportunity_key = closes.opportunity_key
LEFT JOIN opportunity_personas AS personas ON personas.opportunity_id = labels.opportunity_id
LEFT JOIN lead_moments ON lead_moments.opportunity_key = closes.opportunity_key
LEFT JOIN deal_size_bands AS bands
    ON (bands.from_minor IS NULL OR amounts.value_minor >= bands.from_minor)
    AND (bands.below_minor IS NULL OR amounts.value_minor < bands.below_minor)
