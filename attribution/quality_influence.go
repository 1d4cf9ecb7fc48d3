package attribution

import "github.com/tributary-engine/tributary/internal/findings"

// oddInfluence are checks of what the CRM itself credits.
func oddInfluence() []findings.Check {
	const sums = `SELECT opportunity_id AS key, 1 AS n FROM crm_influence GROUP BY opportunity_id HAVING COUNT(amount_minor) = 0 AND `
	return []findings.Check{
		{Table: "crm_influence", Name: "shares_below_whole", Severity: findings.Info,
			Meaning: "{opportunity has|opportunities have} shares in crm_influence that add up to less than 100 %; reports do not scale them",
			Query:   sums + `SUM(share_micros) < 1000000`},
		{Table: "crm_influence", Name: "shares_above_whole", Severity: findings.Warning,
			Meaning: "{opportunity has|opportunities have} shares in crm_influence that add up to more than 100 %; reports do not scale them",
			Remedy:  "check whether the file has several attribution models or the same rows twice",
			Query:   sums + `SUM(share_micros) > 1000000`},
	}
}
