package attribution

import "github.com/tributary-engine/tributary/internal/findings"

const unknownType = "type_unknown"

// oddOpportunities are checks of opportunities, and of conversions as a whole.
func oddOpportunities() []findings.Check {
	return []findings.Check{
		{Table: findings.Run, Name: "period_after_as_of", Severity: findings.Warning,
			Meaning: "reporting period begins after as-of, so it contains nothing",
			Query:   `SELECT CAST(NULL AS VARCHAR) AS key, 1 AS n FROM settings WHERE from_day > as_of_day`},
		{Table: findings.Run, Name: "conversions_after_as_of", Severity: findings.Warning,
			Meaning: "{conversion is|conversions are} after as-of and not counted", Remedy: "compare after_as_of in the report reconciliation, and set --as-of to a later day if {it|they} should count",
			Query: `SELECT COALESCE(c.opportunity_id, p.person_id) AS key, COUNT(*) AS n FROM conversions AS c
				LEFT JOIN people AS p ON p.person_key = c.person_key WHERE NOT c.is_counted GROUP BY 1`},
		{Table: "opportunities", Name: "without_account_and_roles", Severity: findings.Info,
			Meaning: "{opportunity has|opportunities have} neither an account nor roles, so no touchpoint can reach {it|them}",
			Query: `SELECT o.opportunity_id AS key, 1 AS n FROM opportunities AS o
				WHERE o.account_id IS NULL AND NOT EXISTS (SELECT 1 FROM opportunity_contacts AS r WHERE r.opportunity_id = o.opportunity_id)`},
		{Table: "opportunities", Name: "undated", Severity: findings.Warning,
			Meaning: "{opportunity has|opportunities have} no created_at: {it is|they are} in no pipeline and no cohort, and {its|their} revenue looks back from the close",
			From:    "opportunities", Key: "opportunity_id", Where: "created_at IS NULL"},
		{Table: "opportunities", Name: "closed_before_created", Severity: findings.Warning,
			Meaning: "{opportunity was closed before it was|opportunities were closed before they were} created",
			From:    "opportunities", Key: "opportunity_id", Where: "EPOCH_US(closed_at) < " + beginning("created_at")},
		{Table: "opportunities", Name: "lost_undated", Severity: findings.Warning,
			Meaning: "{opportunity was|opportunities were} lost on an unknown day: {it is|they are} in no stock and in no period of closes", Remedy: "export closed_at, or the row of stage_history with the lost stage",
			Query: `SELECT f.opportunity_id AS key, 1 AS n FROM opportunity_closes AS c
				INNER JOIN opportunity_facts AS f ON f.opportunity_key = c.opportunity_key
				WHERE c.outcome = 'lost' AND c.closed_us IS NULL`},
		{Table: "opportunities", Name: "stage_neither_won_nor_lost", Severity: findings.Warning,
			Meaning: "{opportunity was|opportunities were} closed by as-of in a stage that is neither a won nor a lost stage, and {counts|count} as open", Remedy: "add the stage to opportunities.won_stages or opportunities.lost_stages",
			Query: `SELECT o.opportunity_id AS key, 1 AS n FROM opportunities AS o
				INNER JOIN words AS w ON w.kind = 'stage' AND w.word = o.stage
				CROSS JOIN settings AS g
				WHERE o.is_won IS NULL AND o.is_closed IS NULL AND NOT w.is_won AND NOT w.is_lost AND ` + beginning("o.closed_at") + ` <= g.as_of_us`},
		{Table: "opportunities", Name: unknownType, Severity: findings.Warning,
			Meaning: "{opportunity has|opportunities have} an unknown type and {counts|count} as other", Remedy: "map the type under opportunities.types",
			Query: `SELECT o.opportunity_type AS key, COUNT(*) AS n FROM opportunities AS o
				INNER JOIN unknown_types AS u ON u.opportunity_type = o.opportunity_type GROUP BY o.opportunity_type`},
		{Table: "opportunities", Name: "amount_missing", Severity: findings.Warning,
			Meaning: "{opportunity has|opportunities have} no amount; {it counts|they count} as {an opportunity but adds|opportunities but add} no revenue",
			From:    "opportunities", Key: "opportunity_id", Where: "amount_minor IS NULL"},
		{Table: "opportunities", Name: "amount_zero", Severity: findings.Info,
			Meaning: "{opportunity has|opportunities have} the amount 0; {it counts|they count} as {an opportunity but adds|opportunities but add} no revenue",
			From:    "opportunities", Key: "opportunity_id", Where: "amount_minor = 0"},
		{Table: "opportunities", Name: "amount_negative", Severity: findings.Info,
			Meaning: "{opportunity has|opportunities have} a negative amount and {reverses|reverse} no other opportunity; {it counts|they count} as {an opportunity|opportunities}",
			From:    "opportunities", Key: "opportunity_id", Where: "amount_minor < 0 AND reverses_opportunity_id IS NULL"},
		{Table: "opportunities", Name: "reversal_positive", Severity: findings.Warning,
			Meaning: "{opportunity reverses|opportunities reverse} another one with a positive amount; like every reversal, {it does|they do} not count as {an opportunity|opportunities}",
			From:    "opportunities", Key: "opportunity_id", Where: "reverses_opportunity_id IS NOT NULL AND amount_minor > 0"},
	}
}

// beginning is the SQL of the earliest instant, in microseconds, that a created_at or closed_at can
// mean: of a date without a time the beginning of its day.
func beginning(column string) string { return "(EPOCH_US(" + column + ") - " + column + "_span_us)" }
