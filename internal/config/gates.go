package config

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/words"
)

// Gates are what the configuration says of findings, by code, then by table; an empty table stands
// for all of them.
type Gates map[string]map[string]Gate

// A Gate is a severity, or limits on the number that a finding is measured by.
type Gate struct {
	Severity string `json:"-"`                // info, warn, refuse or off; empty: the limits decide
	Warn     Limit  `json:"warn,omitempty"`   // empty: never
	Refuse   Limit  `json:"refuse,omitempty"` // empty: never
}

// A Limit is a number as people write it: 2% or 0.02, 31d or 31.
type Limit string

// Number is the limit as a number, and nil where there is none.
func (l Limit) Number() *float64 {
	digits, isPercent := strings.CutSuffix(strings.TrimSuffix(string(l), "d"), "%")
	number, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return nil
	}
	if isPercent {
		number /= 100
	}
	return &number
}

// UnmarshalJSON takes a text or a bare number.
func (l *Limit) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte(`"`)) {
		return json.Unmarshal(text, (*string)(l))
	}
	*l = Limit(text)
	return nil
}

// UnmarshalJSON takes a severity, or a mapping with the limits.
func (g *Gate) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte(`"`)) {
		return json.Unmarshal(text, &g.Severity)
	}
	type limits Gate
	return json.Unmarshal(text, (*limits)(g))
}

// MarshalJSON writes what UnmarshalJSON takes.
func (g Gate) MarshalJSON() ([]byte, error) {
	if g.Severity != "" {
		return json.Marshal(g.Severity)
	}
	type limits Gate
	return json.Marshal(limits(g))
}

// documentGate is what stands under one code: a Gate for all tables, or one for each of some.
type documentGate map[string]Gate

func (d *documentGate) UnmarshalJSON(text []byte) error {
	var byName map[string]json.RawMessage
	isForAll := bytes.HasPrefix(text, []byte(`"`))
	if !isForAll {
		if err := json.Unmarshal(text, &byName); err != nil {
			return err
		}
		isForAll = hasLimits(slices.Collect(maps.Keys(byName)))
	}
	*d = documentGate{}
	if isForAll {
		var gate Gate
		if err := json.Unmarshal(text, &gate); err != nil {
			return err
		}
		(*d)[""] = gate
	}
	for name, text := range byName {
		if name == "warn" || name == "refuse" {
			continue
		}
		var gate Gate
		if err := json.Unmarshal(text, &gate); err != nil {
			return err
		}
		(*d)[name] = gate
	}
	return nil
}

func (d documentGate) MarshalJSON() ([]byte, error) {
	if gate, isForAll := d[""]; isForAll {
		return json.Marshal(gate)
	}
	return json.Marshal(map[string]Gate(d))
}

func hasLimits(keys []string) bool {
	return slices.Contains(keys, "warn") || slices.Contains(keys, "refuse")
}

// checkGates reports tables that are none, and days that do not exist.
func (t *tree) checkGates(d document) {
	names := append(contract.Names(), "(run)")
	for code, gates := range d.Gates {
		if _, isForAll := gates[""]; isForAll && len(gates) > 1 {
			t.report([]string{"gates", code}, "contradiction", "has limits for all tables and rules for single tables\nhint: give each table its own")
			continue
		}
		for name := range gates {
			if name != "" && !slices.Contains(names, name) {
				t.reportKey([]string{"gates", code, name}, "unknown key", "not a table of the contract, nor warn or refuse"+words.DidYouMean(name, names))
			}
		}
	}
	for name := range d.Freshness {
		if contract.Find(name) == nil {
			t.reportKey([]string{"freshness", name}, "unknown key", "not a table of the contract"+words.DidYouMean(name, contract.Names()))
		}
	}
	if d.ClosedThrough != "" {
		if day, err := date(d.ClosedThrough); err != nil {
			t.report([]string{"closed_through"}, "wrong value", err.Error())
		} else if day.AddDate(0, 0, 1).Day() != 1 { // figures are compared by month
			t.report([]string{"closed_through"}, "wrong value", "want the last day of a month, because books are closed by the month")
		}
	}
}

func (d document) gates() Gates {
	if len(d.Gates) == 0 {
		return nil
	}
	gates := Gates{}
	for code, byTable := range d.Gates {
		gates[code] = byTable
	}
	return gates
}

func (d document) freshness() map[string]Limit {
	if len(d.Freshness) == 0 {
		return nil
	}
	return d.Freshness
}

func documentGates(gates Gates) map[string]documentGate {
	if len(gates) == 0 {
		return nil
	}
	written := map[string]documentGate{}
	for code, byTable := range gates {
		written[code] = byTable
	}
	return written
}
