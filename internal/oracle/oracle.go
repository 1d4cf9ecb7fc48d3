// Package oracle is a second, slow and simple implementation of the rules of attribution, for tests
// only. It computes one journey at a time with math/big, and shares no code with the program. If their
// results differ, one of them is wrong.
package oracle

import (
	"fmt"
	"math/big"
)

// Result is everything the oracle knows about a world.
type Result struct {
	AsOf              int64 // microseconds since 1970, UTC
	ReportingCurrency string
	Models            []string
	Conversions       []Conversion // the counted ones and, with NotCounted, those after as-of
	Credits           []CreditRow
	CostDays          []CostDay
	Reconciliation    []ReconciliationRow
	Coverage          []CoverageRow
	Channels          []ChannelRow
	Campaigns         []CampaignRow
	Months            []MonthRow
	Dimensions        []DimensionRow
	Funnel            []FunnelRow
	Sourcing          []Sourcing // per conversion, what SourcedInfluenced counts
	SourcedInfluenced []SourcedRow
	ValueAfterWin     []ValueRow // several rows of a key add up
}

// Conversion is one conversion of an opportunity or of a person.
type Conversion struct {
	Type            string // pipeline, revenue, or the id of a stage of persons
	OpportunityID   string // "" for a person
	PersonID        string // "" for an opportunity
	OpportunityType string
	Anchor          int64
	Amount          *big.Int // minor units of the reporting currency; nil when the amount is missing or not counted; persons have 0
	Units           *big.Int // millionths
	Root            string   // the opportunity whose journey is used: its own, or the one it reverses
	Path            string   // of the buying group
	Reason          string   // why the journey is empty; "" when it is not
	Open            bool     // at as-of
	Reversal        bool
	NotCounted      string // after_as_of, or ""

	who     *person // of a person's conversion
	journey *journey
}

// AfterAsOf is the reason of a conversion that is listed and not counted.
const AfterAsOf = "after_as_of"

// Run attributes a world.
func Run(w World) (Result, error) {
	if w.Options.ReportingZone != "" && w.Options.ReportingZone != "UTC" {
		return Result{}, fmt.Errorf("the oracle knows only the reporting zone UTC, not %s", w.Options.ReportingZone)
	}
	w, err := w.collapsed()
	if err != nil {
		return Result{}, err
	}
	money, err := openPurse(w)
	if err != nil {
		return Result{}, err
	}
	within, err := reportingPeriod(w.Options)
	if err != nil {
		return Result{}, err
	}
	read, deals, err := readWorld(w)
	if err != nil {
		return Result{}, err
	}
	conversions, err := read.conversions(deals, money)
	if err != nil {
		return Result{}, err
	}
	conversions = append(conversions, read.personConversions()...)
	models := modelsOf(w.Options)
	result := Result{AsOf: read.asOf, ReportingCurrency: money.currency, Conversions: conversions}
	for _, m := range models {
		result.Models = append(result.Models, m.id)
	}
	result.Credits = read.credits(conversions, models)
	if result.CostDays, err = costDays(w, money, costChannelsOf(channelsOf(w), read.touches), read.asOf, within); err != nil {
		return Result{}, err
	}
	result.Reconciliation = reconcile(result, within)
	result.ValueAfterWin = read.valueAfterWin(conversions, models, within)
	result.Channels, result.Campaigns = performance(result, within)
	result.Coverage = coverage(conversions, within)
	result.Months = monthly(result, within)
	result.Dimensions = read.dimensions(result, w, within)
	result.Funnel = read.funnel(conversions, within)
	if result.Sourcing, err = read.sourcing(conversions, channelsOf(w)); err != nil {
		return Result{}, err
	}
	result.SourcedInfluenced = sourced(result)
	return result, nil
}

// readWorld reads the tables and settles who everyone is.
func readWorld(w World) (*world, []*deal, error) {
	p, err := stitch(w)
	if err != nil {
		return nil, nil, err
	}
	touches, err := readTouches(w, p, channelsOf(w)) // adds the persons known by an e-mail alone
	if err != nil {
		return nil, nil, err
	}
	if err := p.findDetails(w); err != nil {
		return nil, nil, err
	}
	exclude(touches, w.Options)
	deals, err := readDeals(w)
	if err != nil {
		return nil, nil, err
	}
	asOf, err := asOfOf(w, deals)
	if err != nil {
		return nil, nil, fmt.Errorf("as-of: %w", err)
	}
	byID := map[string]*deal{}
	for _, d := range deals {
		d.markOpen(asOf)
		d.findRoles(w, p)
		byID[d.OpportunityID] = d
	}
	return &world{options: w.Options, people: p, touches: touches, deals: byID, asOf: asOf}, deals, nil
}
