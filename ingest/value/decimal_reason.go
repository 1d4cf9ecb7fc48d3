package value

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// exponent recognises the way in which spreadsheets write large numbers.
var exponent = regexp.MustCompile(`^[-+]?[0-9.,]+[eE][-+]?[0-9]+$`)

// explain says why text is not a number of the column, and which setting would help, if there is
// one.
func (k Marks) explain(text string) string {
	return ReasonNotNumber + "; " + k.remedy(text)
}

func (k Marks) remedy(text string) string {
	isLetter := func(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.Sc, r) || r == '%' }
	const marks = ".,"
	switch {
	case !strings.ContainsFunc(text, unicode.IsDigit):
		return "leave the cell empty if there is no number"
	case exponent.MatchString(text):
		return "export it without an exponent, which no setting reads"
	case strings.ContainsFunc(text, isLetter):
		return "list the sign or letters around the number under strip, or set suffixes: true for K, M and B"
	case strings.TrimSpace(text) != text:
		return "list the blank under strip, or export it without the blanks around it"
	case strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")"):
		return "if brackets mean a negative number, set brackets: true"
	case strings.ContainsAny(text, "()+") || strings.LastIndexByte(text, '-') > 0:
		return "write a minus in front of the number, or no sign"
	case strings.Trim(strings.TrimPrefix(text, "-"), marks+string(k.Decimal)) != strings.TrimPrefix(text, "-"):
		return "write 144 for 144. and 0.5 for .5"
	}
	fitting := markingsFor(text)
	isDeclared := len(k.Thousands) > 0 || string(k.Decimal) != "."
	switch {
	case len(fitting) == 0 && !isDeclared:
		return "export it as a plain decimal"
	case len(fitting) == 0:
		return "it does not fit the declared " + k.declared()
	case !isDeclared:
		sentence := "declare " + fitting[0].asSettings(k) + " under columns"
		if len(fitting) > 1 {
			sentence += ", or " + fitting[1].asSettings(k) + ", depending on what it means"
		}
		return sentence
	case len(k.Thousands) == 0 && string(fitting[0].Decimal) == string(k.Decimal):
		return "declare " + fitting[0].asSettings(k) + " under columns, next to decimal"
	}
	return "it does not fit the declared " + k.declared() + ", but would fit " + fitting[0].declared() + "; write the whole column in one way"
}

// Marks that a configuration can declare: those of the keys decimal and thousands in
// internal/config/keys_columns.go.
var (
	DecimalMarks   = []string{".", ","}
	ThousandsMarks = []string{",", ".", " ", "'", "\u00a0", "\u202f"}
)

// markingsFor are the declarations with which text is a number, those without a mark that text does
// not have. A text such as 1,234 has two: a comma may part its fraction or its thousands.
func markingsFor(text string) []Marks {
	var fitting []Marks
	for _, decimal := range DecimalMarks {
		for _, thousands := range append([]string{""}, ThousandsMarks...) {
			k := Marks{Decimal: []byte(decimal), Thousands: []byte(thousands)}
			isNeeded := decimal == "." || strings.Contains(text, decimal) || thousands == "."
			if thousands == decimal || !isNeeded || !strings.Contains(text, thousands) {
				continue
			}
			if _, reason := k.parse([]byte(text)); reason != ReasonNotNumber {
				fitting = append(fitting, k)
			}
		}
	}
	return fitting
}

// declared writes a marking as a configuration would declare it.
func (k Marks) declared() string {
	sentence := fmt.Sprintf("decimal: %+q", k.Decimal)
	if len(k.Thousands) > 0 {
		sentence += fmt.Sprintf(", thousands: %+q", k.Thousands)
	}
	return sentence
}

// asSettings are the keys that differ between a marking and what is declared, with the values that
// it takes.
func (k Marks) asSettings(declared Marks) string {
	switch {
	case string(k.Decimal) == string(declared.Decimal):
		return fmt.Sprintf("thousands: %+q", k.Thousands)
	case len(k.Thousands) == 0:
		return fmt.Sprintf("decimal: %+q", k.Decimal)
	}
	return k.declared()
}
