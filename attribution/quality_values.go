package attribution

import (
	"strconv"

	"github.com/tributary-engine/tributary/internal/findings"
)

// Limits of plausible numbers: amounts in whole units, and exchange rates. The median is that of the
// numbers other than 0, without their signs. It is used only if there are enough of them.
const (
	mostUnits   = "1000000000000" // 10^12
	mostMedians = "1000000"
)

// implausibleValues returns the checks of numbers that are so large that they are probably
// mistyped, or in another unit than their column.
func implausibleValues() []findings.Check {
	const amounts = "above 10^12 units, or above a million times the median of at least 30 amounts"
	return []findings.Check{
		implausible("campaigns", "budget_implausible", "{campaign has|campaigns have} a budget "+amounts+" in its currency", 30,
			`SELECT campaign_id AS key, currency AS grouped_by, CAST(budget_micros AS HUGEINT) AS number, 1000000 AS per_unit FROM campaigns`),
		implausible("opportunities", "amount_implausible", "{opportunity has|opportunities have} an amount "+amounts+" in its currency", 30,
			`SELECT o.opportunity_id AS key, o.currency AS grouped_by, CAST(o.amount_minor AS HUGEINT) AS number, c.minor_per_unit AS per_unit
    FROM opportunity_facts AS o INNER JOIN currencies AS c ON c.currency = o.currency`),
		implausible("costs", "amount_implausible", "{row of costs has|rows of costs have} an amount "+amounts+" in its currency", 30,
			`SELECT COALESCE(campaign_id, channel) AS key, currency AS grouped_by, CAST(amount_micros AS HUGEINT) AS number, 1000000 AS per_unit FROM costs`),
		implausible("exchange_rates", "rate_implausible", "exchange {rate is|rates are} above 10^12, or above a million times the median of {its|their} currency", 1,
			`SELECT currency AS key, currency AS grouped_by, rate_digits / power_of_ten(rate_scale) AS number, 1 AS per_unit FROM exchange_rates`),
		implausible("targets", "amount_implausible", "{target has|targets have} an amount "+amounts+" of its metric", 30,
			`SELECT metric AS key, metric AS grouped_by, CAST(amount_micros AS HUGEINT) AS number, 1000000 AS per_unit FROM targets`),
	}
}

// implausible is a check of numbers above the limits. The query numbers returns the key, the group
// of the median, the number, and how many of it make a unit; enough is the least count of numbers
// for a useful median.
func implausible(table, name, meaning string, enough int, numbers string) findings.Check {
	return findings.Check{Table: table, Name: name, Grain: "what the row is known by", Severity: findings.Warning, Meaning: meaning, Query: checkQuery("shapes/implausible",
		"{numbers}", numbers, "{units}", mostUnits, "{medians}", mostMedians, "{enough}", strconv.Itoa(enough))}
}
