package attribution

import "github.com/tributary-engine/tributary/internal/findings"

// oddStages are checks of the stage history, and of what else happens in time.
func oddStages() []findings.Check {
	before := func(name, kind, table, id string) findings.Check {
		return findings.Check{Table: "stage_history", Name: name + "_entry_before_creation", Severity: findings.Info,
			Meaning: "{row|rows} of stage_history {is|are} before the creation of {its|their} " + name,
			Query: `SELECT h.entity_id AS key, COUNT(*) AS n FROM stage_history AS h
				INNER JOIN ` + table + ` AS r ON r.` + id + ` = h.entity_id
				WHERE h.entity_type = '` + kind + `' AND EPOCH_US(h.entered_at) + h.entered_at_span_us < ` + beginning("r.created_at") + ` GROUP BY h.entity_id`}
	}
	return []findings.Check{
		{Table: "stage_history", Name: "stage_unknown", Severity: findings.Info,
			Meaning: "{row|rows} of stage_history {has|have} a stage that is not in the funnel, won_stages or lost_stages",
			Query: `SELECT h.stage AS key, COUNT(*) AS n FROM stage_history AS h
				INNER JOIN words AS w ON w.kind = 'stage' AND w.word = h.stage
				WHERE w.stage_position IS NULL AND NOT w.is_won AND NOT w.is_lost GROUP BY h.stage`},
		{Table: "stage_history", Name: "word_of_nobody", Severity: findings.Info,
			Meaning: "{row|rows} of stage_history about people {has|have} a word that is neither in the funnel nor in the vocabulary: whoever stands there belongs to no department", Remedy: "name {its|their} department under vocabulary",
			Query: `WITH counted AS (
					SELECT h.stage, COUNT(*) AS n FROM stage_history AS h
					INNER JOIN words AS w ON w.kind = 'stage' AND w.word = h.stage
					ANTI JOIN vocabulary_words AS v ON v.plain = w.plain
					WHERE h.entity_type IN ('lead', 'contact') GROUP BY h.stage
				)
				SELECT CASE WHEN ROW_NUMBER() OVER (ORDER BY n DESC, stage) <= 5 THEN stage || ' (' || n || ')' END AS key, n FROM counted`},
		{Table: "stage_history", Name: "goes_back", Severity: findings.Info,
			Meaning: "{person|people} entered an earlier stage of the funnel after a later one; the first entry to each stage counts",
			Query: `WITH entries AS (
					SELECT p.person_key, p.position, LAG(p.position) OVER (PARTITION BY p.person_key ORDER BY p.entered_us, p.position) AS previous
					FROM person_stages AS p
					INNER JOIN funnel_stages AS s ON s.position = p.position AND s.unit = 'person'
				),
				back AS (SELECT DISTINCT person_key FROM entries WHERE position < previous)
				SELECT p.person_id AS key, 1 AS n FROM back AS b INNER JOIN people AS p ON p.person_key = b.person_key`},
		before("lead", "lead", "leads", "lead_id"),
		before("contact", "contact", "contacts", "contact_id"),
		before("opportunity", "opportunity", "opportunities", "opportunity_id"),
		{Table: "stage_history", Name: "after_as_of", Severity: findings.Info,
			Meaning: "{row|rows} of stage_history {is|are} after as-of",
			Query: `SELECT h.entity_id AS key, COUNT(*) AS n FROM stage_history AS h
				CROSS JOIN settings AS g WHERE EPOCH_US(h.entered_at) > g.as_of_us GROUP BY h.entity_id`},
		{Table: "activities", Name: "after_as_of", Severity: findings.Info,
			Meaning: "{activity is|activities are} after as-of",
			Query:   `SELECT a.activity_id AS key, 1 AS n FROM activities AS a CROSS JOIN settings AS g WHERE EPOCH_US(a.occurred_at) > g.as_of_us`},
		{Table: "targets", Name: "ends_before_it_starts", Severity: findings.Info,
			Meaning: "{target ends before it starts|targets end before they start}",
			Query:   `SELECT metric AS key, COUNT(*) AS n FROM targets WHERE period_end < period_start GROUP BY metric`},
		{Table: "targets", Name: "metric_unknown", Severity: findings.Warning,
			Meaning: "{target has|targets have} a metric that is not known, so {it is|they are} compared with nothing",
			Remedy:  "name it leads, mqls, cost, sqls, opportunities, won, pipeline or revenue",
			Query:   `SELECT metric AS key, COUNT(*) AS n FROM targets WHERE LOWER(REGEXP_REPLACE(metric, '[\s_-]', '', 'g')) NOT IN (` + targetMetrics + `) GROUP BY metric`,
			Near:    `SELECT UNNEST([` + targetMetrics + `])`},
		{Table: "campaigns", Name: "expected_leads_without_dates", Severity: findings.Warning,
			Meaning: "{campaign has|campaigns have} expected_leads and not both dates, so {it is|they are} in no plan",
			Remedy:  "fill in starts_on and ends_on",
			Query:   `SELECT campaign_id AS key, 1 AS n FROM campaigns WHERE expected_leads > 0 AND (starts_on IS NULL OR ends_on IS NULL)`},
	}
}

// targetMetrics are the metrics of targets, as the report targets compares them.
const targetMetrics = `'leads', 'mqls', 'cost', 'sqls', 'opportunities', 'won', 'pipeline', 'revenue'`

// oddCosts are checks of costs.
func oddCosts() []findings.Check {
	return []findings.Check{
		{Table: "costs", Name: "amount_not_positive", Severity: findings.Info,
			Meaning: "{row of costs has|rows of costs have} an amount of 0 or less",
			Query:   `SELECT COALESCE(campaign_id, channel) AS key, COUNT(*) AS n FROM costs WHERE amount_micros <= 0 GROUP BY COALESCE(campaign_id, channel)`},
	}
}
