package config

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/tributary-engine/tributary/internal/words"
)

// checkModels reports models that contradict themselves or each other. Whether a name is one of the
// shipped models is for the caller to say, who knows them.
func (t *tree) checkModels(d document) {
	run := slices.Clone(d.Models) // custom models always run
	for _, m := range d.CustomModels {
		run = append(run, m.Name)
	}
	if d.PrimaryModel != "" && len(d.Models) > 0 && !slices.Contains(run, d.PrimaryModel) {
		t.report([]string{"primary_model"}, "contradiction", d.PrimaryModel+" is not among models: add it there, or name another"+words.DidYouMean(d.PrimaryModel, run))
	}
	first := map[string]int{}
	for i, m := range d.CustomModels {
		path := []string{"custom_models", strconv.Itoa(i)}
		under := func(key string) []string { return append(path[:len(path):len(path)], key) }
		if f, twice := first[m.Name]; twice {
			t.report(under("name"), "contradiction", fmt.Sprintf("%s is the name of custom_models[%d] too", m.Name, f))
		} else {
			first[m.Name] = i
		}
		var needed, foreign []string
		switch m.Kind {
		case "positional":
			needed, foreign = []string{"anchors"}, []string{"half_life_days"}
			if t.valueAt(under("anchors")) != nil && m.tenths() != 1000 {
				t.report(under("anchors"), "wrong value", fmt.Sprintf("anchors and middle total %s percent, want 100", decimalTenths(m.tenths())))
			}
		case "time_decay":
			needed, foreign = []string{"half_life_days"}, []string{"anchors", "middle"}
		default: // a shipped model, which has its own shares
			foreign = []string{"anchors", "middle", "half_life_days"}
		}
		for _, key := range needed {
			if t.valueAt(under(key)) == nil {
				t.report(path, "missing key", key+" is missing: a "+m.Kind+" model needs it")
			}
		}
		for _, key := range foreign {
			if t.valueAt(under(key)) != nil {
				t.reportKey(under(key), "contradiction", "a "+m.Kind+" model has none")
			}
		}
	}
}

// tenths is the total of a positional model in tenths of a percent. The schema takes only whole
// tenths, so it is exact.
func (m CustomModel) tenths() int {
	total := int(math.Round(m.Middle * 10))
	for _, percent := range m.Anchors {
		total += int(math.Round(percent * 10))
	}
	return total
}

func decimalTenths(tenths int) string {
	if tenths%10 == 0 {
		return strconv.Itoa(tenths / 10)
	}
	return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
}
