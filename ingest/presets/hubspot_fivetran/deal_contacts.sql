-- One row per deal and contact: the people of a deal. If a deal was merged, HubSpot gives its
-- contacts to the remaining deal.
WITH merged AS (
    SELECT merged_deal_id AS deal_id
    FROM merged_deal
    WHERE merged_deal_id <> deal_id
    UNION
    SELECT gone.id
    FROM deal AS d, UNNEST(STRING_SPLIT_REGEX(d.property_hs_merged_object_ids, '[;,\s]+')) AS gone (id)
    WHERE d.property_hs_merged_object_ids IS NOT NULL AND gone.id NOT IN ('', d.deal_id)
)
SELECT DISTINCT ON (deal_id, contact_id) deal_id AS opportunity_id, contact_id, _file, _line
FROM deal_contact
WHERE deal_id NOT IN (SELECT deal_id FROM merged WHERE deal_id IS NOT NULL)
ORDER BY deal_id, contact_id, _file, _line
