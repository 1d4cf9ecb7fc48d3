package attribution

import (
	"embed"
	"fmt"
	"regexp"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
)

//go:embed checks/*/*.sql
var checkFiles embed.FS

// The checks that are files of checks/, as TABLE/NAME, in the order of the report within each
// table. The folder run has the checks of findings.Run.
var (
	peopleChecks = []string{
		"accounts/without_domain", "accounts/domain_shared", "accounts/ids_of_15_and_18_characters",
		"contacts/ids_of_15_and_18_characters", "contacts/email_in_several_groups",
		"identity_map/anonymous_of_several_people", "account_contacts/ends_before_it_starts", "contacts/several_accounts",
	}
	rowChecks = []string{
		"leads/bant_unknown", "leads/fit_unknown", "leads/rating_unknown",
		"campaigns/without_channel", "campaigns/ends_before_it_starts",
		"touchpoints/names_disagree", "touchpoints/without_campaign_and_channel", "touchpoints/person_without_record",
		"touchpoints/person_without_account", "touchpoints/excluded", "touchpoints/far_before_the_rest",
		"run/period_after_as_of", "run/conversions_after_as_of",
		"opportunities/without_account_and_roles", "opportunities/undated", "opportunities/closed_before_created",
		"opportunities/lost_undated", "opportunities/stage_neither_won_nor_lost", "opportunities/" + unknownType,
		"opportunities/amount_missing", "opportunities/amount_zero", "opportunities/amount_negative", "opportunities/reversal_positive",
		"stage_history/stage_unknown", "stage_history/word_of_nobody", "stage_history/goes_back",
	}
	laterChecks = []string{
		"stage_history/after_as_of", "activities/after_as_of", "targets/ends_before_it_starts", "targets/metric_unknown",
		"campaigns/expected_leads_without_dates", "campaigns/channel_differs_from_touches",
		"costs/amount_not_positive", "costs/campaign_without_touch", "costs/channel_without_touch", "costs/after_as_of",
		"costs/covers_more_than_366_days", "opportunities/closes_after_as_of", "run/channel_spellings",
		"crm_influence/shares_below_whole", "crm_influence/shares_above_whole",
	}
	// alarmChecks find data that is readable and breaks no rule, but is probably a mistake.
	alarmChecks = []string{
		"run/every_conversion_after_as_of", "costs/mostly_without_touch", "costs/days_restated", "campaigns/cost_at_parent",
		"opportunity_contacts/contact_is_lead", "exchange_rates/rate_looks_inverted", "opportunities/closed_at_midnight_before_creation",
	}
)

// unknownType is the check of types whose message names all of them.
const unknownType = "type_unknown"

// unmappedOrigins is the check that only runs with rules of channels have.
const unmappedOrigins = "touchpoints/origins_unmapped"

// fromFiles reads checks from their files. Amounts are in the reporting currency. The files are part
// of the program, so a header that cannot be read is a defect.
func fromFiles(reporting findings.Currency, names ...string) []findings.Check {
	var checks []findings.Check
	for _, name := range names {
		c, err := readCheck(name, checkText(name), reporting)
		if err != nil {
			panic(fmt.Sprintf("attribution/checks/%s.sql: %v", name, err))
		}
		checks = append(checks, c)
	}
	return checks
}

// readCheck reads a check from the text of its file, TABLE/NAME. The comment at its head can explain
// the query; then it declares
//
//	-- grain: the meaning of key; the query returns each key once
//	-- message: the text after the number of rows (findings.Check.Meaning)
//	-- severity: warning or info
//	-- remedy: what the reader should do (optional)
//	-- money: the meaning of micros (if the query returns it)
//	-- near: a query for the known words, to suggest the nearest one (optional)
//
// The query after it returns key, n and perhaps micros (findings.Check.Query).
func readCheck(name, text string, reporting findings.Currency) (findings.Check, error) {
	comment, query := engine.SplitHead(text)
	declared, prose, err := engine.Declared(comment, "grain", "message", "severity", "remedy", "money", "near")
	if err != nil {
		return findings.Check{}, err
	}
	if mistyped := unknownDeclaration.FindString(prose); mistyped != "" {
		return findings.Check{}, fmt.Errorf("%q declares nothing", mistyped)
	}
	if hasMoney := strings.Contains(query, " AS micros"); hasMoney != (declared["money"] != "") {
		return findings.Check{}, fmt.Errorf("the query returns micros if and only if the line -- money: says what they are")
	}
	table, check, _ := strings.Cut(name, "/")
	if table == "run" {
		table = findings.Run
	}
	c := findings.Check{Table: table, Name: check, Grain: declared["grain"], Severity: findings.Severity(declared["severity"]),
		Meaning: declared["message"], Remedy: declared["remedy"], Near: declared["near"], Query: strings.TrimSpace(query)}
	if c.Grain == "" || c.Meaning == "" {
		return c, fmt.Errorf("the lines -- grain: and -- message: are required")
	}
	if c.Severity != findings.Warning && c.Severity != findings.Info {
		return c, fmt.Errorf("the severity is %q, and has to be warning or info", c.Severity)
	}
	if declared["money"] != "" {
		c.Currency = reporting
	}
	if parts := condition.FindStringSubmatch(c.Query); parts != nil {
		c.Key, c.From, c.Where = parts[1], parts[2], parts[3]
	}
	return c, nil
}

// unknownDeclaration matches a line that looks like a declaration.
var unknownDeclaration = regexp.MustCompile(`(?m)^-- [a-z]+: `)

// condition matches a query of three lines that counts the rows of one relation. Checks of this
// form share one scan of the relation.
var condition = regexp.MustCompile(`^SELECT ([a-z_]+) AS key, 1 AS n\nFROM ([a-z_]+)\nWHERE (.+)$`)

// checkText is the text of checks/NAME.sql.
func checkText(name string) string {
	text, err := checkFiles.ReadFile("checks/" + name + ".sql")
	if err != nil {
		panic(err) // the file is part of the program
	}
	return string(text)
}

// checkQuery is the query of checks/NAME.sql, with each {NAME} of these pairs replaced by what
// follows it.
func checkQuery(name string, replaced ...string) string {
	return engine.Statement(checkFiles, "checks/"+name+".sql", replaced...)
}
