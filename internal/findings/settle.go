package findings

import "slices"

// A Rule is what the configuration says about one code: a severity, or limits on the number that
// fires it.
type Rule struct {
	Severity     Severity // empty: the limits decide
	Warn, Refuse *float64 // nil: never
}

// Rules are by code, then by table; an empty table stands for every one that has no rule of its
// own.
type Rules map[string]map[string]Rule

// of finds the rule about a finding.
func (r Rules) of(code, table string) (Rule, bool) {
	byTable := r[code]
	rule, found := byTable[table]
	if !found {
		rule, found = byTable[""]
	}
	return rule, found
}

// Settle gives every finding that found something the severity that the configuration wants for it.
// A finding without a Value is measured by its rows. What broke the input contract stays: the run
// ends for it anyway.
func (r Rules) Settle(found []Finding) {
	for i := range found {
		f := &found[i]
		rule, isSet := r.of(f.Code(), f.Table)
		if !isSet || f.Severity == OK {
			continue
		}
		value := float64(f.Rows)
		if f.Value != nil {
			value = *f.Value
		}
		f.Severity, f.Limit = rule.judge(value)
	}
}

// judge holds a number against the limits: reaching one is passing it.
func (r Rule) judge(value float64) (Severity, *float64) {
	switch {
	case r.Severity != "":
		return r.Severity, nil
	case r.Refuse != nil && value >= *r.Refuse:
		return Refuse, r.Refuse
	case r.Warn != nil && value >= *r.Warn:
		return Warning, r.Warn
	}
	return OK, nil
}

// Judge is the severity of a number under the configuration's rule for a code and table or, where
// it has none, under these limits.
func (r Rules) Judge(code, table string, value float64, limits Rule) (Severity, *float64) {
	if rule, isSet := r.of(code, table); isSet {
		return rule.judge(value)
	}
	return limits.judge(value)
}

// An Acceptance lets a finding pass that would refuse the run.
type Acceptance struct {
	Code   string
	Table  string // empty: every one
	Reason string
}

// Accept turns the refusals that a person accepts into warnings, and returns the acceptances that
// met one and those that did not.
func Accept(found []Finding, acceptances []Acceptance) (used, unused []Acceptance) {
	for _, a := range acceptances {
		met := false
		for i := range found {
			f := &found[i]
			if f.Severity == Refuse && f.Code() == a.Code && (a.Table == "" || a.Table == f.Table) {
				f.Severity, f.Accepted, met = Warning, a.Reason, true
				if taken := (Acceptance{f.Code(), f.Table, a.Reason}); !slices.Contains(used, taken) {
					used = append(used, taken)
				}
			}
		}
		if !met {
			unused = append(unused, a)
		}
	}
	return used, unused
}

// Refusals are the findings for which the run may not be published.
func Refusals(found []Finding) []Finding {
	return slices.DeleteFunc(slices.Clone(found), func(f Finding) bool { return f.Severity != Refuse })
}
