package attribution

import "github.com/tributary-engine/tributary/internal/findings"

// withRules are the checks of a run whose channels are decided by rules: the shared checks, asked of
// the channels that reports show, and one of the rules.
func withRules(checks []findings.Check, reporting findings.Currency) []findings.Check {
	for i, c := range checks {
		if c.Name == "channel_spellings" || c.Name == "channel_without_touch" {
			checks[i].Query = checkQuery("with_rules/" + c.Name)
		}
	}
	return append(checks, fromFiles(reporting, unmappedOrigins)...)
}
