-- grain: period_type, period_start, period_end, opportunity_type, currency, yes_facts, fact, answer
-- What was known of budget, authority, need and timeframe about the opportunities that were closed
-- in a period, and how often they were won: by the number of facts that are a yes, and by each fact
-- and its answer. An opportunity has the best answer of all leads of the people with roles in it or,
-- if nobody has one, of the people of its account: yes before no before unknown. An answer that was
-- entered after the close counts too: the export does not say when it was known.
-- shows: period_label, yes_facts, fact, answer, closed, won, lost, win_rate, win_low, win_high,
--   won_amount, lost_amount, completeness
-- default: opportunity_type = new_business
-- bar: win_rate
-- columns:
--   period_type | text | `all`, `week`, `month`, `quarter`, `year`, `fiscal-quarter` or
--     `fiscal-year`
--   period_start | day | first day of the period in which the opportunities were closed. Empty: from
--     the first event on
--   period_end | day | last day of the period. Empty: up to as-of
--   period_label | text | what the period is called
--   opportunity_type | text | new_business, expansion, renewal or other
--   currency | text | the reporting currency
--   yes_facts | text | how many of the four facts are a yes, `0` to `4`. `(all)`: whatever they are
--   fact | text | `budget`, `authority`, `need` or `timeframe`. `(all)`: no fact is told apart
--   answer | text | `yes`, `no` or `unknown` (blank, or another word). `(all)`: no fact is told apart
--   closed | opportunities | opportunities won or lost in the period, without reversals
--   won | opportunities | those that were won
--   lost | opportunities | those that were lost
--   win_rate | rate | `won` / `closed`
--   win_low | rate | lower end of its 95 % interval (Wilson)
--   win_high | rate | upper end
--   small_sample | true/false | `closed` is below 30: read the interval, not the rate
--   won_amount | money | amounts of the opportunities that were won
--   lost_amount | money | amounts of the opportunities that were lost
--   win_rate_by_value | rate | `won_amount` / (`won_amount` + `lost_amount`)
--   known_facts | facts | facts of these opportunities that are a yes or a no
--   completeness | share | `known_facts` / four facts of each opportunity
WITH placed AS (
    SELECT
        bant.opportunity_type, spans.span_key, bant.outcome, bant.value_minor,
        CAST(bant.budget AS INTEGER) AS budget, CAST(bant.authority AS INTEGER) AS authority, CAST(bant.need AS INTEGER) AS need, CAST(bant.timeframe AS INTEGER) AS timeframe
    FROM opportunity_bant AS bant
    ASOF JOIN calendar_spans AS spans ON bant.closed_us >= spans.from_us
),
alike AS (
    SELECT
        periods.period_key, placed.opportunity_type, placed.budget, placed.authority, placed.need, placed.timeframe,
        CAST(placed.budget = 2 AS INTEGER) + CAST(placed.authority = 2 AS INTEGER) + CAST(placed.need = 2 AS INTEGER) + CAST(placed.timeframe = 2 AS INTEGER) AS yes_facts,
        COUNT(*) * (LEAST(placed.budget, 1) + LEAST(placed.authority, 1) + LEAST(placed.need, 1) + LEAST(placed.timeframe, 1)) AS known_facts,
        COUNT(*) AS closed, COUNT(*) FILTER (WHERE placed.outcome = 'won') AS won,
        COALESCE(SUM(placed.value_minor) FILTER (WHERE placed.outcome = 'won'), 0) AS won_minor,
        COALESCE(SUM(placed.value_minor) FILTER (WHERE placed.outcome = 'lost'), 0) AS lost_minor
    FROM placed
    INNER JOIN span_periods AS periods ON periods.span_key = placed.span_key
    GROUP BY periods.period_key, placed.opportunity_type, placed.budget, placed.authority, placed.need, placed.timeframe
),
labelled AS (
    SELECT period_key, opportunity_type, '(all)' AS yes_facts, '(all)' AS fact, '(all)' AS answer, closed, won, won_minor, lost_minor, known_facts
    FROM alike
    UNION ALL
    SELECT period_key, opportunity_type, CAST(yes_facts AS VARCHAR), '(all)', '(all)', closed, won, won_minor, lost_minor, known_facts
    FROM alike
    UNION ALL
    SELECT
        alike.period_key, alike.opportunity_type, '(all)', facts.fact,
        CASE
            CASE facts.fact WHEN 'budget' THEN alike.budget WHEN 'authority' THEN alike.authority WHEN 'need' THEN alike.need ELSE alike.timeframe END
            WHEN 2 THEN 'yes' WHEN 1 THEN 'no' ELSE 'unknown'
        END,
        alike.closed, alike.won, alike.won_minor, alike.lost_minor, alike.known_facts
    FROM alike
    CROSS JOIN (VALUES ('budget'), ('authority'), ('need'), ('timeframe')) AS facts(fact)
),
counted AS (
    SELECT
        period_key, opportunity_type, yes_facts, fact, answer,
        SUM(closed) AS closed, SUM(won) AS won, SUM(won_minor) AS won_minor, SUM(lost_minor) AS lost_minor, SUM(known_facts) AS known_facts
    FROM labelled
    GROUP BY period_key, opportunity_type, yes_facts, fact, answer
),
-- New business has every cell of every period, other types those of the periods in which something
-- was closed.
kinds AS (
    SELECT '(all)' AS yes_facts, '(all)' AS fact, '(all)' AS answer
    UNION ALL SELECT CAST(UNNEST(RANGE(5)) AS VARCHAR), '(all)', '(all)'
    UNION ALL
    SELECT '(all)', facts.fact, answers.answer
    FROM (VALUES ('budget'), ('authority'), ('need'), ('timeframe')) AS facts(fact)
    CROSS JOIN (VALUES ('yes'), ('no'), ('unknown')) AS answers(answer)
),
cells AS (
    SELECT periods.period_key, 'new_business' AS opportunity_type, kinds.yes_facts, kinds.fact, kinds.answer
    FROM calendar_periods AS periods
    CROSS JOIN kinds
    UNION
    SELECT types.period_key, types.opportunity_type, kinds.yes_facts, kinds.fact, kinds.answer
    FROM (SELECT DISTINCT period_key, opportunity_type FROM counted) AS types
    CROSS JOIN kinds
),
filled AS (
    SELECT
        cells.period_key, cells.opportunity_type, cells.yes_facts, cells.fact, cells.answer,
        COALESCE(counted.closed, 0) AS closed, COALESCE(counted.won, 0) AS won,
        COALESCE(counted.won_minor, 0) AS won_minor, COALESCE(counted.lost_minor, 0) AS lost_minor,
        COALESCE(counted.known_facts, 0) AS known_facts
    FROM cells
    LEFT JOIN counted
        ON counted.period_key = cells.period_key AND counted.opportunity_type = cells.opportunity_type
        AND counted.yes_facts = cells.yes_facts AND counted.fact = cells.fact AND counted.answer = cells.answer
)
SELECT
    periods.period_type, periods.period_start, periods.period_end, periods.period_label,
    filled.opportunity_type,
    report_period.currency,
    filled.yes_facts,
    filled.fact,
    filled.answer,
    CAST(filled.closed AS BIGINT) AS closed,
    CAST(filled.won AS BIGINT) AS won,
    CAST(filled.closed - filled.won AS BIGINT) AS lost,
    ratio(CAST(filled.won AS HUGEINT), filled.closed) AS win_rate,
    CASE WHEN filled.closed > 0 THEN wilson_low(filled.won, filled.closed) END AS win_low,
    CASE WHEN filled.closed > 0 THEN wilson_high(filled.won, filled.closed) END AS win_high,
    filled.closed < 30 AS small_sample,
    money(filled.won_minor) AS won_amount,
    money(filled.lost_minor) AS lost_amount,
    ratio(CAST(filled.won_minor AS HUGEINT), filled.won_minor + filled.lost_minor) AS win_rate_by_value,
    CAST(filled.known_facts AS BIGINT) AS known_facts,
    ratio(CAST(filled.known_facts AS HUGEINT), 4 * filled.closed) AS completeness
FROM filled
CROSS JOIN report_period
INNER JOIN calendar_periods AS periods ON periods.period_key = filled.period_key
INNER JOIN opportunity_types AS types ON types.opportunity_type = filled.opportunity_type
ORDER BY
    filled.period_key, types.position, filled.yes_facts <> '(all)', filled.yes_facts,
    LIST_POSITION(['(all)', 'budget', 'authority', 'need', 'timeframe'], filled.fact),
    LIST_POSITION(['(all)', 'yes', 'no', 'unknown'], filled.answer)
