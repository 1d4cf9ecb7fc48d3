-- grain: campaign_id
-- message: {campaign has|campaigns have} expected_leads and not both dates, so {it is|they are} in
--   no plan
-- severity: warning
-- remedy: fill in starts_on and ends_on
SELECT campaign_id AS key, 1 AS n FROM campaigns WHERE expected_leads > 0 AND (starts_on IS NULL OR ends_on IS NULL)
