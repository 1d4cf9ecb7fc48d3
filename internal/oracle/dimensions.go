package oracle

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// Values of dimensions beside those of the data.
const (
	NoMatch = "(no match)"
	Other   = "(other)"
)

// CampaignFields is the pattern that fields of dimensions come from: a letter of ASCII, and the rest
// of a name in one line.
const CampaignFields = `^(?P<first>[A-Za-z])(?P<rest>.*)$`

// DimensionRow is one row of dimension_performance.
type DimensionRow struct {
	Basis, OpportunityType, Model, Dimension, Value string
	Measures
}

// conversionDimensions are told apart by the amounts of their conversions, the others by credit.
var conversionDimensions = []string{"segment", "industry", "account", "parent_account", "owner"}

type dimensionKey struct{ basis, opportunityType, model, dimension, value string }

// dimensions adds up credit and cost by every dimension, one credit row after the other.
func (w *world) dimensions(r Result, given World, within period) []DimensionRow {
	campaigns := campaignTree(given.Campaigns)
	touches := map[string]Touchpoint{}
	for _, t := range given.Touchpoints {
		touches[t.TouchID] = t
	}
	persons := map[string]*person{}
	for _, t := range w.touches {
		persons[t.id] = t.who
	}
	rows := map[dimensionKey]Measures{}
	at := func(basis, opportunityType, model, dimension, value string) Measures {
		k := dimensionKey{basis, opportunityType, model, dimension, value}
		if _, known := rows[k]; !known {
			rows[k] = noMeasures()
		}
		return rows[k]
	}
	for _, c := range r.Credits {
		values := campaigns.values(c.Campaign)
		values["channel"] = c.Channel
		for dimension, value := range w.conversionValues(c.conversion, given) {
			values[dimension] = value
		}
		t := touches[c.TouchID]
		values["asset"], values["source"], values["medium"] = orNone(t.Asset), orNone(t.Source), orNone(t.Medium)
		if c.Reason != "" {
			for dimension := range values {
				values[dimension] = Unattributed
			}
			values["persona"] = Unattributed
		} else {
			values["persona"] = persons[c.TouchID].persona()
		}
		for _, basis := range []string{BasisPeriod, BasisCohort} {
			if basis == BasisPeriod && !within.holds(c.conversion.Anchor) || basis == BasisCohort && !within.holds(c.At) {
				continue
			}
			for _, m := range r.Models {
				for dimension, value := range values {
					at(basis, c.OpportunityType, m, dimension, value).add(c, m)
				}
			}
		}
	}
	for _, d := range r.CostDays {
		values := campaigns.values(d.Campaign)
		values["channel"] = d.Channel
		for _, basis := range []string{BasisPeriod, BasisCohort} {
			for _, m := range r.Models {
				for dimension, value := range values {
					cost := at(basis, newBusiness, m, dimension, value).CostMicros
					cost.Add(cost, d.Micros)
				}
			}
		}
	}
	return w.largest(r, given, within, rows)
}

// conversionValues are the values of a conversion in its own dimensions.
func (w *world) conversionValues(c Conversion, given World) map[string]string {
	account, owner := "", ""
	if c.OpportunityID != "" {
		account, owner = w.deals[c.OpportunityID].AccountID, w.deals[c.OpportunityID].Owner
	} else {
		account, owner = c.who.account, c.who.newestOwner()
	}
	values := map[string]string{"segment": None, "industry": None, "account": orNone(account), "parent_account": orNone(account), "owner": orNone(owner)}
	for up := account; up != ""; {
		values["parent_account"] = up
		next := ""
		for _, a := range given.Accounts {
			if a.AccountID == up {
				next = a.ParentAccountID
			}
			if a.AccountID == account {
				values["segment"], values["industry"] = orNone(a.Segment), orNone(a.Industry)
			}
		}
		up = next
	}
	return values
}

// A tree of campaigns: the row of each, and how deep it is.
type tree struct {
	rows  map[string]Campaign
	depth int
}

func campaignTree(campaigns []Campaign) tree {
	t := tree{rows: map[string]Campaign{}}
	for _, c := range campaigns {
		t.rows[c.CampaignID] = c
	}
	for _, c := range campaigns {
		t.depth = max(t.depth, len(t.above(c.CampaignID)))
	}
	return t
}

// above is a campaign and what is above it, from the top.
func (t tree) above(id string) []string {
	var path []string
	for up := id; up != ""; up = t.rows[up].ParentCampaignID {
		path = append([]string{up}, path...)
	}
	return path
}

// values are those of a campaign: itself, each level of its tree, and the fields of its name.
func (t tree) values(id string) map[string]string {
	first, rest := NoMatch, NoMatch
	name := t.rows[id].Name
	if name != "" && strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", rune(name[0])) && !strings.Contains(name, "\n") {
		first, rest = name[:1], orNone(name[1:])
	}
	if id == None || id == Unattributed {
		first, rest = id, id
	}
	values := map[string]string{"campaign": id, "field_first": first, "field_rest": rest}
	if t.depth > 1 {
		path := t.above(id)
		for level := range t.depth {
			values[fmt.Sprintf("campaign_level_%d", level+1)] = path[min(level, len(path)-1)]
		}
	}
	return values
}

// largest puts the values beyond the largest of each dimension together.
func (w *world) largest(r Result, given World, within period, rows map[dimensionKey]Measures) []DimensionRow {
	scale := big.NewInt(1_000_000) // millionths in a minor unit
	scale.Div(scale, new(big.Int).Exp(big.NewInt(10), big.NewInt(exponent(r.ReportingCurrency)), nil))
	weights := map[string]map[string]*[3]*big.Int{}
	weigh := func(dimension, value string, by ...*big.Int) {
		if slices.Contains([]string{None, Unattributed, NoMatch, Other}, value) {
			return
		}
		if weights[dimension] == nil {
			weights[dimension] = map[string]*[3]*big.Int{}
		}
		if weights[dimension][value] == nil {
			weights[dimension][value] = &[3]*big.Int{new(big.Int), new(big.Int), new(big.Int)}
		}
		for i, amount := range by {
			weights[dimension][value][i].Add(weights[dimension][value][i], amount)
		}
	}
	for k, m := range rows {
		if slices.Contains(conversionDimensions, k.dimension) || m.IsZero() {
			continue
		}
		weigh(k.dimension, k.value)
		if k.model == w.options.Alignment.PrimaryModel {
			money := new(big.Int).Mul(m.Revenue, scale)
			units := new(big.Int).Set(m.Opportunities)
			if leads := m.Stages[LeadStage]; leads != nil {
				units.Add(units, leads)
			}
			weigh(k.dimension, k.value, money.Add(money, m.CostMicros), m.Pipeline, units)
		}
	}
	for _, c := range r.Conversions {
		if c.NotCounted != "" {
			continue
		}
		for dimension, value := range w.conversionValues(c, given) {
			weigh(dimension, value)
			if !within.holds(c.Anchor) {
				continue
			}
			by := []*big.Int{new(big.Int), new(big.Int), big.NewInt(1)}
			if c.Amount != nil && c.Type == Revenue {
				by[0] = c.Amount
			}
			if c.Amount != nil && c.Type == Pipeline {
				by[1] = c.Amount
			}
			weigh(dimension, value, by...)
		}
	}
	rest := map[string]map[string]bool{}
	for dimension, byValue := range weights {
		var values []string
		for value := range byValue {
			values = append(values, value)
		}
		slices.SortFunc(values, func(a, b string) int {
			x, y := byValue[a], byValue[b]
			return cmp.Or(y[0].Cmp(x[0]), y[1].Cmp(x[1]), y[2].Cmp(x[2]), cmp.Compare(a, b))
		})
		rest[dimension] = map[string]bool{}
		for _, value := range values[min(w.options.DimensionValues, len(values)):] {
			rest[dimension][value] = true
		}
	}
	var all []DimensionRow
	for k, m := range rows {
		if rest[k.dimension][k.value] {
			k.value = Other
		}
		all = append(all, DimensionRow{k.basis, k.opportunityType, k.model, k.dimension, k.value, m})
	}
	return all
}
