package attribution

import "github.com/tributary-engine/tributary/internal/findings"

// oddLeads are checks of what leads say of their quality.
func oddLeads() []findings.Check {
	const facts = `(
		SELECT bant_budget AS word FROM leads UNION ALL SELECT bant_authority FROM leads UNION ALL SELECT bant_need FROM leads
		UNION ALL SELECT bant_timeframe FROM leads)`
	return []findings.Check{
		{Table: "leads", Name: "bant_unknown", Severity: findings.Warning,
			Meaning: "{answer|answers} about budget, authority, need or timeframe {is|are} neither yes nor no nor unknown, and {counts|count} as unknown",
			Remedy:  "export yes, true or 1, no, false or 0, unknown or nothing",
			Query: `SELECT f.word AS key, COUNT(*) AS n FROM ` + facts + ` AS f
				INNER JOIN words AS w ON w.kind = 'bant' AND w.word = f.word
				WHERE w.plain NOT IN ('yes', 'true', '1', 'no', 'false', '0', 'unknown', '') GROUP BY f.word`},
		{Table: "leads", Name: "fit_unknown", Severity: findings.Info,
			Meaning: "{lead has|leads have} a fit_grade that is neither good nor bad, and {counts|count} as unknown fit",
			Remedy:  "list the grade under quality.fit",
			Query: `SELECT l.fit_grade AS key, COUNT(*) AS n FROM leads AS l
				INNER JOIN words AS w ON w.kind = 'fit' AND w.word = l.fit_grade
				ANTI JOIN fit_words AS f ON f.plain = w.plain GROUP BY l.fit_grade`},
		{Table: "leads", Name: "rating_unknown", Severity: findings.Info,
			Meaning: "{lead has|leads have} a sales_rating without a number, and {counts|count} as not rated",
			Remedy:  "give the word a number under quality.ratings",
			Query: `SELECT l.sales_rating AS key, COUNT(*) AS n FROM leads AS l
				INNER JOIN words AS w ON w.kind = 'rating' AND w.word = l.sales_rating
				ANTI JOIN rating_words AS r ON r.plain = w.plain
				WHERE NOT REGEXP_FULL_MATCH(l.sales_rating, ` + "'" + `-?[0-9]{1,9}(\.[0-9]{1,6})?` + "'" + `) GROUP BY l.sales_rating`},
	}
}
