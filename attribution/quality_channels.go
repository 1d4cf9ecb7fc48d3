package attribution

import "github.com/tributary-engine/tributary/internal/findings"

// withRules returns the checks of a run with rules of channels: the shared checks, which then read the
// channels that reports show, and one check of the rules.
func withRules(checks []findings.Check, reporting findings.Currency) []findings.Check {
	for i, c := range checks {
		if c.Name == "channel_spellings" || c.Name == "channel_without_touch" {
			checks[i].Query = checkQuery("with_rules/" + c.Name)
		}
	}
	return append(checks, fromFiles(reporting, unmappedOrigins)...)
}
