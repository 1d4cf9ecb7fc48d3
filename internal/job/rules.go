package job

import (
	"slices"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/gates"
	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/findings"
)

// rulesOf is the configuration's say on findings.
func rulesOf(configured config.Gates) findings.Rules {
	severities := map[string]findings.Severity{"info": findings.Info, "warn": findings.Warning, "refuse": findings.Refuse, "off": findings.Off}
	rules := findings.Rules{}
	for code, byTable := range configured {
		rules[code] = map[string]findings.Rule{}
		for table, gate := range byTable {
			rules[code][table] = findings.Rule{Severity: severities[gate.Severity], Warn: gate.Warn.Number(), Refuse: gate.Refuse.Number()}
		}
	}
	return rules
}

// FindingCodes are the codes of all findings, but for those of reasons to quarantine a row.
func FindingCodes() []string {
	var codes []string
	for _, check := range slices.Concat(gates.Checks(), ingest.Checks(), attribution.CheckNames()) {
		codes = append(codes, findings.Code(check))
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}
