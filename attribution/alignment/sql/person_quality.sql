-- person_quality: one row per person of the reports with a record in leads: fit (good, bad or
-- unknown), interest (high, low or unknown) and the rating by sales. Each is taken from the lead
-- created last; of leads created at the same time, from the one with the greater id. rating_micros
-- is NULL if there is no rating, or if it is a word to which quality.ratings gives no number.
CREATE TABLE person_quality AS
WITH newest AS (
    SELECT
        nodes.person_key, leads.lead_id, leads.fit_grade, leads.interest_score_micros, leads.sales_rating,
        ROW_NUMBER() OVER (PARTITION BY nodes.person_key ORDER BY leads.created_at DESC, leads.lead_id DESC) AS choice
    FROM leads
    INNER JOIN node_persons AS nodes ON nodes.id = leads.lead_id AND nodes.kind = 1
    SEMI JOIN person_labels AS reported ON reported.person_key = nodes.person_key
)
SELECT
    newest.person_key, newest.lead_id, newest.fit_grade, newest.interest_score_micros, newest.sales_rating,
    COALESCE(fit_words.fit, 'unknown') AS fit,
    CASE
        WHEN newest.interest_score_micros >= quality_settings.interest_high_micros THEN 'high'
        WHEN newest.interest_score_micros < quality_settings.interest_high_micros THEN 'low'
        ELSE 'unknown'
    END AS interest,
    COALESCE(
        rating_words.rating_micros,
        CASE
            WHEN REGEXP_FULL_MATCH(newest.sales_rating, '-?[0-9]{1,9}(\.[0-9]{1,6})?')
                THEN CAST(CAST(newest.sales_rating AS DECIMAL(15, 6)) * 1000000 AS BIGINT)
        END
    ) AS rating_micros
FROM newest
CROSS JOIN quality_settings
LEFT JOIN words AS grades ON grades.kind = 'fit' AND grades.word = newest.fit_grade
LEFT JOIN fit_words ON fit_words.plain = grades.plain
LEFT JOIN words AS ratings ON ratings.kind = 'rating' AND ratings.word = newest.sales_rating
LEFT JOIN rating_words ON rating_words.plain = ratings.plain
WHERE newest.choice = 1
