package oracle

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"time"
)

const (
	microsPerMinute = 60 * 1_000_000
	microsPerDay    = 86_400 * 1_000_000
)

// dayPart says where in its day a date without a time stands.
type dayPart int

const (
	startOfDay dayPart = iota // touches and stage entries
	endOfDay                  // creations and closes: what happened that day is before them
)

// timestamp is the time in one cell, in microseconds since 1970, UTC. It covers everything from
// start to end: one instant, or the whole day where the cell holds a bare date. Order, minimum,
// maximum, look-back, months and periods use at. Before and after compare the intervals.
type timestamp struct{ at, start, end int64 }

// after is false for two times on the same day when one of them is a bare date.
func (t timestamp) after(other timestamp) bool { return t.start > other.end }

func (t timestamp) before(other timestamp) bool { return t.end < other.start }

// together is the time of two rows at the same instant. It is a bare date if one of them is.
func (t timestamp) together(other timestamp) timestamp {
	return timestamp{t.at, min(t.start, other.start), max(t.end, other.end)}
}

// earlier is the lesser of two times as they stand.
func (t timestamp) earlier(other timestamp) timestamp {
	switch {
	case t.at == other.at:
		return t.together(other)
	case t.at < other.at:
		return t
	}
	return other
}

// readTime reads an instant or a bare date, which is that day of the reporting zone, UTC. known is
// false for null.
func readTime(text string, bare dayPart) (t timestamp, known bool, err error) {
	if text == "" {
		return timestamp{}, false, nil
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		t.start = day.UnixMicro()
		t.end = t.start + microsPerDay - 1
		t.at = t.start
		if bare == endOfDay {
			t.at = t.end
		}
		return t, true, nil
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return timestamp{}, false, fmt.Errorf("%q is neither an instant nor a date", text)
	}
	micros := at.UnixMicro()
	return timestamp{micros, micros, micros}, true, nil
}

// requiredTime is readTime for a column that may not be null.
func requiredTime(text string, bare dayPart) (timestamp, error) {
	t, known, err := readTime(text, bare)
	if err == nil && !known {
		err = fmt.Errorf("a required instant is missing")
	}
	return t, err
}

// instant is readTime for callers that need only the instant at which the time stands.
func instant(text string, bare dayPart) (micros int64, known bool, err error) {
	t, known, err := readTime(text, bare)
	return t.at, known, err
}

// requiredInstant is instant for a column that may not be null.
func requiredInstant(text string, bare dayPart) (int64, error) {
	t, err := requiredTime(text, bare)
	return t.at, err
}

// dayOf is the UTC day of an instant, counted from 1970-01-01.
func dayOf(micros int64) int64 {
	day := micros / microsPerDay
	if micros%microsPerDay < 0 {
		day--
	}
	return day
}

func parseDay(text string) (int64, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date", text)
	}
	return dayOf(day.UnixMicro()), nil
}

var plainDecimal = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?$`)

func decimal(text string) (*big.Rat, error) {
	value, ok := new(big.Rat).SetString(text)
	if !ok || !plainDecimal.MatchString(text) {
		return nil, fmt.Errorf("%q is not a plain decimal", text)
	}
	return value, nil
}

// boolean reads true|false|1|0; known is false for null.
func boolean(text string) (value, known bool, err error) {
	switch strings.ToLower(text) {
	case "":
		return false, false, nil
	case "true", "1":
		return true, true, nil
	case "false", "0":
		return false, true, nil
	}
	return false, false, fmt.Errorf("%q is not a boolean", text)
}

// bareWord folds the spellings of a stage or status: lower case, without spaces, hyphens and
// underscores.
func bareWord(text string) string {
	return strings.NewReplacer(" ", "", "-", "", "_", "").Replace(strings.ToLower(text))
}

// collapse drops equal copies of a key and keeps a nil slice nil, which stands for a file that is
// not there. Conflicting copies are an error: worlds do not have any.
func collapse[R comparable](table string, rows []R, key func(R) string) ([]R, error) {
	first := map[string]R{}
	kept := rows[:0:0]
	for _, row := range rows {
		known, seen := first[key(row)]
		if seen && known != row {
			return nil, fmt.Errorf("%s: conflicting copies of %q", table, key(row))
		}
		if !seen {
			first[key(row)] = row
			kept = append(kept, row)
		}
	}
	return kept, nil
}

// collapsed is the world with the copies in its keyed tables collapsed. A cost row has no key: two
// equal ones are two costs.
func (w World) collapsed() (World, error) {
	var err error
	if w.Accounts, err = collapse("accounts", w.Accounts, func(r Account) string { return r.AccountID }); err != nil {
		return w, err
	}
	if w.Contacts, err = collapse("contacts", w.Contacts, func(r Contact) string { return r.ContactID }); err != nil {
		return w, err
	}
	if w.Leads, err = collapse("leads", w.Leads, func(r Lead) string { return r.LeadID }); err != nil {
		return w, err
	}
	if w.Campaigns, err = collapse("campaigns", w.Campaigns, func(r Campaign) string { return r.CampaignID }); err != nil {
		return w, err
	}
	if w.Touchpoints, err = collapse("touchpoints", w.Touchpoints, func(r Touchpoint) string { return r.TouchID }); err != nil {
		return w, err
	}
	w.Opportunities, err = collapse("opportunities", w.Opportunities, func(r Opportunity) string { return r.OpportunityID })
	if err != nil {
		return w, err
	}
	w.ExchangeRates, err = collapse("exchange_rates", w.ExchangeRates,
		func(r ExchangeRate) string { return r.Currency + " " + r.EffectiveOn })
	return w, err
}
