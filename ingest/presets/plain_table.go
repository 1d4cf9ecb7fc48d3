package presets

import (
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
)

// canonicalTable is the contract table that a file is named after, if nearly all of its headers are
// columns of it: no preset is asked about such a file.
func canonicalTable(file File) string {
	stem := plainHeader(file.Name[:strings.IndexByte(file.Name, '.')])
	t := contract.Find(stem)
	if t == nil {
		return ""
	}
	known := 0
	for _, header := range file.Headers {
		if slices.Contains(t.ColumnNames(), plainHeader(header)) {
			known++
		}
	}
	if table, _ := plainTable(file); table != stem || 10*known < 8*len(file.Headers) {
		return ""
	}
	return stem
}

// plainTable finds the contract table whose columns a file has under their own names, or under names
// that say the same with other blanks and capitals.
func plainTable(file File) (string, map[string]string) {
	at := map[string]string{}
	for _, header := range file.Headers {
		key := plainHeader(header)
		if _, twice := at[key]; !twice {
			at[key] = header
		}
	}
	best, most := "", 0
	var chosen map[string]string
	stem := plainHeader(file.Name[:strings.IndexByte(file.Name, '.')])
	for _, t := range contract.Tables() {
		columns, count := map[string]string{}, 0
		isWhole, hasOne := true, len(t.OneOf) == 0
		for _, c := range t.Columns {
			header, found := at[c.Name]
			if !found {
				isWhole = isWhole && !c.Required
				continue
			}
			count++
			hasOne = hasOne || slices.Contains(t.OneOf, c.Name)
			if header != c.Name {
				columns[c.Name] = header
			}
		}
		if !isWhole || !hasOne {
			continue
		}
		switch {
		case stem == t.Name:
			count += 100
		case count < 3 || 10*count < 7*len(file.Headers):
			continue // a few headers in common are no proof
		}
		if count > most {
			best, most, chosen = t.Name, count, columns
		}
	}
	return best, chosen
}

// plainHeader is a header in the form of the contract's: lower case, words parted by underscores.
func plainHeader(header string) string {
	var plain strings.Builder
	for i, c := range header {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			plain.WriteRune(c)
		case 'A' <= c && c <= 'Z':
			if i > 0 && 'a' <= header[i-1] && header[i-1] <= 'z' {
				plain.WriteByte('_')
			}
			plain.WriteRune(c - 'A' + 'a')
		default:
			plain.WriteByte('_')
		}
	}
	return strings.Trim(strings.Join(strings.FieldsFunc(plain.String(), func(c rune) bool { return c == '_' }), "_"), "_")
}
