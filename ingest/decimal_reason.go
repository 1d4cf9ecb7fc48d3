package ingest

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// explain says why text is not a number of the column, and which setting would help, if there is one.
func (k marking) explain(text string) string {
	return reasonNotNumber + " (" + k.remedy(text) + ")"
}

func (k marking) remedy(text string) string {
	isLetter := func(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.Sc, r) || r == '%' }
	const marks = ".,"
	switch {
	case !strings.ContainsFunc(text, unicode.IsDigit):
		return "leave the cell empty where there is no number"
	case strings.ContainsFunc(text, isLetter):
		return "no setting removes currency signs, units or letters: export the plain number"
	case strings.TrimSpace(text) != text:
		return "no setting removes the blanks around it: export it without"
	case strings.ContainsAny(text, "()+") || strings.LastIndexByte(text, '-') > 0:
		return "no setting reads this sign: write a minus in front, or nothing"
	case strings.Trim(strings.TrimPrefix(text, "-"), marks+string(k.decimal)) != strings.TrimPrefix(text, "-"):
		return "no setting reads a mark at the start or the end: write 144 for 144. and 0.5 for .5"
	case len(k.thousands) > 0 || string(k.decimal) != ".":
		return fmt.Sprintf("it does not fit what columns declares: decimal %+q, thousands %+q", k.decimal, k.thousands)
	case !readableWith(text):
		return "no setting reads it"
	}
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		return fmt.Sprintf("declare decimal, and thousands: %+q, under columns", string([]rune(text[i:])[:1]))
	}
	return "declare decimal and thousands under columns"
}

// readableWith tells whether some declaration of decimal and thousands would make text a number.
func readableWith(text string) bool {
	var marks []string // in the order of their last place
	for _, r := range text {
		if mark := string(r); !unicode.IsDigit(r) && r != '-' {
			marks = append(slices.DeleteFunc(marks, func(m string) bool { return m == mark }), mark)
		}
	}
	var tries []marking
	switch len(marks) {
	case 1:
		tries = []marking{{decimal: []byte(marks[0])}, {decimal: []byte("\x00"), thousands: []byte(marks[0])}}
	case 2:
		tries = []marking{{decimal: []byte(marks[1]), thousands: []byte(marks[0])}}
	}
	for _, k := range tries {
		if _, reason := k.parse([]byte(text)); reason != reasonNotNumber {
			return true
		}
	}
	return false
}
