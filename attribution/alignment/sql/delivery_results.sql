-- delivery_results: one row per delivery: its results within its window. reached_sql: the person
-- entered the stage SQL; NULL if no stage of persons is called so, or if the delivery is younger
-- than 90 days. won: an opportunity of new business in which the person has a role was created in
-- the window and won by as-of; NULL if the delivery is younger than 365 days.
CREATE TABLE delivery_results AS
WITH sql_stages AS (
    SELECT stages.position
    FROM funnel_stages AS stages
    INNER JOIN conversion_types AS types ON types.conversion_type = stages.conversion_type AND types.name = 'sql'
),
entries AS (
    SELECT DISTINCT deliveries.delivery_key
    FROM deliveries
    INNER JOIN person_history AS history
        ON history.person_key = deliveries.person_key AND NOT history.is_edit AND history.is_person_stage
        AND history.at_us >= deliveries.delivered_us
    INNER JOIN sql_stages ON sql_stages.position = history.position
    WHERE history.place > deliveries.place AND (deliveries.next_place IS NULL OR history.place < deliveries.next_place)
),
wins AS (
    SELECT DISTINCT deliveries.delivery_key
    FROM deliveries
    INNER JOIN person_opportunities AS opportunities ON opportunities.person_key = deliveries.person_key
    WHERE opportunities.opportunity_type = 'new_business' AND opportunities.outcome = 'won'
        AND opportunities.created_us >= deliveries.from_us
        AND (deliveries.next_place IS NULL OR opportunities.created_us < deliveries.window_end_us)
)
SELECT
    deliveries.delivery_key,
    CASE
        WHEN EXISTS (SELECT 1 FROM sql_stages) AND settings.as_of_us - deliveries.delivered_us >= CAST(90 AS BIGINT) * 86400000000
            THEN entries.delivery_key IS NOT NULL
    END AS reached_sql,
    CASE WHEN settings.as_of_us - deliveries.delivered_us >= CAST(365 AS BIGINT) * 86400000000 THEN wins.delivery_key IS NOT NULL END AS won
FROM deliveries
CROSS JOIN settings
LEFT JOIN entries ON entries.delivery_key = deliveries.delivery_key
LEFT JOIN wins ON wins.delivery_key = deliveries.delivery_key
