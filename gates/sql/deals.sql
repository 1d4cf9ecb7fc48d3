-- One row per opportunity whose amount or month of the win differs from the baseline, with the
-- cause.
SELECT COALESCE(b.key, m.key) AS id, b.period AS then_in, m.period AS now_in,
    CASE WHEN b.period IS NOT NULL THEN b.micros ELSE 0 END AS before, CASE WHEN m.period IS NOT NULL THEN m.micros ELSE 0 END AS now,
    CASE
        WHEN m.key IS NULL THEN 'gone'
        WHEN m.period IS NULL THEN 'no longer won'
        WHEN b.key IS NULL THEN 'new'
        WHEN b.period IS NULL THEN 'newly won'
        WHEN b.period <> m.period THEN 'won in another month'
        ELSE 'of another amount'
    END AS cause
FROM (SELECT * FROM baseline WHERE measure = 'deal') AS b
FULL JOIN (SELECT * FROM measures WHERE measure = 'deal') AS m ON m.key = b.key
WHERE b.period IS DISTINCT FROM m.period OR (b.period IS NOT NULL AND b.micros <> m.micros)
