package oracle

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
)

// Write puts the world's tables into dir as canonical <table>.csv files. A nil table that is not
// required has no file. With r the rows are shuffled, and a table without rows is left out half of
// the time where that changes nothing.
func (w World) Write(dir string, r *rand.Rand) error {
	tables := []struct {
		name     string
		rows     any
		required bool
	}{
		{"accounts", w.Accounts, false},
		{"account_contacts", w.AccountContacts, false},
		{"account_domains", w.AccountDomains, false},
		{"contacts", w.Contacts, false},
		{"leads", w.Leads, false},
		{"identity_map", w.IdentityMap, false},
		{"campaigns", w.Campaigns, false},
		{"touchpoints", w.Touchpoints, true},
		{"opportunities", w.Opportunities, true},
		{"opportunity_contacts", w.OpportunityContacts, false},
		{"stage_history", w.StageHistory, false},
		{"costs", w.Costs, false},
		{"exchange_rates", w.ExchangeRates, false},
		{"activities", w.Activities, false},
		{"targets", w.Targets, false},
		{"capacity", w.Capacity, false},
	}
	for _, t := range tables {
		if !t.required && reflect.ValueOf(t.rows).IsNil() {
			continue
		}
		records := records(t.rows)
		rows := records[1:]
		if r != nil {
			if len(rows) == 0 && !t.required && t.name != "leads" && r.IntN(2) == 0 {
				continue
			}
			r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		}
		if err := writeCSV(filepath.Join(dir, t.name+".csv"), records); err != nil {
			return fmt.Errorf("writing table %s: %w", t.name, err)
		}
	}
	return nil
}

// records are the header, from the csv tags, and the rows of a slice of structs of strings.
func records(rows any) [][]string {
	table := reflect.ValueOf(rows)
	row := table.Type().Elem()
	var header []string
	for i := range row.NumField() {
		header = append(header, row.Field(i).Tag.Get("csv"))
	}
	all := [][]string{header}
	for i := range table.Len() {
		var record []string
		for j := range row.NumField() {
			record = append(record, table.Index(i).Field(j).String())
		}
		all = append(all, record)
	}
	return all
}

func writeCSV(path string, records [][]string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := csv.NewWriter(file).WriteAll(records); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
