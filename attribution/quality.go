package attribution

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

// dataChecks returns the checks of the data: the files of checks/, and lists in Go for checks that
// share one query with different columns. They find unusual data that a rule of docs/reference
// resolved. Checks of settings are in quality_settings.go.
func dataChecks(reporting findings.Currency) []findings.Check {
	return slices.Concat(
		references(), fromFiles(reporting, peopleChecks...), records(), fromFiles(reporting, rowChecks...), entriesBeforeCreation(),
		fromFiles(reporting, laterChecks...), implausibleValues(), mostlyExcluded(), fromFiles(reporting, alarmChecks...), midnightsOfUTC(),
		formsOfIDs(),
	)
}

// CheckNames returns the names of all checks of this package.
func CheckNames() []string {
	var names []string
	for _, c := range dataChecks(findings.Currency{}) {
		names = append(names, c.Name)
	}
	for _, s := range settings(Options{}) {
		names = append(names, s.check)
	}
	return append(names, fromFiles(findings.Currency{}, unmappedOrigins)[0].Name, stagesUnused, controlTotalsCheck, uncoveredCheck)
}

// checkData runs every check of the data, and of the settings that name words of the data.
func checkData(ctx context.Context, eng *engine.Engine, o Options, unknownTypes []string) ([]findings.Finding, error) {
	var reporting findings.Currency
	if err := eng.Row(ctx, `SELECT currency, LENGTH(CAST(minor_per_unit AS VARCHAR)) - 1 FROM settings`, nil, &reporting.Code, &reporting.Decimals); err != nil {
		return nil, err
	}
	if err := findMidnights(ctx, eng, o.Zone); err != nil {
		return nil, err
	}
	if err := FindUnknownReferences(ctx, eng); err != nil {
		return nil, err
	}
	if err := findIDForms(ctx, eng); err != nil {
		return nil, err
	}
	checks := dataChecks(reporting)
	if o.Channels != nil {
		checks = withRules(checks, reporting)
	}
	found, err := findings.RunChecks(ctx, eng, checks)
	if err != nil {
		return nil, err
	}
	for i, f := range found {
		if n := len(unknownTypes); f.Check == unknownType && f.Rows > 0 {
			found[i].Sentence = fmt.Sprintf("opportunity %s as other: %q",
				words.Choose(n, "type that is not known counts", "types that are not known count"), strings.Join(unknownTypes, ", "))
		}
	}
	unused, err := lookForUnusedSettings(ctx, eng, o)
	return append(found, unused...), err
}
