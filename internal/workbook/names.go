package workbook

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
)

// names gives out names that Excel accepts and that are unique, letter case aside.
type names map[string]bool

// sheet is the name of a sheet. Excel takes at most 31 units, none of []:*?/\, no apostrophe at the
// ends, and not "History", which it keeps for itself.
func (taken names) sheet(wanted string) string {
	name := strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || unicode.IsControl(r) || r == unicode.ReplacementChar {
			return '_'
		}
		return r
	}, wanted), "'")
	if name == "" || strings.EqualFold(name, "history") {
		name += "_"
	}
	return taken.unique(name, excelize.MaxSheetNameLength)
}

// likeCell are names that Excel reads as a cell: A1, XFD9, R1C1, R, C.
var likeCell = regexp.MustCompile(`(?i)^([a-z]{1,3}[0-9]+|r[0-9]*(c[0-9]*)?|c[0-9]*)$`)

// table is the name of a table: letters, digits and underscores, beginning with no digit, at most
// 255 units, and not like a cell.
func (taken names) table(wanted string) string {
	name := strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '_'
	}, wanted)
	if name == "" || unicode.IsDigit(rune(name[0])) || likeCell.MatchString(name) {
		name = "_" + name
	}
	return taken.unique(name, excelize.MaxFieldLength)
}

// unique is the name, cut to so many units, or with the first number that makes it unique.
func (taken names) unique(name string, atMost int) string {
	candidate := strings.TrimRight(firstUnits(name, atMost), "'")
	for n := 2; taken[strings.ToLower(candidate)]; n++ {
		suffix := "_" + strconv.Itoa(n)
		candidate = firstUnits(name, atMost-len(suffix)) + suffix
	}
	taken[strings.ToLower(candidate)] = true
	return candidate
}
