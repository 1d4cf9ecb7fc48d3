package ingest

import "strings"

// A Mapping says where a column of the contract comes from in one file: a header, a value that the
// configuration gives, or nowhere.
type Mapping struct {
	Column string
	Header string // empty: the file does not have it
	Value  string // the same for every row, instead of a header
}

// mappings are those of every column of the contract, in its order.
func (l layout) mappings(declared []declaration) []Mapping {
	if len(l.places) == 0 {
		return nil // its header was not found
	}
	found := make([]Mapping, len(declared))
	for i, d := range declared {
		found[i].Column = d.Column.Name
		switch place := l.places[i]; {
		case place == constant:
			found[i].Value = string(d.constant)
		case place == keyed:
			found[i].Header = strings.Join(d.key, ", ")
		case place != absent:
			found[i].Header = l.headers[place]
		}
	}
	return found
}

// MissingColumns are the columns of the contract that neither the file nor the configuration gives.
func (f File) MissingColumns() []string {
	var missing []string
	for _, c := range f.Columns {
		if c.Header == "" && c.Value == "" {
			missing = append(missing, c.Column)
		}
	}
	return missing
}
