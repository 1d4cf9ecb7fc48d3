-- One row per contact that was merged into another one: both are the same person. The log of merges
-- is preferred to the list of merged ids of the remaining contact.
WITH links AS (
    SELECT vid_to_merge AS from_id, canonical_vid AS to_id, 1 AS rank, _file, _line
    FROM contact_merge_audit
    UNION ALL
    SELECT merged.id, c.id, 2, c._file, c._line
    FROM contact AS c, UNNEST(STRING_SPLIT_REGEX(c.property_hs_merged_object_ids, '[;,\s]+')) AS merged (id)
    WHERE c.property_hs_merged_object_ids IS NOT NULL
)
SELECT from_id, to_id, 'contact' AS kind, 'contact' AS to_kind, _file, _line
FROM links
WHERE from_id <> '' AND from_id <> to_id
QUALIFY ROW_NUMBER() OVER (PARTITION BY LEAST(from_id, to_id), GREATEST(from_id, to_id) ORDER BY rank, _file DESC, _line DESC) = 1
