-- person_bant: one row per person of the reports with a record in leads: the answers of its leads
-- on budget, authority, need and timeframe. If the leads differ, the best answer counts: 2 is yes,
-- 1 no, 0 unknown. Any other word is unknown.
CREATE TABLE person_bant AS
WITH answers AS (
    SELECT
        words.word,
        CASE WHEN words.plain IN ('yes', 'true', '1') THEN 2 WHEN words.plain IN ('no', 'false', '0') THEN 1 ELSE 0 END AS answer
    FROM words
    WHERE words.kind = 'bant'
)
SELECT
    nodes.person_key,
    MAX(COALESCE(budget.answer, 0)) AS budget,
    MAX(COALESCE(authority.answer, 0)) AS authority,
    MAX(COALESCE(need.answer, 0)) AS need,
    MAX(COALESCE(timeframe.answer, 0)) AS timeframe
FROM leads
INNER JOIN node_persons AS nodes ON nodes.id = leads.lead_id AND nodes.kind = 1
SEMI JOIN person_labels AS reported ON reported.person_key = nodes.person_key
LEFT JOIN answers AS budget ON budget.word = leads.bant_budget
LEFT JOIN answers AS authority ON authority.word = leads.bant_authority
LEFT JOIN answers AS need ON need.word = leads.bant_need
LEFT JOIN answers AS timeframe ON timeframe.word = leads.bant_timeframe
GROUP BY nodes.person_key
