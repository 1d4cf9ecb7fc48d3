// Package value reads the text of cells strictly: it refuses a text that has two meanings or would
// lose digits, with a reason. It knows the kinds of the contract and the declarations of the
// configuration. It does not depend on files or the engine.
package value

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tributary-engine/tributary/internal/contract"
)

const (
	ReasonEmpty       = "is empty"
	ReasonLineEnd     = "contains a line end"
	ReasonNotCurrency = "is not an ISO 4217 currency code in capitals"
)

// A Reader turns the text of one column into values, one after another: read leaves what it took in
// the fields.
type Reader struct {
	Rule
	clock, dayClock *WallClock

	Null     bool
	Text     []byte // Text, ID, Email, Currency
	Whole    int64  // everything else
	Scale    int    // Money, Rate
	Span     int64  // DayStart, DayEnd: microseconds of the day that a bare date covers, less one
	IsCut    bool   // Instant, DayStart, DayEnd: digits below the microsecond were cut
	Exponent int    // of the currency met last

	lower []byte // scratch of Email
	known [3]byte
}

func NewReader(r Rule) Reader {
	return Reader{Rule: r, clock: NewWallClock(r.Local, r.prefer), dayClock: NewWallClock(r.Days, r.prefer)}
}

// Read types text. The answer is a reason to quarantine the row, empty when all is well. text is
// kept until the next read.
func (c *Reader) Read(text []byte) string {
	c.Null = false
	if len(c.nulls) > 0 && isOneOf(text, c.nulls) {
		text = nil
	}
	if meaning, isKnown := c.words[string(text)]; isKnown {
		text = []byte(meaning)
	}
	if c.Column.Kind == contract.Bool {
		return c.readBool(text)
	}
	if c.Column.Kind == contract.Email {
		text = c.folded(text)
	}
	if len(text) == 0 {
		return c.empty()
	}
	switch c.Column.Kind {
	case contract.ID, contract.Text, contract.Email:
		if c.Column.Kind != contract.Text && HasLineEnd(text) {
			return ReasonLineEnd
		}
		c.Text = text
		if c.long && isShortSalesforceID(text) {
			c.lower = appendChecksum(append(c.lower[:0], text...), text)
			c.Text = c.lower
		}
		if c.Column.Allowed != nil && !isOneOf(text, c.Column.Allowed) {
			return "is none of " + strings.Join(c.Column.Allowed, ", ")
		}
		return ""
	case contract.Currency:
		return c.readCurrency(text)
	case contract.Instant, contract.DayStart, contract.DayEnd:
		return c.readInstant(text)
	case contract.Date:
		var m Moment
		reason := c.moment(text, &m)
		if reason == ReasonSentinel && c.Column.SinceEver && m.real() {
			reason = ""
		}
		if reason != "" {
			return reason
		}
		c.Whole = m.days()
		return ""
	}
	return c.readNumber(text)
}

func (c *Reader) empty() string {
	if c.Column.Required {
		return ReasonEmpty
	}
	c.Null = true
	return ""
}

func isOneOf(text []byte, words []string) bool {
	for _, word := range words {
		if string(text) == word {
			return true
		}
	}
	return false
}

func (c *Reader) readBool(text []byte) string {
	switch {
	case isOneOf(text, c.Yes):
		c.Whole = 1
	case isOneOf(text, c.No):
		c.Whole = 0
	case len(text) == 0:
		return c.empty()
	default:
		return fmt.Sprintf("is neither %s nor %s; declare true and false under columns", alternatives(c.Yes), alternatives(c.No))
	}
	return ""
}

func alternatives(list []string) string {
	list = slices.Clone(list)
	for i := range list {
		if list[i] == "" {
			list[i] = "(empty)"
		}
	}
	return strings.Join(list, ", ")
}

// folded is an e-mail without blanks around it and in lower case.
func (c *Reader) folded(text []byte) []byte {
	text = bytes.TrimSpace(text)
	c.lower = c.lower[:0]
	for _, b := range text {
		if b >= utf8.RuneSelf {
			return bytes.ToLower(text)
		}
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		c.lower = append(c.lower, b)
	}
	return c.lower
}

func (c *Reader) readCurrency(text []byte) string {
	if len(text) != 3 {
		return ReasonNotCurrency
	}
	if [3]byte(text) != c.known {
		exponent, ok := contract.Exponent(string(text))
		if !ok {
			return ReasonNotCurrency
		}
		c.known, c.Exponent = [3]byte(text), exponent
	}
	c.Text = text
	return ""
}

func (c *Reader) moment(text []byte, m *Moment) (reason string) {
	switch {
	case c.epoch >= 0:
		reason = c.sinceEpoch(text, m)
	case len(c.Patterns) > 0:
		reason = c.matching(text, m)
	case c.Column.Kind == contract.Date && !c.midnight:
		return isoDay(text, m)
	default:
		reason = ISOMoment(text, m)
	}
	if c.midnight && reason == "" && m.Hour == 0 && m.Minute == 0 && m.Second == 0 && m.micros == 0 {
		m.bare, m.zoned = true, false
	}
	if c.Column.Kind == contract.Date && reason == "" && !m.bare && (c.midnight || c.epoch >= 0) {
		return "has a time other than 00:00:00, and is a date"
	}
	return reason
}

// matching reads text by the first of the declared formats that it matches. Where it matches
// another one with another meaning, no order of them would be right.
func (c *Reader) matching(text []byte, m *Moment) string {
	first := -1
	var firstReason string
	for i, p := range c.Patterns {
		var found Moment
		reason := p.read(text, &found)
		switch {
		case reason == p.reason && first < 0 && firstReason == "":
			firstReason = reason
		case reason == p.reason:
		case first < 0:
			first, firstReason, *m = i, reason, found
		case found != *m:
			return "matches " + c.Patterns[first].Text + " and " + p.Text + ", with different meanings"
		}
	}
	if first < 0 && len(c.Patterns) > 1 {
		return "matches none of the declared formats " + c.formats()
	}
	return firstReason
}

func (c *Reader) formats() string {
	var all []string
	for _, p := range c.Patterns {
		all = append(all, p.Text)
	}
	return strings.Join(all, ", ")
}

func (c *Reader) readInstant(text []byte) string {
	var m Moment
	if reason := c.moment(text, &m); reason != "" {
		return reason
	}
	seconds, reason := m.LocalSeconds(), ""
	c.Span = 0
	switch {
	case m.bare:
		begin, end := c.dayClock.dayStart(seconds), c.dayClock.dayStart(seconds+secondsPerDay)
		c.Span = (end-begin)*1_000_000 - 1
		seconds = begin
		if c.Column.Kind == contract.DayEnd {
			seconds, m.micros = end-1, 999_999
		}
	case m.zoned:
		seconds -= int64(m.offset)
	case c.clock == nil:
		return ReasonNoZone
	default:
		seconds, reason = c.clock.UTC(seconds)
	}
	c.Whole, c.IsCut = seconds*1_000_000+int64(m.micros), m.isCut
	return reason
}

func (c *Reader) readNumber(text []byte) string {
	number, reason := c.readDecimal(text)
	if reason != "" {
		return reason
	}
	c.Whole, c.Scale = number.Digits, number.Scale
	switch c.Column.Kind {
	case contract.Micros:
		c.Whole, reason = number.micros()
	case contract.Whole:
		if number.Scale > 0 || !c.IsNumber && c.numbers.isPlain() && bytes.Contains(text, c.Marks.Decimal) {
			reason = ReasonNotWhole
		}
	case contract.Rate:
		switch {
		case number.Digits <= 0:
			reason = ReasonNotRate
		case c.invert:
			var isRate bool
			if number, isRate = number.inverse(); !isRate {
				reason = ReasonTooLarge
			}
			c.Whole, c.Scale = number.Digits, number.Scale
		}
	}
	if reason == "" && c.Column.NotNegative && number.Digits < 0 {
		reason = ReasonNegative
	}
	return reason
}

func HasLineEnd(text []byte) bool {
	return bytes.IndexByte(text, '\n') >= 0 || bytes.IndexByte(text, '\r') >= 0
}
