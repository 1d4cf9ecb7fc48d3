-- span_periods: one row per stretch of calendar_spans and period that contains it.
CREATE TABLE span_periods AS
SELECT spans.span_key, periods.period_key
FROM calendar_spans AS spans
INNER JOIN calendar_periods AS periods ON periods.from_us <= spans.from_us AND spans.to_us <= periods.to_us
