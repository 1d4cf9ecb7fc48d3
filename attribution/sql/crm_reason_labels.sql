-- crm_reason_labels: one row per figure of the CRM and reason for a difference from the primary
-- model: the rank of the reason (the first that applies is given), and its text.
CREATE TABLE crm_reason_labels AS
WITH reasons AS (
    SELECT *
    FROM (VALUES
        (1, 'amount_missing', 'The opportunity has no amount', NULL, NULL),
        (2, 'same', 'Same amount', NULL, NULL),
        (3, 'rounding', 'Rounding: at most 0.01 % of the opportunity', NULL, NULL),
        (4, 'other_weights', 'Both credit it, with other shares', NULL, NULL),
        (5, 'no_weight_in_model', 'In the journey, but the model gives it no weight', NULL, NULL),
        (6, 'touch_not_a_response', 'Its touchpoints are no responses (sent, invited)', NULL, NULL),
        (7, 'touch_excluded', 'Its touchpoints are excluded', NULL, NULL),
        (8, 'after_conversion', 'Its touchpoints came after the conversion', NULL, NULL),
        (9, 'before_lookback', 'Its touchpoints came before the look-back', NULL, NULL),
        (10, 'role_missing', 'Only people without a role touched it', NULL, NULL),
        (11, 'other_people', 'Only people outside of the account touched it', NULL, NULL),
        (12, 'no_touches', 'It has no touchpoint in the input', NULL, NULL),
        (13, 'unattributed', 'No touchpoint earns it', NULL, NULL),
        (14, 'nothing_in_crm', 'The CRM names no campaign for the opportunity', NULL, 'The CRM has no lead source for the opportunity'),
        (15, 'crm_share_zero', 'The CRM names it with 0 %', NULL, NULL),
        (16, 'no_campaign', 'Touchpoints without a campaign', NULL, 'Touchpoints without a channel'),
        (17, 'not_in_crm', 'The CRM has no row for it', 'The CRM names another primary campaign', 'The CRM has another lead source')
    ) AS v(position, reason, label, primary_label, source_label)
)
SELECT f.crm_figure, r.position, r.reason, COALESCE(CASE f.crm_figure WHEN 'primary_campaign' THEN r.primary_label WHEN 'lead_source' THEN r.source_label END, r.label) AS label
FROM reasons AS r
CROSS JOIN (VALUES ('influence'), ('primary_campaign'), ('lead_source')) AS f(crm_figure)
