package compare

import (
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

// A quantity is something that adds up: credit of a type of conversions, in minor units or in
// millionths, or cost in millionths of a currency unit.
type quantity struct {
	column     string // of the performance reports
	conversion string // type of conversion; empty: cost
	counts     string // minor, millionths or micros
	onlyOpen   bool
}

// A measure is what is compared: an amount, or an amount over a divisor, with the credited
// conversions n on which it stands.
type measure struct {
	name, label string
	unit        string    // money, cost, units or ratio
	amount      quantity  // the figure, or the numerator
	divisor     *quantity // nil: not a ratio
	n           *quantity // nil: it counts no conversion
	figure      string    // SQL over amount, divisor, minor_per_unit and margin_millionths
	lessIsMore  bool      // the smallest is the best
	isNeutral   bool      // neither more nor less is better
	isChanging  bool      // what it says of the past changes later
}

var (
	costQuantity = quantity{column: "cost", counts: "micros"}
	revenueMoney = quantity{column: "revenue", conversion: "revenue", counts: "minor"}
	wonUnits     = quantity{column: "won", conversion: "revenue", counts: "millionths"}
	pipelineSum  = quantity{column: "pipeline", conversion: "pipeline", counts: "minor"}
	openSum      = quantity{column: "open_pipeline", conversion: "pipeline", counts: "minor", onlyOpen: true}
	createdUnits = quantity{column: "opportunities", conversion: "pipeline", counts: "millionths"}
	openUnits    = quantity{conversion: "pipeline", counts: "millionths", onlyOpen: true}
)

// The rules of the performance reports, in their macros: divided once.
const (
	asMoney   = "money(amount)"
	asUnits   = "units(amount)"
	asCost    = "micros(amount)"
	asCostPer = "ratio(NULLIF(amount, 0), divisor)"
	asRatio   = "ratio(amount, divisor)"
	asROAS    = "ratio(amount * 1000000, NULLIF(divisor, 0) * minor_per_unit)"
	asROI     = "ratio(amount * 1000000 - divisor * minor_per_unit, NULLIF(divisor, 0) * minor_per_unit)"

	asROIOnMargin = "ratio(amount * margin_millionths - divisor * minor_per_unit, NULLIF(divisor, 0) * minor_per_unit)"
)

// roiOnMargin is the measure that needs the margin of the configuration.
const roiOnMargin = "roi_on_margin"

// Measures are the names of the measures of a run with this funnel.
func Measures(funnel []config.Stage) []string {
	var names []string
	for _, m := range measures(funnel) {
		names = append(names, m.name)
	}
	return names
}

// measures are those of the performance reports, of which those of further stages depend on the
// funnel.
func measures(funnel []config.Stage) []measure {
	stage := func(column, conversion string) quantity {
		return quantity{column: column, conversion: conversion, counts: "millionths"}
	}
	list := []measure{
		{name: "revenue", label: "revenue", unit: "money", amount: revenueMoney, n: &wonUnits, figure: asMoney},
		{name: "pipeline", label: "pipeline", unit: "money", amount: pipelineSum, n: &createdUnits, figure: asMoney},
		{name: "open_pipeline", label: "open pipeline", unit: "money", amount: openSum, n: &openUnits, figure: asMoney, isChanging: true},
	}
	type unit struct{ column, one, many, conversion string }
	counted := []unit{{"leads", "lead", "leads", "lead"}, {"mqls", "mql", "MQLs", "mql"}, {"sqls", "sql", "SQLs", "sql"}}
	for i, s := range funnel {
		id := s.ID()
		if s.Unit == config.Person && i > 0 && id != "mql" && id != "sql" {
			counted = append(counted, unit{id + "s", id, s.Name + "s", id})
		}
	}
	for _, u := range counted {
		q := stage(u.column, u.conversion)
		list = append(list, measure{name: u.column, label: u.many, unit: "units", amount: q, n: &q, figure: asUnits})
	}
	list = append(list,
		measure{name: "opportunities", label: "opportunities", unit: "units", amount: createdUnits, n: &createdUnits, figure: asUnits},
		measure{name: "won", label: "won opportunities", unit: "units", amount: wonUnits, n: &wonUnits, figure: asUnits},
		measure{name: "cost", label: "cost", unit: "cost", amount: costQuantity, figure: asCost, isNeutral: true},
	)
	counted = append(counted, unit{"opportunities", "opportunity", "", "pipeline"}, unit{"won", "won", "", "revenue"})
	for _, u := range counted {
		q := stage(u.column, u.conversion)
		list = append(list, measure{name: "cost_per_" + u.one, label: costPerLabel(u.one, u.many), unit: "cost", amount: costQuantity, divisor: &q, n: &q, figure: asCostPer, lessIsMore: true})
	}
	mqls := stage("mqls", "mql")
	return append(list,
		measure{name: "roas", label: "ROAS", unit: "ratio", amount: revenueMoney, divisor: &costQuantity, n: &wonUnits, figure: asROAS},
		measure{name: "roi", label: "ROI", unit: "ratio", amount: revenueMoney, divisor: &costQuantity, n: &wonUnits, figure: asROI},
		measure{name: roiOnMargin, label: "ROI on margin", unit: "ratio", amount: revenueMoney, divisor: &costQuantity, n: &wonUnits, figure: asROIOnMargin},
		measure{name: "mql_to_sql", label: "MQL to SQL ratio", unit: "ratio", amount: stage("sqls", "sql"), divisor: &mqls, n: &mqls, figure: asRatio},
	)
}

func costPerLabel(one, many string) string {
	switch one {
	case "won":
		return "cost per won opportunity"
	case "lead", "opportunity":
		return "cost per " + one
	}
	return "cost per " + strings.TrimSuffix(many, "s")
}

// measureOf is the measure of a name.
func measureOf(name string, funnel []config.Stage) (measure, error) {
	list := measures(funnel)
	var names []string
	for _, m := range list {
		names = append(names, m.name)
	}
	if i := slices.Index(names, name); i >= 0 {
		return list[i], nil
	}
	return measure{}, failure.Errorf(failure.Usage, "--measure: %q is not a measure%s\nhint: the measures are %s", name, words.DidYouMean(name, names), strings.Join(names, ", "))
}

// usesCost tells whether the measure is about cost.
func (m measure) usesCost() bool {
	return m.amount.conversion == "" || m.divisor != nil && m.divisor.conversion == ""
}

// A role is what a quantity is in a measure: amount, divisor or n.
type role struct {
	name     string
	quantity quantity
}

// roles are the quantities of a measure.
func (m measure) roles() []role {
	found := []role{{"amount", m.amount}}
	if m.divisor != nil {
		found = append(found, role{"divisor", *m.divisor})
	}
	if m.n != nil {
		found = append(found, role{"n", *m.n})
	}
	return found
}

// conversions are the types of conversions that it counts.
func (m measure) conversions() []string {
	var types []string
	for _, r := range m.roles() {
		if c := r.quantity.conversion; c != "" && !slices.Contains(types, c) {
			types = append(types, c)
		}
	}
	return types
}
