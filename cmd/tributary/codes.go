package main

import (
	"fmt"
	"slices"
	"strings"

	"tributary/attribution"
	"tributary/gates"
	"tributary/ingest"
	"tributary/internal/config"
	"tributary/internal/contract"
	"tributary/internal/failure"
	"tributary/internal/findings"
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

// acceptances reads the values of --accept.
func acceptances(flags []string) ([]findings.Acceptance, error) {
	var list []findings.Acceptance
	for _, flag := range flags {
		what, reason, isGiven := strings.Cut(flag, "=")
		if reason = strings.TrimSpace(reason); !isGiven || reason == "" {
			return nil, failure.Errorf(failure.Usage, "--accept %s: say why: --accept %s=\"the reason\"", flag, what)
		}
		code, table, _ := strings.Cut(what, ":")
		if err := knownCode("--accept", code); err != nil {
			return nil, err
		}
		if table != "" && table != findings.Run && !slices.Contains(contract.Names(), table) {
			return nil, failure.Errorf(failure.Usage, "--accept %s: %q is no table%s", what, table, nearest(table, contract.Names()))
		}
		list = append(list, findings.Acceptance{Code: code, Table: table, Reason: reason})
	}
	return list, nil
}

// checkCodes refuses codes of the configuration that no finding has.
func checkCodes(job config.Job) error {
	for code := range job.Gates {
		if err := knownCode("gates", code); err != nil {
			return err
		}
	}
	return nil
}

func knownCode(where, code string) error {
	if codes := findingCodes(); !slices.Contains(codes, code) && !strings.HasPrefix(code, "quarantined-") {
		return failure.Errorf(failure.Usage, "%s: %q is not the code of a finding%s (docs/findings.md lists them)", where, code, nearest(code, codes))
	}
	return nil
}

// findingCodes are the codes of all findings, but for those of reasons to quarantine a row.
func findingCodes() []string {
	var codes []string
	for _, check := range slices.Concat(gates.Checks(), ingest.Checks(), attribution.CheckNames()) {
		codes = append(codes, findings.Code(check))
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func nearest(word string, known []string) string {
	if near := config.Nearest(word, known); near != "" {
		return fmt.Sprintf(" (did you mean %s?)", near)
	}
	return ""
}
