-- grain: period_type, period_start, period_end, owner, channel
-- What became of the people that marketing delivered to sales, by the period of the delivery: a
-- delivery is an entry to the stage that `handoff.delivered` names, and one person can have
-- several. Its outcome is the first row of the history after it that accepts, rejects or recycles,
-- an entry to a later stage, or an opportunity with a role of the person. Rows are by owner and by
-- channel, with `(all)` in the other column. Times are business hours (`service_level`).
-- shows: period_label, owner, channel, deliveries, acceptance_rate, accepted, rejected, recycled,
--   expired, open, response_median_hours, within_rate, acceptance_low, acceptance_high,
--   acceptance_difference, acceptance_answer, unowned
-- default: channel = (all)
-- bar: acceptance_rate
-- columns:
--   period_type | text | `all`, `week`, `month`, `quarter`, `year`, `fiscal-quarter` or
--     `fiscal-year`
--   period_start | day | first day of the period. Empty: from the first event on
--   period_end | day | last day of the period. Empty: up to as-of
--   period_label | text | what the period is called
--   owner | text | the first owner that the history names after the delivery, else that of the
--     newest lead. `(no owner)`: nobody; `(all)`: everybody
--   channel | text | channel of the first touch of the journey to the delivery; `(all)`: every one
--   deliveries | units | deliveries in the period
--   accepted | units | deliveries that sales accepted
--   accepted_implied | units | of these, without a word that says so: by a later stage or an
--     opportunity
--   rejected | units | deliveries that sales rejected
--   recycled | units | deliveries that sales gave back
--   expired | units | deliveries without an outcome for longer than `handoff.expires_after`
--   superseded | units | deliveries whose person was delivered again before there was an outcome
--   open | units | deliveries that still wait for an outcome
--   settled | units | accepted, rejected, recycled and expired deliveries
--   late | units | of the accepted, rejected and recycled, those after `handoff.expires_after`
--   acceptance_rate | rate | `accepted` / `settled`
--   acceptance_low | rate | lower end of its 95 % interval (Wilson)
--   acceptance_high | rate | upper end
--   small_sample | true/false | `settled` is below 30
--   is_mature | true/false | no delivery of the period is open, and the period is over
--   previous_acceptance_rate | rate | that of the period before
--   acceptance_difference | rate | the difference
--   acceptance_difference_low | rate | lower end of its 95 % interval (Newcombe's method 10)
--   acceptance_difference_high | rate | upper end
--   acceptance_answer | text | `better`, `worse`, or `cannot say`: the interval holds zero, or one
--     of the two is not mature
--   assigned | units | deliveries for which an owner was named
--   assignment_median_hours | hours | business hours until somebody was named the owner
--     (Kaplan-Meier, so that those who still wait count). Empty: fewer than half were
--   assignment_p90_hours | hours | the same for 90 %
--   responded | units | deliveries with an activity of sales of the listed types
--   response_median_hours | hours | business hours until that activity (Kaplan-Meier)
--   response_p90_hours | hours | the same for 90 %
--   due | units | deliveries that have a response or should have: the time for it has passed
--   within_service_level | units | of these, answered in at most `service_level.first_response`
--   within_rate | rate | `within_service_level` / `due`: who was not answered in time is a miss
--   within_low | rate | lower end of its 95 % interval (Wilson)
--   within_high | rate | upper end
--   unowned | units | deliveries for which nobody was named within `service_level.assignment`
--   called_early | units | people with such an activity before their first delivery, under that
--     delivery
WITH counted AS (
    SELECT
        deliveries.period_key, deliveries.owner, deliveries.channel,
        COUNT(*) AS deliveries,
        COUNT(*) FILTER (WHERE outcome = 'accepted') AS accepted,
        COUNT(*) FILTER (WHERE outcome = 'accepted' AND is_implied) AS accepted_implied,
        COUNT(*) FILTER (WHERE outcome = 'rejected') AS rejected,
        COUNT(*) FILTER (WHERE outcome = 'recycled') AS recycled,
        COUNT(*) FILTER (WHERE outcome = 'expired') AS expired,
        COUNT(*) FILTER (WHERE outcome = 'superseded') AS superseded,
        COUNT(*) FILTER (WHERE outcome = 'open') AS open,
        COUNT(*) FILTER (WHERE is_settled) AS settled,
        COUNT(*) FILTER (WHERE is_late) AS late,
        COUNT(*) FILTER (WHERE assignment_us IS NOT NULL) AS assigned,
        COUNT(*) FILTER (WHERE response_time_us IS NOT NULL) AS responded,
        COUNT(*) FILTER (WHERE is_due) AS due,
        COUNT(*) FILTER (WHERE is_within_level) AS within_level,
        COUNT(*) FILTER (WHERE is_unowned) AS unowned,
        COUNT(*) FILTER (WHERE is_too_early) AS called_early
    FROM delivery_periods AS deliveries
    GROUP BY deliveries.period_key, deliveries.owner, deliveries.channel
),
-- A period without a delivery has its row of the whole.
filled AS (
    SELECT
        periods.period_key, periods.previous_key, periods.is_complete OR periods.period_type = 'all' AS is_over,
        COALESCE(counted.owner, '(all)') AS owner, COALESCE(counted.channel, '(all)') AS channel,
        COLUMNS(counted.* EXCLUDE (period_key, owner, channel))
    FROM calendar_periods AS periods
    LEFT JOIN counted ON counted.period_key = periods.period_key
),
compared AS (
    SELECT
        this.*,
        this.is_over AND COALESCE(this.open, 0) = 0 AS is_mature,
        previous.accepted AS previous_accepted, previous.settled AS previous_settled,
        newcombe_low(this.accepted, this.settled, previous.accepted, previous.settled) AS difference_low,
        newcombe_high(this.accepted, this.settled, previous.accepted, previous.settled) AS difference_high,
        this.is_over AND COALESCE(this.open, 0) = 0 AND COALESCE(previous.open, 0) = 0 AS can_compare
    FROM filled AS this
    LEFT JOIN filled AS previous ON previous.period_key = this.previous_key AND previous.owner = this.owner AND previous.channel = this.channel
)
SELECT
    periods.period_type, periods.period_start, periods.period_end, periods.period_label,
    compared.owner, compared.channel,
    COALESCE(compared.deliveries, 0) AS deliveries,
    COALESCE(compared.accepted, 0) AS accepted,
    COALESCE(compared.accepted_implied, 0) AS accepted_implied,
    COALESCE(compared.rejected, 0) AS rejected,
    COALESCE(compared.recycled, 0) AS recycled,
    COALESCE(compared.expired, 0) AS expired,
    COALESCE(compared.superseded, 0) AS superseded,
    COALESCE(compared.open, 0) AS open,
    COALESCE(compared.settled, 0) AS settled,
    COALESCE(compared.late, 0) AS late,
    ratio(CAST(compared.accepted AS HUGEINT), compared.settled) AS acceptance_rate,
    CASE WHEN compared.settled > 0 THEN wilson_low(compared.accepted, compared.settled) END AS acceptance_low,
    CASE WHEN compared.settled > 0 THEN wilson_high(compared.accepted, compared.settled) END AS acceptance_high,
    COALESCE(compared.settled, 0) < 30 AS small_sample,
    compared.is_mature,
    ratio(CAST(compared.previous_accepted AS HUGEINT), compared.previous_settled) AS previous_acceptance_rate,
    ratio(CAST(compared.accepted * compared.previous_settled - compared.previous_accepted * compared.settled AS HUGEINT), compared.settled * compared.previous_settled) AS acceptance_difference,
    compared.difference_low AS acceptance_difference_low,
    compared.difference_high AS acceptance_difference_high,
    difference_word(compared.difference_low, compared.difference_high, TRUE, compared.can_compare) AS acceptance_answer,
    COALESCE(compared.assigned, 0) AS assigned,
    hours(assignment.km_median_us) AS assignment_median_hours,
    hours(assignment.km_p90_us) AS assignment_p90_hours,
    COALESCE(compared.responded, 0) AS responded,
    hours(response.km_median_us) AS response_median_hours,
    hours(response.km_p90_us) AS response_p90_hours,
    COALESCE(compared.due, 0) AS due,
    COALESCE(compared.within_level, 0) AS within_service_level,
    ratio(CAST(compared.within_level AS HUGEINT), compared.due) AS within_rate,
    CASE WHEN compared.due > 0 THEN wilson_low(compared.within_level, compared.due) END AS within_low,
    CASE WHEN compared.due > 0 THEN wilson_high(compared.within_level, compared.due) END AS within_high,
    COALESCE(compared.unowned, 0) AS unowned,
    COALESCE(compared.called_early, 0) AS called_early
FROM compared
INNER JOIN calendar_periods AS periods ON periods.period_key = compared.period_key
LEFT JOIN assignment_times AS assignment
    ON assignment.period_key = compared.period_key AND assignment.owner = compared.owner AND assignment.channel = compared.channel
LEFT JOIN response_times AS response
    ON response.period_key = compared.period_key AND response.owner = compared.owner AND response.channel = compared.channel
ORDER BY compared.period_key, compared.owner, compared.channel
