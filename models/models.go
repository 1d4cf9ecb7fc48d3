// Package models has the attribution models, one file each. To add one, write its file, add it to All,
// and add a case that was computed by hand to testdata/cases.
package models

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

// All returns the models that run by default, in the order of the reports.
func All() []credit.Model {
	return []credit.Model{
		firstTouch,
		lastTouch,
		lastNonDirect,
		linear,
		timeDecay,
		timeDecay7d,
		positionBased,
		jShaped,
		inverseJ,
		leadCreation,
		uShaped,
		uShapedMiddle,
		wShaped,
		fullPath,
	}
}

// Select returns the models of a job: those named, or all of them, then the custom models of the
// configuration that are not named. An unknown name and an unsound definition are refused.
func Select(names []string, custom []config.CustomModel) ([]credit.Model, error) {
	known := All()
	for _, c := range custom {
		m, err := instance(c)
		if err != nil {
			return nil, failure.Errorf(failure.Usage, "custom model %q: %w", c.Name, err)
		}
		known = append(known, m)
	}
	if err := Check(known); err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return known, nil
	}
	var selected []credit.Model
	for i, name := range names {
		at := slices.IndexFunc(known, func(m credit.Model) bool { return m.Name == name })
		if at < 0 {
			return nil, failure.Errorf(failure.Usage, "model %q is not known%s\nhint: the models are %s", name, words.DidYouMean(name, Names(known)), strings.Join(Names(known), ", "))
		}
		if slices.Contains(names[:i], name) {
			return nil, failure.Errorf(failure.Usage, "model %q is named twice", name)
		}
		selected = append(selected, known[at])
	}
	for _, m := range known[len(All()):] {
		if !slices.Contains(names, m.Name) {
			selected = append(selected, m)
		}
	}
	return selected, nil
}

// Check refuses a list in which a model is unnamed, undocumented, without weights, or named twice.
func Check(list []credit.Model) error {
	seen := map[string]bool{}
	for _, m := range list {
		switch {
		case !contract.IsModelName(m.Name):
			return failure.Errorf(failure.Usage, "model %q: a name is lower_snake_case, of at most 40 characters", m.Name)
		case m.Name == "value":
			return failure.Errorf(failure.Usage, "model %q: credits.parquet has a column value_minor already\nhint: choose another name", m.Name)
		case m.Doc == "" || m.Weights == nil:
			return failure.Errorf(failure.Usage, "model %q (%s): it needs a doc, and weights that total 100 %%", m.Name, m.Doc)
		case seen[m.Name]:
			return failure.Errorf(failure.Usage, "model %q is defined twice", m.Name)
		}
		seen[m.Name] = true
	}
	return nil
}

// Names lists the names of models.
func Names(list []credit.Model) []string {
	var names []string
	for _, m := range list {
		names = append(names, m.Name)
	}
	return names
}

// instance makes a further model of a kind, as declared in the configuration.
func instance(c config.CustomModel) (credit.Model, error) {
	m, err := ofKind(c)
	if err != nil || c.Only == nil {
		return m, err
	}
	return scoped(m, *c.Only), nil
}

func ofKind(c config.CustomModel) (credit.Model, error) {
	switch c.Kind {
	case "positional":
		var s shape
		for a := range credit.Anchors {
			t, err := thousandths(c.Anchors[a.String()])
			if err != nil {
				return credit.Model{}, fmt.Errorf("anchor %s: %w", a, err)
			}
			s.anchors[a] = t
		}
		t, err := thousandths(c.Middle)
		if err != nil {
			return credit.Model{}, fmt.Errorf("middle: %w", err)
		}
		s.middle = t
		if s.total() != 1000 {
			return credit.Model{}, fmt.Errorf("anchors and middle must total 100 %%, not %s", percent(s.total()))
		}
		return positional(c.Name, "", s), nil
	case "time_decay":
		halfLife := time.Duration(c.HalfLifeDays * float64(24*time.Hour)).Round(time.Microsecond)
		if halfLife < time.Second || c.HalfLifeDays > 36500 {
			return credit.Model{}, fmt.Errorf("half_life_days must be more than 0 and at most 36500, not %g", c.HalfLifeDays)
		}
		return timeDecayOf(c.Name, halfLife, ""), nil
	}
	shipped := All()
	at := slices.IndexFunc(shipped, func(m credit.Model) bool { return m.Name == c.Kind })
	if at < 0 {
		return credit.Model{}, fmt.Errorf("kind %q is not known; kinds are positional, time_decay and the shipped models", c.Kind)
	}
	m := shipped[at]
	m.Name = c.Name
	return m, nil
}

// thousandths turns percent in steps of 0.1 into whole thousandths.
func thousandths(percent float64) (uint64, error) {
	t := math.Round(percent * 10)
	if percent < 0 || percent > 100 || math.Abs(percent*10-t) > 1e-9 {
		return 0, fmt.Errorf("%g is not a percentage in steps of 0.1", percent)
	}
	return uint64(t), nil
}
