package attribution

import "github.com/tributary-engine/tributary/internal/findings"

// oddTouches are checks of touches and campaigns.
func oddTouches() []findings.Check {
	return []findings.Check{
		{Table: "campaigns", Name: "without_channel", Severity: findings.Info,
			Meaning: "{campaign|campaigns} without a channel cannot give one to {its|their} touchpoints and costs",
			From:    "campaigns", Key: "campaign_id", Where: "channel IS NULL"},
		{Table: "campaigns", Name: "ends_before_it_starts", Severity: findings.Info,
			Meaning: "{campaign ends before it starts|campaigns end before they start}",
			From:    "campaigns", Key: "campaign_id", Where: "ends_on < starts_on"},
		{Table: "touchpoints", Name: "names_disagree", Severity: findings.Warning,
			Meaning: "{touchpoint names|touchpoints name} two different people; the first of contact_id, lead_id, email, anonymous_id counts",
			From:    "touch_facts", Key: "touch_id", Where: "names_disagree"},
		{Table: "touchpoints", Name: "without_campaign_and_channel", Severity: findings.Info,
			Meaning: "{touchpoint has|touchpoints have} neither a campaign nor a channel, and {is|are} under (none)",
			From:    "touch_facts", Key: "touch_id", Where: "campaign_key = 0 AND channel_key = 0"},
		{Table: "touchpoints", Name: "person_without_record", Severity: findings.Info,
			Meaning: "{touchpoint is|touchpoints are} of people who are neither in contacts nor in leads",
			From:    "touch_facts", Key: "touch_id", Where: "NOT is_recorded"},
		{Table: "touchpoints", Name: "person_without_account", Severity: findings.Info,
			Meaning: "{touchpoint is|touchpoints are} of people without an account, who reach an opportunity only through a role",
			From:    "touch_facts", Key: "touch_id", Where: "NOT has_account"},
		{Table: "touchpoints", Name: "excluded", Severity: findings.Info,
			Meaning: "{touchpoint is|touchpoints are} excluded from journeys", Remedy: "look up the reason in tables/touch_facts.parquet",
			From: "touch_facts", Key: "touch_id", Where: "excluded_reason IS NOT NULL"},
		{Table: "touchpoints", Name: "far_before_the_rest", Severity: findings.Warning,
			// Before the first percentile; of fewer than 200 touches, before the second one.
			Meaning: "{touchpoint is|touchpoints are} more than 366 days before almost all others", Remedy: "check {its date|their dates}",
			From: "touch_facts", Key: "touch_id", Where: "occurred_us < (SELECT usual_from_us FROM touch_totals) - 366 * CAST(86400000000 AS BIGINT)"},
	}
}

// recorded is the query for the people of whom contacts or leads has a record.
const Recorded = `
	SELECT person_key FROM people WHERE is_recorded`
