package browsertest

import (
	"fmt"
	"maps"
	"math/big"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/csvtest"
)

// reports are the CSV reports of a run, read without the program.
type reports struct {
	tables map[string]table
	units  map[string]map[string]string // by report and column, from its data dictionary
	found  map[string]map[string][]int  // rows of a report by the columns and the values of a key
}

type table struct {
	columns map[string]int
	rows    [][]string
}

func readReports(t *testing.T, directory string) reports {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(directory, "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has no reports: %v", directory, err)
	}
	r := reports{tables: map[string]table{}, units: map[string]map[string]string{}, found: map[string]map[string][]int{}}
	for _, name := range files {
		records := csvtest.Records(t, name)
		columns := map[string]int{}
		for i, column := range records[0] {
			columns[column] = i
		}
		r.tables[strings.TrimSuffix(filepath.Base(name), ".csv")] = table{columns, records[1:]}
	}
	dictionary := r.tables["data_dictionary"]
	for _, row := range dictionary.rows {
		report := row[dictionary.columns["report"]]
		if r.units[report] == nil {
			r.units[report] = map[string]string{}
		}
		r.units[report][row[dictionary.columns["column"]]] = row[dictionary.columns["unit"]]
	}
	return r
}

// cell is the exact text of a column in the only row that a key finds.
func (r reports) cell(report, column, key string) (string, error) {
	values, err := r.values(report, column, key)
	if err == nil && len(values) != 1 {
		err = fmt.Errorf("%d rows have that key", len(values))
	}
	if err != nil {
		return "", err
	}
	return values[0], nil
}

// sum adds up a column over the rows that a key finds and that have one of the given values of a
// column: channel=A&channel=B. A column without a value stands for all of its values.
func (r reports) sum(report, column, key, over string) (string, error) {
	keys := []string{key}
	for condition := range strings.SplitSeq(over, "&") {
		if name, _, isValue := strings.Cut(condition, "="); isValue {
			keys = append(keys, key+"&"+condition)
		} else if _, known := r.tables[report].columns[name]; !known {
			return "", fmt.Errorf("the report has no column %q", name)
		}
	}
	if len(keys) > 1 {
		keys = keys[1:]
	}
	total, decimals, rows := new(big.Rat), 0, 0
	for _, key := range keys {
		values, err := r.values(report, column, strings.TrimPrefix(key, "&"))
		if err != nil {
			return "", err
		}
		for _, value := range values {
			if value == "" {
				continue
			}
			n, isNumber := new(big.Rat).SetString(value)
			if !isNumber {
				return "", fmt.Errorf("the report has %q, which is no number", value)
			}
			_, fraction, _ := strings.Cut(value, ".")
			decimals, rows = max(decimals, len(fraction)), rows+1
			total.Add(total, n)
		}
	}
	if rows == 0 { // nothing adds up to 0, if what it is of exists at all
		for condition := range strings.SplitSeq(strings.Join(keys, "&"), "&") {
			if condition == "" {
				continue
			}
			if found, err := r.values(report, column, condition); err != nil || len(found) == 0 {
				return "", fmt.Errorf("no rows to add up: none has %s", condition)
			}
		}
		return "0", nil
	}
	return total.FloatString(decimals), nil
}

// values are the exact texts of a column in the rows that a key finds.
func (r reports) values(report, column, key string) ([]string, error) {
	t, known := r.tables[report]
	if !known {
		return nil, fmt.Errorf("the run has no report %q", report)
	}
	at, known := t.columns[column]
	if !known {
		return nil, fmt.Errorf("the report has no column %q", column)
	}
	wanted, err := conditions(key)
	if err != nil {
		return nil, err
	}
	names := slices.Sorted(maps.Keys(wanted))
	for _, name := range names {
		if _, known := t.columns[name]; !known {
			return nil, fmt.Errorf("the report has no column %q", name)
		}
	}
	index := report + "\x00" + strings.Join(names, "\x00")
	if r.found[index] == nil {
		r.found[index] = map[string][]int{}
		for i, row := range t.rows {
			values := joined(names, func(name string) string { return row[t.columns[name]] })
			r.found[index][values] = append(r.found[index][values], i)
		}
	}
	var values []string
	for _, row := range r.found[index][joined(names, func(name string) string { return wanted[name] })] {
		values = append(values, t.rows[row][at])
	}
	return values, nil
}

func joined(names []string, value func(string) string) string {
	values := make([]string, len(names))
	for i, name := range names {
		values[i] = value(name)
	}
	return strings.Join(values, "\x00")
}
