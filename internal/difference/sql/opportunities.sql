-- One row per opportunity: those that changed most, with their causes and amounts. {changed} is the
-- query for all changed opportunities. The parameter is the number of rows.
SELECT
    d.opportunity_id, CAST(d.moved AS VARCHAR),
    (SELECT STRING_AGG(CAST(k.cause AS VARCHAR), ' ' ORDER BY k.cause) FROM (SELECT DISTINCT cause FROM changes WHERE opportunity_id = d.opportunity_id) AS k),
    CAST((SELECT COALESCE(SUM(minor), 0) FROM before WHERE opportunity_id = d.opportunity_id AND conversion_type = 'revenue') AS VARCHAR),
    CAST((SELECT COALESCE(SUM(minor), 0) FROM after WHERE opportunity_id = d.opportunity_id AND conversion_type = 'revenue') AS VARCHAR),
    CAST((SELECT COALESCE(SUM(minor), 0) FROM before WHERE opportunity_id = d.opportunity_id AND conversion_type = 'pipeline') AS VARCHAR),
    CAST((SELECT COALESCE(SUM(minor), 0) FROM after WHERE opportunity_id = d.opportunity_id AND conversion_type = 'pipeline') AS VARCHAR)
FROM ({changed} ORDER BY weight DESC, opportunity_id LIMIT ?) AS d
ORDER BY d.weight DESC, d.opportunity_id
