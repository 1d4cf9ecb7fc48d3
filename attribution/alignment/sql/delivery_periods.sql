-- delivery_periods: one row per delivery, period in which it was made, and dimension. A row has the
-- owner of the delivery or the channel of its first touchpoint, with (all) in the other column; one
-- row per period has (all) in both.
CREATE VIEW delivery_periods AS
WITH dated AS (
    SELECT deliveries.*, results.reached_sql, results.won, span_periods.period_key, channels.channel
    FROM deliveries
    INNER JOIN delivery_results AS results ON results.delivery_key = deliveries.delivery_key
    ASOF JOIN calendar_spans AS spans ON deliveries.delivered_us >= spans.from_us
    INNER JOIN span_periods ON span_periods.span_key = spans.span_key
    INNER JOIN channels ON channels.channel_key = deliveries.channel_key
)
SELECT * EXCLUDE (owner, channel), '(all)' AS owner, '(all)' AS channel FROM dated
UNION ALL
SELECT * EXCLUDE (owner, channel), owner, '(all)' FROM dated
UNION ALL
SELECT * EXCLUDE (owner, channel), '(all)', channel FROM dated
