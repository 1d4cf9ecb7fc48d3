-- grain: crm_figure, conversion_type, opportunity_type, campaign_id, channel, reason
-- The report crm_attribution added up by campaign (of lead_source by channel) and reason. The reason
-- `(all)` is the sum of the others, and the campaign and channel `(all)` the sum of the others: sum
-- rows of one kind, never across kinds.
-- columns:
--   crm_figure | text | what the CRM says: `influence`, `primary_campaign` or `lead_source`
--   conversion_type | text | `pipeline`: every opportunity, by its creation; `revenue`: won ones
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   opportunity_type | text | new_business, expansion, renewal or other
--   model | text | the primary model
--   currency | text | the reporting currency
--   campaign_id | text | the campaign, `(none)` or `(unattributed)`. `(all)`: over all, and of
--     lead_source always
--   campaign_name | text | its name
--   channel | text | the campaign's own channel; of lead_source the channel that is compared. `(all)`:
--     over all
--   reason | text | why CRM and model differ: see docs/crm_attribution.md. `(all)`: the sum of all reasons
--   reason_label | text | the same in words
--   opportunities | opportunities | opportunities with a row of this kind in crm_attribution, each once
--   crm_amount | money | what the CRM gives
--   amount | money | credit of the primary model
--   difference | money | `amount` - `crm_amount`
SELECT
    rows_compared.crm_figure,
    rows_compared.conversion_type,
    MIN(rows_compared.period_start) AS period_start,
    MIN(rows_compared.period_end) AS period_end,
    rows_compared.opportunity_type,
    MIN(rows_compared.model) AS model,
    MIN(rows_compared.currency) AS currency,
    COALESCE(rows_compared.campaign_id, '(all)') AS campaign_id,
    CASE WHEN GROUPING(rows_compared.campaign_id) = 0 THEN MIN(rows_compared.campaign_name) END AS campaign_name,
    COALESCE(rows_compared.channel, '(all)') AS channel,
    COALESCE(rows_compared.reason, '(all)') AS reason,
    CASE WHEN GROUPING(rows_compared.reason) = 0 THEN MIN(rows_compared.reason_label) ELSE 'All reasons' END AS reason_label,
    COUNT(DISTINCT rows_compared.opportunity_id) AS opportunities,
    COALESCE(SUM(rows_compared.crm_amount), 0) AS crm_amount,
    COALESCE(SUM(rows_compared.amount), 0) AS amount,
    COALESCE(SUM(rows_compared.difference), 0) AS difference
FROM report_crm_attribution AS rows_compared
GROUP BY GROUPING SETS (
    (rows_compared.crm_figure, rows_compared.conversion_type, rows_compared.opportunity_type),
    (rows_compared.crm_figure, rows_compared.conversion_type, rows_compared.opportunity_type, rows_compared.reason),
    (rows_compared.crm_figure, rows_compared.conversion_type, rows_compared.opportunity_type, rows_compared.campaign_id, rows_compared.channel),
    (rows_compared.crm_figure, rows_compared.conversion_type, rows_compared.opportunity_type, rows_compared.campaign_id, rows_compared.channel, rows_compared.reason)
)
ORDER BY
    rows_compared.crm_figure, rows_compared.conversion_type, rows_compared.opportunity_type,
    GROUPING(rows_compared.channel) DESC, rows_compared.campaign_id, rows_compared.channel,
    GROUPING(rows_compared.reason) DESC, rows_compared.reason
