-- One row per lead that was merged into another one, and per lead with a lead of Salesforce: both
-- are the same person. Of several merges of the same two leads the last counts.
WITH links AS (
    SELECT loser.id AS from_id, m.lead_id AS to_id, m.activity_date, m._file, m._line
    FROM merge AS m, UNNEST(REGEXP_EXTRACT_ALL(m.merge_ids, '[0-9]+')) AS loser (id)
    UNION ALL
    SELECT id, sfdc_lead_id, NULL, _file, _line
    FROM lead
    WHERE sfdc_lead_id IS NOT NULL
)
SELECT from_id, to_id, 'lead' AS kind, 'lead' AS to_kind, _file, _line
FROM links
WHERE from_id <> to_id
QUALIFY ROW_NUMBER() OVER (
    PARTITION BY LEAST(from_id, to_id), GREATEST(from_id, to_id)
    ORDER BY activity_date DESC NULLS LAST, _file DESC, _line DESC
) = 1
