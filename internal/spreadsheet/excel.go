package spreadsheet

import (
	"slices"
	"strings"
	"unicode"
)

// digits is how many significant digits of a number Excel keeps.
const digits = 15

// Keeps reports whether Excel keeps a decimal as it is: it sets every digit after the fifteenth to 0.
func Keeps(decimal string) bool {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(decimal, "-"), ".")
	return len(strings.Trim(whole+fraction, "0")) <= digits
}

// KeepText marks text that Excel would change when it opens a CSV file: besides formulas, everything
// that it takes for a number, a date, a time, true or false, or an error, as it takes 0012, 1E5, 3-4,
// MAR1 and identifiers of 16 digits. The mark is the apostrophe of Defuse, the only one that is
// visible and runs nothing: ="0012" is itself a formula, and a tab or a character without width
// stays in the cell unseen, where it makes comparisons fail.
func KeepText(text string) string {
	if isConverted(text) {
		return "'" + text
	}
	return Defuse(text)
}

// isConverted reports whether Excel may take a text for something else: one with digits whose letters,
// if any, are those of a month, a time, an exponent or a currency, in English or a language near it.
// It errs towards the mark.
func isConverted(text string) bool {
	text = strings.TrimSpace(text)
	if strings.EqualFold(text, "true") || strings.EqualFold(text, "false") || strings.HasPrefix(text, "#") {
		return true
	}
	if !strings.ContainsFunc(text, unicode.IsDigit) {
		return false
	}
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !slices.Contains(convertedWords, word) && !isMonth(word) {
			return false
		}
	}
	return true
}

// isMonth reports whether a word is the name of a month, or begins one.
func isMonth(word string) bool {
	return len(word) >= 3 && slices.ContainsFunc(months, func(month string) bool { return strings.HasPrefix(month, word) })
}

var (
	convertedWords = strings.Fields("e am pm a p r rs kr chf fr zł kč ft lei rm rp usd eur gbp")
	months         = strings.Fields(`january february march april may june july august september october november december
januar februar märz mrz mai juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio
settembre ottobre dicembre januari februari maart mei augustus janeiro fevereiro março maio junho julho setembro outubro novembro dezembro`)
)
