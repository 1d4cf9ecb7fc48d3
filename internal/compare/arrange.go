package compare

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/present"
)

// result arranges the figures: a row per value, the places, and what depends on the model.
func (r *reader) result(figures []figureRow) Result {
	m := r.measure
	result := Result{
		Run: r.run.ID, AsOf: r.asOf.Format(time.DateOnly), Dimension: r.dimension.name, Measure: m.name, Unit: m.unit, Currency: r.run.Manifest.ReportingCurrency,
		Basis: r.question.Basis, OpportunityType: r.question.OpportunityType, Top: r.question.Top,
		Best: []string{}, Depends: []string{}, Rows: []Row{}, Notes: []string{},
		Label: m.label, One: r.dimension.one, Many: r.dimension.many, IsRatio: m.divisor != nil, LessIsMore: m.lessIsMore,
	}
	if m.n != nil {
		result.CountOf = m.n.column
	}
	for _, name := range r.models {
		result.Models = append(result.Models, Model{Name: name, Label: present.Label(name)})
	}
	periods := map[string]*Period{}
	for _, w := range r.windows {
		p := r.period(w)
		periods[w.role] = &p
	}
	result.Period, result.Before, result.YearAgo = *periods[now], periods[before], periods[yearAgo]

	earlier := map[string]map[string][]Figure{}
	for _, w := range r.windows[1:] {
		earlier[w.role] = map[string][]Figure{}
	}
	for _, f := range figures {
		figure := Figure{
			Model: f.model, Figure: r.number(f.figure), SmallSample: m.n != nil && f.isSmall, Rank: f.place, hasAmount: f.hasAmount, isProvisional: f.isProvisional,
		}
		if m.n != nil {
			figure.N = Number{f.n, 6}
		}
		key := f.value
		if f.isTotal {
			key = total
		}
		switch last := len(result.Rows) - 1; {
		case f.role != now:
			earlier[f.role][key] = append(earlier[f.role][key], figure)
		case f.isTotal:
			result.Total.Figures = append(result.Total.Figures, figure)
		case last >= 0 && result.Rows[last].Value == f.value:
			result.Rows[last].Figures = append(result.Rows[last].Figures, figure)
		default:
			result.Rows = append(result.Rows, Row{Value: f.value, Name: r.names[f.value], IsRanked: !isAside(f.value), Figures: []Figure{figure}})
		}
	}
	result.Total.Value = total
	for i := range result.Rows {
		result.Rows[i].settle(result.Top)
	}
	result.Total.settle(0)
	for _, row := range append(pointers(result.Rows), &result.Total) {
		if p := result.Before; p != nil {
			row.Before = r.changes(*row, earlier[before][row.Value], *p)
		}
		if p := result.YearAgo; p != nil {
			row.YearAgo = r.changes(*row, earlier[yearAgo][row.Value], *p)
		}
	}
	slices.SortStableFunc(result.Rows, r.compareRows)
	result.choose()
	result.Notes = r.notes(result)
	return result
}

// total is the value of the row over all values.
const total = "(all)"

// asides are values that are none, and so have no place.
var asides = []string{"(none)", "(unattributed)", "(no match)", "(other)"}

func isAside(value string) bool { return slices.Contains(asides, value) }

func pointers(rows []Row) []*Row {
	var all []*Row
	for i := range rows {
		all = append(all, &rows[i])
	}
	return all
}

// number is a figure of the measure with its decimals.
func (r *reader) number(value *big.Rat) Number {
	if r.measure.unit == "money" {
		return Number{value, r.scale}
	}
	return Number{value, 6}
}

// settle finds the lowest and highest figure and the places of a row over the models. Of several
// models with the same figure, the first is named.
func (row *Row) settle(top int) {
	row.isBest = row.IsRanked
	for _, f := range row.Figures {
		row.HasAmount = row.HasAmount || f.hasAmount
		if f.Figure.IsKnown() {
			if !row.Lowest.IsKnown() || f.Figure.value.Cmp(row.Lowest.value) < 0 {
				row.Lowest, row.LowestModel = f.Figure, f.Model
			}
			if !row.Highest.IsKnown() || f.Figure.value.Cmp(row.Highest.value) > 0 {
				row.Highest, row.HighestModel = f.Figure, f.Model
			}
		}
		if !f.Figure.IsKnown() {
			row.Missing++
		}
		if f.Rank > 0 {
			if row.BestRank == 0 {
				row.BestRank = f.Rank
			}
			row.BestRank, row.WorstRank = min(row.BestRank, f.Rank), max(row.WorstRank, f.Rank)
		}
		row.isBest = row.isBest && f.Rank > 0 && f.Rank <= top && f.hasAmount
	}
	if row.Lowest.IsKnown() {
		row.Spread = Number{new(big.Rat).Sub(row.Highest.value, row.Lowest.value), row.Lowest.decimals}
	}
	row.changesPlace = row.HasAmount && (row.BestRank != row.WorstRank || row.BestRank > 0 && row.Missing > 0)
}

// compareRows puts the best under the primary model first, then rows without a figure, then those
// without a place.
func (r *reader) compareRows(a, b Row) int {
	if c := cmp.Compare(asInt(!a.IsRanked), asInt(!b.IsRanked)); c != 0 {
		return c
	}
	x, y := a.Figures[0].Figure, b.Figures[0].Figure
	if c := cmp.Compare(asInt(!x.IsKnown()), asInt(!y.IsKnown())); c != 0 || !x.IsKnown() || !a.IsRanked {
		return cmp.Or(c, strings.Compare(a.Value, b.Value))
	}
	c := y.value.Cmp(x.value)
	if r.measure.lessIsMore {
		c = -c
	}
	return cmp.Or(c, strings.Compare(a.Value, b.Value))
}

func asInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// choose lists what is best under every model, the safest place first, and what changes place, the
// widest spread first.
func (result *Result) choose() {
	var best, depends []Row
	for _, row := range result.Rows {
		if row.isBest {
			best = append(best, row)
		}
		if row.changesPlace {
			depends = append(depends, row)
		}
	}
	slices.SortStableFunc(best, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.WorstRank, b.WorstRank), cmp.Compare(a.BestRank, b.BestRank))
	})
	slices.SortStableFunc(depends, func(a, b Row) int { return b.Spread.value.Cmp(a.Spread.value) })
	for _, row := range best {
		result.Best = append(result.Best, row.Value)
	}
	for _, row := range depends {
		result.Depends = append(result.Depends, row.Value)
	}
}
