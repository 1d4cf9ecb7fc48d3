package main

import (
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/words"
)

// acceptances reads the values of --accept.
func acceptances(flags []string) ([]findings.Acceptance, error) {
	var list []findings.Acceptance
	for _, flag := range flags {
		what, reason, isGiven := strings.Cut(flag, "=")
		if reason = strings.TrimSpace(reason); !isGiven || reason == "" {
			return nil, failure.Errorf(failure.Usage, "--accept %s: the reason is missing\nhint: write --accept %s=\"the reason\"", flag, what)
		}
		code, table, _ := strings.Cut(what, ":")
		if err := knownCode("--accept", code); err != nil {
			return nil, err
		}
		if table != "" && table != findings.Run && !slices.Contains(contract.Names(), table) {
			return nil, failure.Errorf(failure.Usage, "--accept %s: %q is not a table%s", what, table, words.DidYouMean(table, contract.Names()))
		}
		list = append(list, findings.Acceptance{Code: code, Table: table, Reason: reason})
	}
	return list, nil
}

// checkCodes refuses codes of the configuration that no finding has.
func checkCodes(settings config.Job) error {
	for code := range settings.Gates {
		if err := knownCode("gates", code); err != nil {
			return err
		}
	}
	return nil
}

func knownCode(where, code string) error {
	if codes := job.FindingCodes(); !slices.Contains(codes, code) && !strings.HasPrefix(code, "quarantined-") {
		return failure.Errorf(failure.Usage, "%s: %q is not the code of a finding%s\nhint: docs/findings.md lists the codes", where, code, words.DidYouMean(code, codes))
	}
	return nil
}
