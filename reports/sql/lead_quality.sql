-- grain: basis, period_start, period_end, model, campaign_id
-- What sales makes of the leads of each campaign: its ratings, and which share of the people it sent
-- back. A lead belongs to the campaigns that are credited with it, each to its share: a lead with
-- half of its credit counts as half a lead.
-- shows: campaign_id, leads, rated_leads, mean_rating, settled_leads, sent_back_rate,
--   sent_back_low, sent_back_high, rejected_leads, recycled_leads, people, small_sample
-- bar: leads
-- columns:
--   basis | text | always `cohort`: people who became a lead in the reporting period
--   period_start | day | the reporting period
--   period_end | day | the reporting period
--   model | text | the primary model: the shares of campaigns in a lead
--   campaign_id | text | the campaign; `(none)`: touchpoints without one; `(unattributed)`: leads
--     that no touchpoint earned; `(all)`: all leads
--   campaign_name | text | its name
--   people | persons | people with credit for the campaign
--   leads | units | credited leads: the sum of the shares. Over all campaigns, `(none)` and
--     `(unattributed)` they are the leads of the period
--   rated_leads | units | of `leads`, those with a rating: a number in `sales_rating`, or a word with
--     a number in `quality.ratings`. Of several leads of a person the one created last counts
--   mean_rating | rating | mean of the ratings, weighted by the shares; empty without a rating
--   settled_leads | units | of `leads`, people with a delivery that is settled: neither open nor
--     superseded
--   rejected_leads | units | of these, people whose last settled delivery was rejected
--   recycled_leads | units | of these, people whose last settled delivery was recycled
--   sent_back_rate | rate | (`rejected_leads` + `recycled_leads`) / `settled_leads`. Less is better
--   sent_back_low | rate | lower end of its 95 % interval (Wilson), with `settled_leads` as n
--   sent_back_high | rate | upper end
--   small_sample | true/false | `settled_leads` is below 30: read the interval, not the rate
WITH last_settled AS (
    SELECT person_key, ARG_MAX(outcome, delivery_key) AS outcome
    FROM deliveries
    WHERE is_settled
    GROUP BY person_key
),
weighted AS (
    SELECT
        credit.campaign_key, credit.person_key, CAST(credit.millionths AS HUGEINT) AS millionths, quality.rating_micros, last_settled.outcome
    FROM lead_credit AS credit
    SEMI JOIN person_labels AS reported ON reported.person_key = credit.person_key
    LEFT JOIN person_quality AS quality ON quality.person_key = credit.person_key
    LEFT JOIN last_settled ON last_settled.person_key = credit.person_key
),
counted AS (
    SELECT
        campaign_key, GROUPING(campaign_key) AS is_total, COUNT(DISTINCT person_key) AS people, SUM(millionths) AS leads,
        COALESCE(SUM(millionths) FILTER (WHERE rating_micros IS NOT NULL), 0) AS rated,
        COALESCE(SUM(millionths * rating_micros), 0) AS ratings,
        COALESCE(SUM(millionths) FILTER (WHERE outcome IS NOT NULL), 0) AS settled,
        COALESCE(SUM(millionths) FILTER (WHERE outcome = 'rejected'), 0) AS rejected,
        COALESCE(SUM(millionths) FILTER (WHERE outcome = 'recycled'), 0) AS recycled
    FROM weighted
    GROUP BY GROUPING SETS ((campaign_key), ())
),
-- Without a lead there is still the row of all.
filled AS (
    SELECT
        campaign_key, is_total = 1 AS is_total, people, COALESCE(leads, 0) AS leads, rated, ratings, settled, rejected, recycled
    FROM counted
)
SELECT
    'cohort' AS basis,
    report_period.period_start,
    report_period.period_end,
    models.model,
    CASE WHEN filled.is_total THEN '(all)' ELSE campaigns.campaign_id END AS campaign_id,
    campaigns.campaign_name,
    filled.people,
    units(filled.leads) AS leads,
    units(filled.rated) AS rated_leads,
    micros(divided(filled.ratings, NULLIF(filled.rated, 0))) AS mean_rating,
    units(filled.settled) AS settled_leads,
    units(filled.rejected) AS rejected_leads,
    units(filled.recycled) AS recycled_leads,
    ratio(CAST(filled.rejected + filled.recycled AS HUGEINT), filled.settled) AS sent_back_rate,
    CASE WHEN filled.settled > 0 THEN wilson_low(CAST(filled.rejected + filled.recycled AS DOUBLE) / 1000000.0, CAST(filled.settled AS DOUBLE) / 1000000.0) END AS sent_back_low,
    CASE WHEN filled.settled > 0 THEN wilson_high(CAST(filled.rejected + filled.recycled AS DOUBLE) / 1000000.0, CAST(filled.settled AS DOUBLE) / 1000000.0) END AS sent_back_high,
    filled.settled < 30000000 AS small_sample
FROM filled
CROSS JOIN report_period
INNER JOIN models ON models.position = 0
LEFT JOIN campaign_keys AS campaigns ON campaigns.campaign_key = filled.campaign_key
ORDER BY filled.is_total DESC, campaigns.campaign_id
