package main

import "github.com/tributary-engine/tributary/internal/config"

// firstHeader begins the configuration of init.
const firstHeader = schemaLine + `
# The configuration of Tributary, written by ` + "`tributary init`. `tributary run --config tributary.yaml --out out`" + ` runs it
# unchanged, on the made-up company in data/. To use your own exports, put them into data/ (touchpoints.csv, opportunities.csv, ...
# with the headers of docs/input.md), or name your files and their columns under tables, and remove as_of. Settings that begin
# with # show the default, or an example if there is none: remove the # to change them. An unknown key is an error, with
# a hint. docs/input.md explains every key.

`

// firstSettings are the keys that the made-up company of init needs, with their values as YAML.
var firstSettings = map[string]string{
	"input.directory":     "data",
	"reporting.currency":  "USD",
	"reporting.time_zone": "America/New_York",
	"reporting.weeks":     "true",
	"as_of":               "2026-06-30",
	"people.own_domains":  "[wendlow.example]", "people.test_accounts": "[A-TEST]",
	"service_level.holidays": `[2023-07-04, 2023-09-04, 2023-11-23, 2023-12-25,
 2024-01-01, 2024-05-27, 2024-07-04, 2024-09-02, 2024-11-28, 2024-12-25,
 2025-01-01, 2025-05-26, 2025-07-04, 2025-09-01, 2025-11-27, 2025-12-25,
 2026-01-01, 2026-05-25, 2026-07-03, 2026-09-07, 2026-11-26, 2026-12-25]`,
	"quality.ratings":  "{Hot: 3, Warm: 2, Cold: 1}",
	"economics.margin": "0.75",
	"source_groups":    `{marketing: ["*"], sales: [Outbound], partner: [Partner], customer: [Referral]}`,
	"campaign_fields":  `'^(?P<offer>[^|]+) \| (?P<tactic>[^|]+) \| (?P<region>[^|]+) \| (?P<period>.+)$'`,
}

// firstConfiguration is the configuration that init writes. It does not show sales_channels, the short
// form of source_groups, which would contradict them.
func firstConfiguration() string {
	return firstHeader + config.Template(firstSettings, "sales_channels")
}
