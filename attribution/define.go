package attribution

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/zone"
)

// A groupStep defines which persons of an opportunity are searched for touchpoints, and the name of
// this path in reports.
type groupStep struct {
	usesRoles, usesAccount bool
	path                   string
}

// buyingGroups are the steps of each buying group. A later step is used only if the earlier one has no
// eligible touchpoint.
var buyingGroups = map[string][]groupStep{
	"roles_else_account": {{usesRoles: true, path: "roles"}, {usesRoles: true, usesAccount: true, path: "account"}},
	"roles":              {{usesRoles: true, path: "roles"}},
	"account":            {{usesAccount: true, path: "account"}},
	"roles_and_account":  {{usesRoles: true, usesAccount: true, path: "roles_and_account"}},
}

// personPath is the path in reports of a conversion of a person, whose journey has the person's own
// touchpoints (step 0).
const personPath = "person"

// define makes the functions and the small tables by which options reach SQL: settings (one row),
// group_steps, conversion_types, opportunity_types, source_groups, funnel_stages, test_accounts and
// models.
func define(ctx context.Context, eng *engine.Engine, models []credit.Model, o Options) error {
	steps, known := buyingGroups[o.BuyingGroup]
	if !known {
		return failure.Errorf(failure.Usage, "buying_group: %q is not known; it is roles_else_account, roles, account or roles_and_account", o.BuyingGroup)
	}
	b := engine.NewTable("step INTEGER", "uses_roles BOOLEAN", "uses_account BOOLEAN", "path VARCHAR")
	for i, s := range append([]groupStep{{path: personPath}}, steps...) {
		b.Add(i, s.usesRoles, s.usesAccount, s.path)
	}
	if err := eng.StoreTable(ctx, "group_steps", b); err != nil {
		return err
	}
	if err := storeModels(ctx, eng, models, o.Primary); err != nil {
		return err
	}
	if err := storeWords(ctx, eng, "test_accounts", "account_id", o.People.TestAccounts); err != nil {
		return err
	}
	if err := defineOpportunityTypes(ctx, eng, o.Journey.SinceLastWin); err != nil {
		return err
	}
	if err := defineSourceGroups(ctx, eng, o.Agreed.GroupNames()); err != nil {
		return err
	}
	if err := defineFunnel(ctx, eng, o.Funnel); err != nil {
		return err
	}
	return defineSettings(ctx, eng, o)
}

// storeModels makes models: one row per model, with its position in reports, from 0. The primary
// one comes first.
func storeModels(ctx context.Context, eng *engine.Engine, models []credit.Model, primary string) error {
	b := engine.NewTable("model VARCHAR", "position INTEGER")
	for i, m := range models {
		position := i
		if at := slices.IndexFunc(models, func(m credit.Model) bool { return m.Name == primary }); i < at {
			position++
		} else if i == at {
			position = 0
		}
		b.Add(m.Name, position)
	}
	return eng.StoreTable(ctx, "models", b)
}

// defineOpportunityTypes makes opportunity_types: one row per type, with its position in reports,
// from 0, and whether its journeys begin after the last win of the account.
func defineOpportunityTypes(ctx context.Context, eng *engine.Engine, sinceLastWin []string) error {
	err := eng.Exec(ctx, queryText("opportunity_types"),
		contract.OpportunityTypes, append([]string{}, sinceLastWin...))
	if err != nil {
		return fmt.Errorf("defining opportunity types: %w", err)
	}
	return nil
}

// defineSourceGroups makes source_groups: one row per group, with its position in reports, from 0.
func defineSourceGroups(ctx context.Context, eng *engine.Engine, names []string) error {
	plains := []string{} // the form in which words are compared
	for _, name := range names {
		plains = append(plains, contract.PlainWord(name))
	}
	err := eng.Exec(ctx, queryText("source_groups"), names, plains)
	if err != nil {
		return fmt.Errorf("defining source groups: %w", err)
	}
	return nil
}

// defineFunnel makes conversion_types, one row per type, and funnel_stages: one row per stage, with
// its place from 1 and, if persons stand in it, the type of its conversions.
func defineFunnel(ctx context.Context, eng *engine.Engine, funnel []config.Stage) error {
	statements := []struct {
		text string
		args []any
	}{
		{`CREATE TABLE conversion_types (conversion_type INTEGER, name VARCHAR)`, nil},
		{`CREATE TABLE funnel_stages (
			position INTEGER, stage VARCHAR, unit VARCHAR, owner VARCHAR, exit_criteria VARCHAR, entered_at VARCHAR,
			within_days BIGINT, conversion_type INTEGER)`, nil},
	}
	insert := func(text string, args ...any) {
		statements = append(statements, struct {
			text string
			args []any
		}{text, args})
	}
	for i, name := range conversionTypes(funnel) {
		insert(`INSERT INTO conversion_types VALUES (?, ?)`, i, name)
	}
	for i, s := range funnel {
		var conversionType any // none of an opportunity's stage
		if s.Unit == config.Person {
			conversionType = firstOfPersons + int32(i)
		}
		insert(`INSERT INTO funnel_stages VALUES (?, ?, ?, ?, NULLIF(?, ''), NULLIF(?, ''), ?, ?)`,
			i+1, s.Name, s.Unit, s.Owner, s.ExitCriteria, s.At, s.WithinDays, conversionType)
	}
	for _, s := range statements {
		if err := eng.Exec(ctx, s.text, s.args...); err != nil {
			return fmt.Errorf("defining the funnel: %w", err)
		}
	}
	return nil
}

func defineSettings(ctx context.Context, eng *engine.Engine, o Options) error {
	fromUS, fromDay, toUS, toDay, err := reportingPeriod(o)
	if err != nil {
		return err
	}
	lookback := time.Duration(o.Journey.LookbackDays) * 24 * time.Hour
	personLookback := time.Duration(o.Journey.PersonLookbackDays) * 24 * time.Hour
	if err := eng.Exec(ctx, queryText("settings"),
		o.AsOf.UnixMicro(), o.AsOf.In(o.Zone).Format(time.DateOnly), fromUS, fromDay, toUS, toDay,
		o.From, o.To, lookback.Microseconds(), personLookback.Microseconds(), o.Zone.String(),
		o.Journey.Direct == "exclude", o.Journey.Direct == "fallback_only", !o.LeadsGiven || o.People.ContactsAreLeads, daysBeginWithUTC(o), o.Reporting.Weeks,
		o.Economics.MarginMillionths(), o.Economics.TermMonths, o.Reporting.DimensionValues, o.Reporting.Paths, o.Currency,
	); err != nil {
		return fmt.Errorf("defining settings: %w", err)
	}
	return nil
}

// daysBeginWithUTC reports whether days of the reporting zone begin at midnight UTC, in summer or in
// winter.
func daysBeginWithUTC(o Options) bool {
	const halfAYear = 182 * 24 * time.Hour
	_, now := o.AsOf.In(o.Zone).Zone()
	_, before := o.AsOf.Add(-halfAYear).In(o.Zone).Zone()
	return now == 0 || before == 0
}

// reportingPeriod returns the reporting period as instants (from, included, to, not included) and
// as days (both included).
func reportingPeriod(o Options) (fromUS int64, fromDay string, toUS int64, toDay string, err error) {
	fromUS, fromDay, toUS, toDay = math.MinInt64, "0001-01-01", math.MaxInt64, "9999-12-31"
	if o.From != "" {
		from, err := time.Parse(time.DateOnly, o.From)
		if err != nil {
			return 0, "", 0, "", failure.Errorf(failure.Usage, "reporting period: from: %q is not a day (YYYY-MM-DD)", o.From)
		}
		fromUS, fromDay = zone.StartOfDay(from.Year(), from.Month(), from.Day(), o.Zone).UnixMicro(), o.From
	}
	if o.To != "" {
		to, err := time.Parse(time.DateOnly, o.To)
		if err != nil {
			return 0, "", 0, "", failure.Errorf(failure.Usage, "reporting period: to: %q is not a day (YYYY-MM-DD)", o.To)
		}
		toUS, toDay = zone.StartOfDay(to.Year(), to.Month(), to.Day()+1, o.Zone).UnixMicro(), o.To
	}
	return fromUS, fromDay, toUS, toDay, nil
}
