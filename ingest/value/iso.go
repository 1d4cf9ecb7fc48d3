package value

import "bytes"

const (
	ReasonNotISO     = "is not an ISO 8601 time; declare its format under columns"
	ReasonNotISODate = "is not an ISO 8601 date; declare its format under columns"
)

// ISOMoment reads YYYY-MM-DD, alone or followed by T or a space, HH:MM[:SS[.f]] and Z, ±HH, ±HHMM,
// ±HH:MM or nothing. The answer is a reason, empty when m holds what text says.
func ISOMoment(text []byte, m *Moment) string {
	*m = Moment{}
	if !isoDate(text, m) {
		return ReasonNotISO
	}
	if len(text) == 10 {
		m.bare = true
		return m.verdict(ReasonNotISO)
	}
	if text[10] != 'T' && text[10] != ' ' || len(text) < 16 || text[13] != ':' {
		return ReasonNotISO
	}
	var ok bool
	if m.Hour, ok = twoDigits(text[11:]); !ok {
		return ReasonNotISO
	}
	if m.Minute, ok = twoDigits(text[14:]); !ok {
		return ReasonNotISO
	}
	rest := text[16:]
	if len(rest) > 0 && rest[0] == ':' {
		if m.Second, ok = twoDigits(rest[1:]); !ok {
			return ReasonNotISO
		}
		rest = rest[3:]
		if len(rest) > 0 && rest[0] == '.' {
			n := leadingDigits(rest[1:])
			if n == 0 {
				return ReasonNotISO
			}
			if !m.fraction(rest[1 : 1+n]) {
				return ReasonTooFine
			}
			rest = rest[1+n:]
		}
	}
	if len(rest) > 0 {
		if m.offset, ok = zoneOffset(rest); !ok {
			return ReasonNotISO
		}
		m.zoned = true
	}
	return m.verdict(ReasonNotISO)
}

// isoDay reads YYYY-MM-DD and nothing else.
func isoDay(text []byte, m *Moment) string {
	*m = Moment{bare: true}
	if len(text) != 10 || !isoDate(text, m) {
		return ReasonNotISODate
	}
	return m.verdict(ReasonNotISODate)
}

// verdict is the reason why m cannot stand, or nothing.
func (m *Moment) verdict(unreal string) string {
	switch {
	case m.Year < firstYear:
		return ReasonSentinel
	case !m.real():
		return unreal
	}
	return ""
}

func isoDate(text []byte, m *Moment) bool {
	if len(text) < 10 || text[4] != '-' || text[7] != '-' {
		return false
	}
	century, ok1 := twoDigits(text)
	year, ok2 := twoDigits(text[2:])
	month, ok3 := twoDigits(text[5:])
	day, ok4 := twoDigits(text[8:])
	m.Year, m.Month, m.Day = century*100+year, month, day
	return ok1 && ok2 && ok3 && ok4
}

func twoDigits(text []byte) (int, bool) {
	if len(text) < 2 || text[0]-'0' > 9 || text[1]-'0' > 9 {
		return 0, false
	}
	return int(text[0]-'0')*10 + int(text[1]-'0'), true
}

func leadingDigits(text []byte) int {
	n := 0
	for n < len(text) && text[n]-'0' <= 9 {
		n++
	}
	return n
}

// fraction reads the digits of a fraction of a second. Those below the microsecond, of which
// Microsoft's systems write one and others three, are cut; more of them are refused, unless they
// are zeros.
func (m *Moment) fraction(digits []byte) bool {
	for i := range 6 {
		m.micros *= 10
		if i < len(digits) {
			m.micros += int(digits[i] - '0')
		}
	}
	const nanoseconds = 9
	digits = bytes.TrimRight(digits, "0")
	m.isCut = len(digits) > 6
	return len(digits) <= nanoseconds
}

// zoneOffset reads Z, ±HH, ±HHMM or ±HH:MM as seconds east of UTC. No zone was ever 16 hours away.
func zoneOffset(text []byte) (int, bool) {
	if len(text) == 1 && text[0] == 'Z' {
		return 0, true
	}
	if len(text) < 3 || text[0] != '+' && text[0] != '-' {
		return 0, false
	}
	hours, ok := twoDigits(text[1:])
	if !ok || hours > 15 {
		return 0, false
	}
	minutes, rest := 0, text[3:]
	if len(rest) == 3 && rest[0] == ':' {
		rest = rest[1:]
	}
	if len(rest) > 0 {
		if minutes, ok = twoDigits(rest); !ok || len(rest) != 2 || minutes > 59 {
			return 0, false
		}
	}
	seconds := hours*3600 + minutes*60
	if text[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}
