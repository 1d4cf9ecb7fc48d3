-- valued: one row per row of credit: the owner of the opportunity, or of the newest lead of the
-- person that converted.
CREATE VIEW valued AS
WITH owners AS (
    SELECT ids.person_id, ARG_MAX(leads.owner, (EPOCH_US(leads.created_at), leads.lead_id)) AS owner
    FROM leads
    INNER JOIN person_ids AS ids ON ids.id = leads.lead_id AND ids.kind = 'lead'
    WHERE leads.owner IS NOT NULL
    GROUP BY ids.person_id
)
SELECT
    CASE WHEN credit.touch_id IS NULL THEN '(unattributed)' ELSE COALESCE(opportunities.owner, owners.owner, '(none)') END AS value,
    credit.*
FROM credit
LEFT JOIN opportunities ON opportunities.opportunity_id = credit.opportunity_id
LEFT JOIN owners ON owners.person_id = credit.person_id
