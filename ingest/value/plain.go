package value

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
)

// A Plain reader rewrites how a column writes its values: times become ISO 8601 and numbers plain
// decimals, as text, so that SQL can compare and add them up. It gives a local time no zone.
type Plain struct {
	reader   Reader
	isNumber bool
	text     []byte
}

// NewPlain checks what the configuration says of the values of a column. Every error is one of the
// configuration, and begins with where.
func NewPlain(where string, given config.Column) (*Plain, error) {
	p := &Plain{isNumber: given.Decimal+given.Thousands != "" || len(given.Strip) > 0 || given.Suffixes || given.Brackets || given.Scale != ""}
	column := contract.Column{Name: "value", Kind: contract.Instant}
	switch isTime := len(given.Format) > 0 || given.Epoch != "" || given.Midnight != ""; {
	case p.isNumber && isTime:
		return nil, fmt.Errorf("%s: declares both a time and a number", where)
	case p.isNumber:
		column.Kind = contract.Money
	case !isTime:
		column.Kind = contract.Text
	}
	rule, err := NewRule(where, column, given, "", "", time.UTC)
	p.reader = NewReader(rule)
	return p, err
}

// Read returns the plain text of a cell, nil where it is empty, or the reason why it cannot be read.
// The text is kept until the next Read.
func (p *Plain) Read(text []byte) ([]byte, string) {
	c := &p.reader
	if c.Column.Kind == contract.Text {
		reason := c.Read(text)
		if c.Null {
			return nil, reason
		}
		return c.Text, reason
	}
	if len(c.nulls) > 0 && isOneOf(text, c.nulls) {
		text = nil
	}
	if meaning, isKnown := c.words[string(text)]; isKnown {
		text = []byte(meaning)
	}
	if len(text) == 0 {
		return nil, ""
	}
	if p.isNumber {
		number, reason := c.readDecimal(text)
		p.text = number.appendTo(p.text[:0])
		return p.text, reason
	}
	var m Moment
	if reason := c.moment(text, &m); reason != "" {
		return nil, reason
	}
	p.text = m.appendTo(p.text[:0])
	return p.text, ""
}

// appendTo writes a number as -1234.50 is written.
func (d Decimal) appendTo(text []byte) []byte {
	digits := strconv.FormatInt(d.Digits, 10)
	if rest, isNegative := strings.CutPrefix(digits, "-"); isNegative {
		text, digits = append(text, '-'), rest
	}
	if d.Scale == 0 {
		return append(text, digits...)
	}
	if missing := d.Scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	at := len(digits) - d.Scale
	return append(append(append(text, digits[:at]...), '.'), digits[at:]...)
}

// appendTo writes a moment in ISO 8601: a date, or a date and a time with the zone that it names.
func (m *Moment) appendTo(text []byte) []byte {
	text = fmt.Appendf(text, "%04d-%02d-%02d", m.Year, m.Month, m.Day)
	if m.bare {
		return text
	}
	text = fmt.Appendf(text, "T%02d:%02d:%02d", m.Hour, m.Minute, m.Second)
	if m.micros > 0 {
		text = fmt.Appendf(text, ".%06d", m.micros)
	}
	switch {
	case !m.zoned:
		return text
	case m.offset == 0:
		return append(text, 'Z')
	}
	sign, offset := byte('+'), m.offset
	if offset < 0 {
		sign, offset = '-', -offset
	}
	return fmt.Appendf(append(text, sign), "%02d:%02d", offset/3600, offset/60%60)
}
