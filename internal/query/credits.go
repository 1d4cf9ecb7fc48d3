package query

import (
	"strings"

	"github.com/tributary-engine/tributary/internal/present"
)

// describeCredits says what a column of the credits is.
func describeCredits(column string) (unit, meaning string) {
	if model, isMoney := strings.CutSuffix(column, "_minor"); isMoney && column != "value_minor" {
		return "minor units", "credit under the model " + present.Label(model) + ", in minor units of the currency; empty where the amount is missing"
	}
	if model, isCount := strings.CutSuffix(column, "_millionths"); isCount {
		return "millionths", "credit under the model " + present.Label(model) + ", in millionths of one conversion"
	}
	known := creditColumns[column]
	return known[0], known[1]
}

var creditColumns = map[string][2]string{
	"conversion_type":     {"text", "type of conversion: `pipeline` and `revenue` of opportunities, `lead` and stages of persons"},
	"opportunity_id":      {"id", "the opportunity; empty of a conversion of a person"},
	"opportunity_type":    {"text", "opportunity type"},
	"converted_at":        {"time", "when it converted, UTC"},
	"currency":            {"text", "the reporting currency"},
	"value_minor":         {"minor units", "the whole amount of the conversion, repeated in each of its rows: do not sum it"},
	"path":                {"text", "how the journey was found: roles, account or person"},
	"touch_id":            {"id", "the touchpoint, whose id may contain that of its person; empty where the credit is unattributed"},
	"occurred_at":         {"time", "when it occurred, UTC"},
	"channel":             {"text", "channel of the touchpoint, or `(unattributed)`"},
	"campaign_id":         {"id", "campaign of the touchpoint, `(none)` or `(unattributed)`"},
	"match_method":        {"text", "how the person of the touchpoint was found"},
	"unattributed_reason": {"text", "why no touchpoint earns this part; empty where one does"},
	"person_id":           {"id", "the person who converted; empty of an opportunity"},
}
