package findings

import "slices"

// A Rule is the configured severity of one code, or the limits that its number is compared with.
type Rule struct {
	Severity     Severity // empty: the limits decide
	Warn, Refuse *float64 // nil: never
}

// Rules are by code, then by table; the rule of the empty table holds for every table without a rule
// of its own.
type Rules map[string]map[string]Rule

// of returns the rule for a finding.
func (r Rules) of(code, table string) (Rule, bool) {
	byTable := r[code]
	rule, found := byTable[table]
	if !found {
		rule, found = byTable[""]
	}
	return rule, found
}

// Apply sets the configured severity of every finding. A finding without a Value is compared by its
// number of rows. A finding that is OK has found nothing, and stays so.
func (r Rules) Apply(found []Finding) {
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
		f.Severity, f.Limit = rule.severityOf(value)
	}
}

// severityOf compares a number with the limits, and returns the limit that it reaches.
func (r Rule) severityOf(value float64) (Severity, *float64) {
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

// SeverityOf is the severity of a number under the configured rule for a code and table or, if there
// is none, under the given limits.
func (r Rules) SeverityOf(code, table string, value float64, limits Rule) (Severity, *float64) {
	if rule, isSet := r.of(code, table); isSet {
		return rule.severityOf(value)
	}
	return limits.severityOf(value)
}

// An Acceptance is the decision of a person to publish a run in spite of a finding that refuses it.
type Acceptance struct {
	Code   string
	Table  string // empty: every one
	Reason string
}

// Accept turns the accepted refusals into warnings. It returns the acceptances that were used, one per
// finding, and those that no finding needed.
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

// Refusals returns the findings that refuse the run.
func Refusals(found []Finding) []Finding {
	return slices.DeleteFunc(slices.Clone(found), func(f Finding) bool { return f.Severity != Refuse })
}
