-- One row per deal: opportunities. If there are several pipelines, the export writes the pipeline
-- after the stage, as in Closed won (Sales Pipeline).
WITH merged AS (
    SELECT gone.id
    FROM deal, UNNEST(STRING_SPLIT_REGEX(COALESCE("Merged record IDs", "Merged Deal IDs"), '[;,\s]+')) AS gone (id)
    WHERE gone.id NOT IN ('', COALESCE("Record ID", "Record ID - Deal", "Deal ID"))
)
SELECT
    COALESCE("Record ID", "Record ID - Deal", "Deal ID") AS opportunity_id,
    COALESCE("Associated Company IDs (Primary)", "Primary Associated Company ID", NULLIF(STRING_SPLIT_REGEX("Associated Company IDs", '[;,\s]+')[1], '')) AS account_id,
    "Deal Name" AS name, "Create Date" AS created_at, "Close Date" AS closed_at,
    CASE
        WHEN Pipeline IS NOT NULL AND ENDS_WITH("Deal Stage", ' (' || Pipeline || ')')
            THEN LEFT("Deal Stage", LENGTH("Deal Stage") - LENGTH(Pipeline) - 3)
        ELSE "Deal Stage"
    END AS stage,
    LOWER("Is Closed Won") AS is_won, LOWER("Is Deal Closed?") AS is_closed, Amount AS amount,
    Currency AS currency, "Deal Type" AS opportunity_type, "Deal owner" AS owner,
    "Closed Lost Reason" AS loss_reason, "Last Modified Date" AS updated_at, _file, _line
FROM deal
WHERE COALESCE("Record ID", "Record ID - Deal", "Deal ID") NOT IN (SELECT id FROM merged)
