package attribution

import (
	"strings"

	"tributary/internal/findings"
)

// alarms are checks of what can be read, keeps every rule, and is probably not meant: each with the limit from which it speaks. "Most"
// is more than half.
func alarms(reporting findings.Currency) []findings.Check {
	checks := []findings.Check{
		mostlyExcluded("status", "journey.responses lists statuses that count, journey.not_responses those that do not"),
		mostlyExcluded("touch_type", "journey.touch_types lists the types that count"),
		{Table: findings.Run, Name: "every_conversion_after_as_of", Severity: findings.Warning,
			Meaning: "{conversion lies|conversions lie} after as-of, and so {does every other of its|do all others of their} type: nothing of it is counted (is as-of right?)",
			Query: `SELECT y.name AS key, COUNT(*) AS n
				FROM conversions AS c
				INNER JOIN conversion_types AS y ON y.conversion_type = c.conversion_type
				GROUP BY y.name HAVING COUNT(CASE WHEN c.is_counted THEN 1 END) = 0`},
		{Table: "costs", Name: "mostly_without_touch", Severity: findings.Warning, Currency: reporting,
			Meaning: "{day|days} of cost {is|are} of campaigns and channels without any touch, more than half of all cost (do costs and touches name campaigns and channels alike?)",
			Query: `WITH cost AS (
					SELECT d.campaign_key, d.channel_key, COUNT(*) AS n, SUM(d.micros) AS micros FROM cost_days AS d GROUP BY d.campaign_key, d.channel_key
				),
				met AS (SELECT DISTINCT campaign_key, channel_key FROM touch_base),
				judged AS (
					SELECT c.*, EXISTS (
							SELECT 1 FROM met AS m
							WHERE CASE WHEN c.campaign_key > 0 THEN m.campaign_key = c.campaign_key ELSE m.channel_key = c.channel_key END
						) AS is_met
					FROM cost AS c
				)
				SELECT COALESCE(k.campaign_id, h.channel) AS key, SUM(j.n) AS n, SUM(j.micros) AS micros
				FROM judged AS j
				LEFT JOIN campaign_keys AS k ON k.campaign_key = j.campaign_key AND j.campaign_key > 0
				LEFT JOIN channels AS h ON h.channel_key = j.channel_key
				WHERE NOT j.is_met
					AND (SELECT 2 * SUM(CASE WHEN is_met THEN 0 ELSE micros END) > SUM(micros) FROM judged)
				GROUP BY COALESCE(k.campaign_id, h.channel)`},
		{Table: "costs", Name: "days_restated", Severity: findings.Warning, Currency: reporting,
			// The money is what stands beside the greatest amount of each group; rows in other currencies have none here.
			Meaning: "{row|rows} of costs {has|have} the days and the campaign (or channel) of another row, and another amount (a connector that appends restated days? keep the newest of each)",
			Query: `SELECT COALESCE(k.campaign_id, k.channel) AS key, SUM(k.n) AS n, SUM(CASE WHEN k.currency = g.currency THEN k.micros END) AS micros
				FROM (
					SELECT starts_on, ends_on, campaign_id, channel, currency, COUNT(*) AS n,
						SUM(CAST(amount_micros AS HUGEINT)) - MAX(amount_micros) AS micros
					FROM costs GROUP BY starts_on, ends_on, campaign_id, channel, currency
					HAVING COUNT(DISTINCT amount_micros) > 1
				) AS k CROSS JOIN settings AS g
				GROUP BY COALESCE(k.campaign_id, k.channel)`},
		{Table: "campaigns", Name: "cost_at_parent", Severity: findings.Warning, Currency: reporting,
			Meaning: "{campaign has no cost and|campaigns have no cost and} touches that count, while the parent campaign has the cost and no touch (book the cost where the touches are)",
			Query: `WITH cost AS (SELECT campaign_key, SUM(micros) AS micros FROM cost_days WHERE campaign_key > 0 GROUP BY campaign_key),
				touched AS (SELECT DISTINCT campaign_key FROM touch_facts WHERE campaign_key > 0 AND excluded_reason IS NULL),
				reached AS (SELECT DISTINCT campaign_key FROM touch_base WHERE campaign_key > 0),
				children AS (
					SELECT c.campaign_id, d.micros, ROW_NUMBER() OVER (PARTITION BY p.campaign_key ORDER BY c.campaign_id) AS nth
					FROM campaigns AS c
					INNER JOIN campaign_keys AS k ON k.campaign_id = c.campaign_id
					INNER JOIN touched AS t ON t.campaign_key = k.campaign_key
					INNER JOIN campaign_keys AS p ON p.campaign_id = c.parent_campaign_id
					INNER JOIN cost AS d ON d.campaign_key = p.campaign_key
					WHERE k.campaign_key NOT IN (SELECT campaign_key FROM cost) AND p.campaign_key NOT IN (SELECT campaign_key FROM reached)
				)
				SELECT campaign_id AS key, 1 AS n, CASE WHEN nth = 1 THEN micros END AS micros FROM children`},
		{Table: "opportunity_contacts", Name: "contact_is_lead", Severity: findings.Warning,
			Meaning: "{row|rows} of opportunity_contacts {names|name} as a contact an id that leads has and contacts does not (give the contact that the lead was converted to, or deliver it in contacts)",
			Query: `SELECT r.contact_id AS key, COUNT(*) AS n
				FROM opportunity_contacts AS r
				WHERE EXISTS (SELECT 1 FROM leads AS l WHERE l.lead_id = r.contact_id)
					AND NOT EXISTS (SELECT 1 FROM contacts AS c WHERE c.contact_id = r.contact_id)
				GROUP BY r.contact_id`},
		{Table: "opportunities", Name: "closed_at_midnight_before_creation", Severity: findings.Warning, Currency: reporting,
			Meaning: "{opportunity is|opportunities are} closed at midnight, before {it was|they were} created on the same day (is closed_at a date without a time? declare its format so)",
			Query: `SELECT o.opportunity_id AS key, 1 AS n, CAST(c.value_minor AS HUGEINT) * 1000000 // g.minor_per_unit AS micros
				FROM opportunities AS o
				CROSS JOIN settings AS g
				LEFT JOIN conversions AS c ON c.opportunity_id = o.opportunity_id AND c.conversion_type = 0
				WHERE o.closed_at_span_us = 0 AND o.created_at_span_us = 0 AND o.closed_at < o.created_at AND o.closed_at = DATE_TRUNC('day', o.closed_at)
					AND CAST(o.closed_at AS DATE) = CAST(o.created_at AS DATE)`},
		{Table: "exchange_rates", Name: "rate_looks_inverted", Severity: findings.Warning,
			// Amounts of deals and of costs are of different sizes: each kind has its own median.
			Meaning: "{amount is|amounts are} in a currency whose amounts, converted, mostly lie more than a hundredfold from the median of those in the reporting currency, and near it by the reciprocal of the rate (a rate is what one unit is worth in the reporting currency)",
			Query: `WITH amounts AS (
					SELECT 'deal' AS kind, o.currency, ABS(o.amount_minor / c.minor_per_unit) AS amount
					FROM opportunities AS o INNER JOIN currencies AS c ON c.currency = o.currency WHERE o.amount_minor <> 0
					UNION ALL SELECT 'cost', k.currency, ABS(k.amount_micros / 1000000) FROM costs AS k WHERE k.amount_micros <> 0
				),
				medians AS (
					SELECT a.kind, MEDIAN(a.amount) AS median FROM amounts AS a INNER JOIN settings AS g ON g.currency = a.currency GROUP BY a.kind
				),
				rates AS (
					SELECT currency, ARG_MAX(rate_digits / POW(10, rate_scale), effective_on) AS rate FROM exchange_rates GROUP BY currency
				),
				judged AS (
					SELECT a.currency, a.kind, COUNT(*) AS n,
						COUNT(CASE WHEN a.amount * r.rate < m.median / 100 OR a.amount * r.rate > m.median * 100 THEN 1 END) AS far,
						COUNT(CASE WHEN a.amount / r.rate BETWEEN m.median / 100 AND m.median * 100 THEN 1 END) AS near
					FROM amounts AS a
					INNER JOIN medians AS m ON m.kind = a.kind
					INNER JOIN rates AS r ON r.currency = a.currency
					CROSS JOIN settings AS g
					WHERE a.currency <> g.currency
					GROUP BY a.currency, a.kind
				)
				SELECT currency AS key, SUM(n) AS n FROM judged WHERE 2 * far > n AND 2 * near > n GROUP BY currency`},
	}
	for _, date := range []struct{ table, column, where string }{
		{"leads", "created_at", "created_at_span_us = 0"}, {"touchpoints", "occurred_at", "TRUE"},
		{"opportunities", "created_at", "created_at_span_us = 0"}, {"opportunities", "closed_at", "closed_at_span_us = 0"},
		{"stage_history", "entered_at", "entered_at_span_us = 0"},
	} {
		checks = append(checks, midnightOfUTC(date.table, date.column, date.where))
	}
	return append(checks, formsOfIDs()...)
}

// mostlyExcluded speaks where a word of touches excludes more than half of them.
func mostlyExcluded(column, remedy string) findings.Check {
	return findings.Check{Table: "touchpoints", Name: "mostly_excluded_by_" + column, Severity: findings.Warning,
		Meaning: "{touch is|touches are} excluded by " + column + ", more than half of all (" + remedy + ")",
		Query: strings.ReplaceAll(`SELECT {column} AS key, COUNT(*) AS n
			FROM touch_facts
			WHERE excluded_reason = '{column}'
				AND (SELECT 2 * COUNT(CASE WHEN excluded_reason = '{column}' THEN 1 END) > COUNT(*) FROM touch_facts)
			GROUP BY {column}`, "{column}", column)}
}

// midnightOfUTC speaks where twenty times or more all stand at midnight UTC, and days begin elsewhere.
func midnightOfUTC(table, column, where string) findings.Check {
	return findings.Check{Table: table, Name: column + "_midnight_utc", Severity: findings.Warning,
		Meaning: "{time of " + column + " stands|times of " + column + " stand} at midnight UTC, all of the table, while the reporting zone is another: they may fall on the day before (are they dates? declare their format so)",
		Query: strings.NewReplacer("{table}", table, "{column}", column, "{where}", where).Replace(`
			SELECT CAST(NULL AS VARCHAR) AS key, COUNT(*) AS n
			FROM {table} AS t CROSS JOIN settings AS g
			WHERE t.{column} IS NOT NULL AND {where} AND NOT g.days_begin_with_utc
			HAVING COUNT(*) >= 20 AND COUNT(*) = COUNT(CASE WHEN t.{column} = DATE_TRUNC('day', t.{column}) THEN 1 END)`)}
}

// formsOfIDs speak where ids of a table that point nowhere would find what they name without ".0" at their end, blanks around them, or
// whatever their case.
func formsOfIDs() []findings.Check {
	const form = `LOWER(REGEXP_REPLACE(TRIM({id}), '\.0$', ''))`
	queries := map[string][]string{}
	var tables []string
	for _, r := range pointers() {
		if queries[r.table] == nil {
			tables = append(tables, r.table)
		}
		where := ""
		if r.where != "" {
			where = " AND " + r.where
		}
		queries[r.table] = append(queries[r.table], r.named(`SELECT t.{column} AS key, COUNT(*) AS n
			FROM {table} AS t
			ANTI JOIN {other} AS o ON o.{key} = t.{column}
			SEMI JOIN {other} AS p ON `+strings.ReplaceAll(form, "{id}", "p.{key}")+` = `+strings.ReplaceAll(form, "{id}", "t.{column}")+`
			WHERE t.{column} IS NOT NULL`+where+` GROUP BY t.{column}`))
	}
	var checks []findings.Check
	for _, table := range tables {
		checks = append(checks, findings.Check{Table: table, Name: "ids_meet_but_for_their_form", Severity: findings.Warning,
			Meaning: "{value names|values name} nothing as {it is|they are} written, and would but for \".0\" at the end, blanks around it, or case (export ids as text)",
			Query:   `SELECT key, SUM(n) AS n FROM (` + strings.Join(queries[table], "\n\t\t\tUNION ALL ") + `) GROUP BY key`})
	}
	return checks
}
