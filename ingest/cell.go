package ingest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"tributary/internal/contract"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

const (
	reasonEmpty       = "is empty"
	reasonLineEnd     = "has a line end in it"
	reasonNotCurrency = "is not an ISO 4217 currency code in capitals"
)

// A cell types one column, a row at a time: read takes the text, append stores what it said.
type cell struct {
	declaration
	clock, dayClock *wallClock
	place           int             // index of its header, absent or constant
	columns         []array.Builder // where append stores it: one, or two for digits and scale

	null  bool
	text  []byte // Text, ID, Email, Currency
	whole int64  // everything else
	scale int    // Money, Rate
	span  int64  // DayStart, DayEnd: microseconds of the day that a bare date covers, less one
	lower []byte // scratch of Email
	isCut bool   // Instant, DayStart, DayEnd: digits below the microsecond were cut
	cut   int    // cells that append stored and that were cut

	exponent int // of the currency met last
	known    [3]byte
}

func newCell(d declaration) *cell {
	return &cell{declaration: d, clock: newWallClock(d.local, d.prefer), dayClock: newWallClock(d.days, d.prefer)}
}

// read types text. The answer is a reason to quarantine the row, empty when all is well. text is kept until append.
func (c *cell) read(text []byte) string {
	c.null = false
	if c.column.Kind == contract.Bool {
		return c.readBool(text)
	}
	if c.column.Kind == contract.Email {
		text = c.folded(text)
	}
	if len(text) == 0 {
		return c.empty()
	}
	switch c.column.Kind {
	case contract.ID, contract.Text, contract.Email:
		if c.column.Kind != contract.Text && hasLineEnd(text) {
			return reasonLineEnd
		}
		c.text = text
		if c.column.Allowed != nil && !isOneOf(text, c.column.Allowed) {
			return "is none of " + strings.Join(c.column.Allowed, ", ")
		}
		return ""
	case contract.Currency:
		return c.readCurrency(text)
	case contract.Instant, contract.DayStart, contract.DayEnd:
		return c.readInstant(text)
	case contract.Date:
		var m moment
		reason := c.moment(text, &m)
		if reason == reasonSentinel && c.column.SinceEver && m.real() {
			reason = ""
		}
		if reason != "" {
			return reason
		}
		c.whole = m.days()
		return ""
	}
	return c.readNumber(text)
}

func (c *cell) empty() string {
	if c.column.Required {
		return reasonEmpty
	}
	c.null = true
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

func (c *cell) readBool(text []byte) string {
	switch {
	case isOneOf(text, c.yes):
		c.whole = 1
	case isOneOf(text, c.no):
		c.whole = 0
	case len(text) == 0:
		return c.empty()
	default:
		return fmt.Sprintf("is neither %s nor %s (declare true and false under columns)", alternatives(c.yes), alternatives(c.no))
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
func (c *cell) folded(text []byte) []byte {
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

func (c *cell) readCurrency(text []byte) string {
	if len(text) != 3 {
		return reasonNotCurrency
	}
	if [3]byte(text) != c.known {
		exponent, ok := contract.Exponent(string(text))
		if !ok {
			return reasonNotCurrency
		}
		c.known, c.exponent = [3]byte(text), exponent
	}
	c.text = text
	return ""
}

func (c *cell) moment(text []byte, m *moment) string {
	switch {
	case c.pattern != nil:
		return c.pattern.read(text, m)
	case c.column.Kind == contract.Date:
		return isoDay(text, m)
	}
	return isoMoment(text, m)
}

func (c *cell) readInstant(text []byte) string {
	var m moment
	if reason := c.moment(text, &m); reason != "" {
		return reason
	}
	seconds, reason := m.localSeconds(), ""
	c.span = 0
	switch {
	case m.bare:
		begin, end := c.dayClock.dayStart(seconds), c.dayClock.dayStart(seconds+secondsPerDay)
		c.span = (end-begin)*1_000_000 - 1
		seconds = begin
		if c.column.Kind == contract.DayEnd {
			seconds, m.micros = end-1, 999_999
		}
	case m.zoned:
		seconds -= int64(m.offset)
	case c.clock == nil:
		return reasonNoZone
	default:
		seconds, reason = c.clock.utc(seconds)
	}
	c.whole, c.isCut = seconds*1_000_000+int64(m.micros), m.isCut
	return reason
}

func (c *cell) readNumber(text []byte) string {
	number, reason := c.marking.read(text)
	if reason != "" {
		return reason
	}
	c.whole, c.scale = number.digits, number.scale
	switch c.column.Kind {
	case contract.Micros:
		c.whole, reason = number.micros()
	case contract.Whole:
		if number.scale > 0 || !c.isNumber && bytes.Contains(text, c.marking.decimal) {
			reason = reasonNotWhole
		}
	case contract.Rate:
		if number.digits <= 0 {
			reason = reasonNotRate
		}
	}
	return reason
}

// append stores what read took.
func (c *cell) append() {
	if c.null {
		for _, column := range c.columns {
			column.AppendNull()
		}
		return
	}
	switch column := c.columns[0].(type) {
	case *array.StringBuilder:
		column.BinaryBuilder.Append(c.text)
	case *array.Int64Builder:
		column.Append(c.whole)
	case *array.TimestampBuilder:
		column.Append(arrow.Timestamp(c.whole))
		if c.isCut {
			c.cut++
		}
	case *array.Date32Builder:
		column.Append(arrow.Date32(c.whole))
	case *array.BooleanBuilder:
		column.Append(c.whole == 1)
	}
	if len(c.columns) == 2 {
		switch column := c.columns[1].(type) {
		case *array.Int8Builder:
			column.Append(int8(c.scale))
		case *array.Int64Builder:
			column.Append(c.span)
		}
	}
}
