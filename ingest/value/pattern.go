package value

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/internal/failure"
)

// A TimePattern is a compiled strptime format: literal text and directives, matched against a whole
// cell.
type TimePattern struct {
	Text     string
	elements []element
	timed    bool // it has a time of day
	zoned    bool // it has a zone
	reason   string
}

// An element is a directive, or a literal when directive is 0.
type element struct {
	directive byte
	literal   []byte
	fixed     bool // another digit stands beside it, so this number has all its digits
}

const (
	directives = "YymdeHIMSfzbBp"
	numeric    = "YymdeHIMSf"
)

func (e *element) beginsWithDigit() bool {
	if e.directive == 0 {
		return leadingDigits(e.literal) > 0
	}
	return strings.IndexByte(numeric, e.directive) >= 0
}

func (e *element) endsInDigit() bool {
	if e.directive == 0 {
		return leadingDigits(e.literal[len(e.literal)-1:]) > 0
	}
	return strings.IndexByte(numeric, e.directive) >= 0
}

var monthNames = [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September",
	"October", "November", "December"}

// compilePattern refuses what it does not know and what does not add up to a day.
func compilePattern(format, where string) (*TimePattern, error) {
	p := &TimePattern{Text: format, reason: fmt.Sprintf("does not match the declared format %s", format)}
	var seen strings.Builder
	for i := 0; i < len(format); i++ {
		switch {
		case format[i] != '%':
			p.literal(format[i])
		case i+1 == len(format):
			return nil, failure.Errorf(failure.Usage, "%s: format %q ends in a %%", where, format)
		case format[i+1] == '%':
			p.literal('%')
			i++
		case strings.IndexByte(directives, format[i+1]) < 0:
			return nil, failure.Errorf(failure.Usage, "%s: format %q: %%%c is not known (known are %s)", where, format, format[i+1], known())
		default:
			i++
			p.elements = append(p.elements, element{directive: format[i]})
			seen.WriteByte(format[i])
		}
	}
	for i := range len(p.elements) - 1 {
		if here, next := &p.elements[i], &p.elements[i+1]; here.endsInDigit() && next.beginsWithDigit() {
			here.fixed, next.fixed = true, true
		}
	}
	has := func(set string) int {
		n := 0
		for i := range len(set) {
			n += strings.Count(seen.String(), set[i:i+1])
		}
		return n
	}
	p.timed, p.zoned = has("HI") > 0, has("z") > 0
	problem := ""
	switch {
	case has("Yy") != 1:
		problem = "needs the year once (%Y or %y)"
	case has("mbB") != 1:
		problem = "needs the month once (%m, %b or %B)"
	case has("de") != 1:
		problem = "needs the day once (%d or %e)"
	case has("HI") > 1 || has("M") > 1 || has("S") > 1 || has("f") > 1 || has("z") > 1 || has("p") > 1:
		problem = "names a part twice"
	case has("I") != has("p"):
		problem = "needs %I and %p together"
	case has("HI") == 0 && has("MSfz") > 0:
		problem = "has a part of a time but no hour (%H or %I)"
	case has("S") == 0 && has("f") > 0:
		problem = "has a fraction (%f) but no second (%S)"
	default:
		return p, nil
	}
	return nil, failure.Errorf(failure.Usage, "%s: format %q %s", where, format, problem)
}

func known() string {
	return "%" + strings.Join(strings.Split(directives, ""), " %")
}

func (p *TimePattern) literal(b byte) {
	if n := len(p.elements); n > 0 && p.elements[n-1].directive == 0 {
		p.elements[n-1].literal = append(p.elements[n-1].literal, b)
		return
	}
	p.elements = append(p.elements, element{literal: []byte{b}})
}

// read matches the whole of text. Numbers of a day or an hour may lack their leading zero where no
// digit of another part stands beside them.
func (p *TimePattern) read(text []byte, m *Moment) string {
	*m = Moment{bare: !p.timed}
	afternoon := -1
	for _, e := range p.elements {
		n, ok := 0, false
		switch e.directive {
		case 0:
			if !bytes.HasPrefix(text, e.literal) {
				return p.reason
			}
			n, ok = len(e.literal), true
		case 'Y':
			m.Year, n, ok = number(text, 4, 4)
		case 'y':
			m.Year, n, ok = number(text, 2, 2)
			m.Year += 1900
			if m.Year < 1969 { // POSIX: 69 to 99 are of the 20th century, 00 to 68 of the 21st
				m.Year += 100
			}
		case 'm':
			m.Month, n, ok = e.short(text)
		case 'd':
			m.Day, n, ok = e.short(text)
		case 'e':
			blank := len(text) > 1 && text[0] == ' '
			if blank {
				m.Day, n, ok = number(text[1:], 1, 1)
				n++
				break
			}
			m.Day, n, ok = e.short(text)
		case 'H':
			m.Hour, n, ok = e.short(text)
		case 'I':
			m.Hour, n, ok = e.short(text)
			ok = ok && m.Hour >= 1 && m.Hour <= 12
		case 'M':
			m.Minute, n, ok = number(text, 2, 2)
		case 'S':
			m.Second, n, ok = number(text, 2, 2)
		case 'f':
			n = leadingDigits(text)
			ok = n > 0
			if ok && !m.fraction(text[:n]) {
				return ReasonTooFine
			}
		case 'z':
			m.offset, n, ok = e.zone(text)
			m.zoned = true
		case 'b':
			m.Month, n, ok = month(text, 3)
		case 'B':
			m.Month, n, ok = month(text, 9)
		case 'p':
			afternoon, n, ok = half(text)
		}
		if !ok {
			return p.reason
		}
		text = text[n:]
	}
	if len(text) > 0 {
		return p.reason
	}
	if afternoon >= 0 {
		m.Hour = m.Hour%12 + 12*afternoon
	}
	return m.verdict(p.reason)
}

// short reads a number of one or two digits, of exactly two when a digit of another part stands
// beside it.
func (e element) short(text []byte) (value, n int, ok bool) {
	if e.fixed {
		return number(text, 2, 2)
	}
	return number(text, 1, 2)
}

// zone reads the longest of Z, ±HH:MM, ±HHMM, ±HH.
func (e element) zone(text []byte) (offset, n int, ok bool) {
	for _, n := range [4]int{6, 5, 3, 1} {
		if len(text) >= n {
			if offset, ok := zoneOffset(text[:n]); ok {
				return offset, n, true
			}
		}
	}
	return 0, 0, false
}

func number(text []byte, atLeast, atMost int) (value, n int, ok bool) {
	for n < atMost && n < len(text) && text[n]-'0' <= 9 {
		value = value*10 + int(text[n]-'0')
		n++
	}
	return value, n, n >= atLeast
}

// month reads an English month, by its first letters or in full, in any case.
func month(text []byte, letters int) (value, n int, ok bool) {
	for i, name := range monthNames {
		n := min(letters, len(name))
		if len(text) >= n && strings.EqualFold(name[:n], string(text[:n])) {
			return i + 1, n, true
		}
	}
	return 0, 0, false
}

func half(text []byte) (afternoon, n int, ok bool) {
	if len(text) < 2 || text[1]|0x20 != 'm' {
		return 0, 0, false
	}
	switch text[0] | 0x20 {
	case 'a':
		return 0, 2, true
	case 'p':
		return 1, 2, true
	}
	return 0, 0, false
}
