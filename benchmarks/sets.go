package main

import (
	"fmt"
	"slices"
	"strings"
)

// An experiment is one data set, and what is run on it in every round.
type experiment struct {
	title  string
	data   dataSet
	flags  []string // further flags of tributary run
	memory string   // memory limit of the program and of the SQL; empty: none is set
	rounds int      // how often everything is run in turn
	sql    []string // yardsticks: names of files in sql/
	isSkew bool     // it is compared with the first skewed data set by the time of a journey row
}

// All sets. Credits and tables are output, not computation: they are left out where a set does not
// say otherwise.
var (
	plain       = []string{"--credits", "none", "--tables", "none"}
	whole       = []string{"--credits", "all", "--tables", "all"}
	comparisons = []string{scanSQL, handwrittenSQL, naiveSQL}

	sets = []struct {
		name        string
		experiments []experiment
	}{
		{"small", []experiment{
			{title: "0.1 M touches", data: company{touches: 100_000, format: "parquet"}, flags: plain, rounds: 5, sql: comparisons},
			{title: "1 M touches", data: company{touches: 1_000_000, format: "parquet"}, flags: plain, rounds: 3, sql: comparisons},
			{title: "5 M touches", data: company{touches: 5_000_000, format: "parquet"}, flags: plain, rounds: 3, sql: comparisons},
		}},
		{"outputs", []experiment{
			{title: "1 M touches, credits and tables written", data: company{touches: 1_000_000, format: "parquet"}, flags: whole, rounds: 3, sql: comparisons},
		}},
		{"csv", []experiment{
			{title: "4 M touches as CSV", data: company{touches: 4_000_000, format: "csv"}, flags: plain, rounds: 3, sql: []string{readCSVSQL}},
		}},
		{"large", []experiment{
			{title: "20 M touches", data: company{touches: 20_000_000, format: "parquet"}, flags: plain, rounds: 3, sql: comparisons},
			{title: "50 M touches", data: company{touches: 50_000_000, format: "parquet"}, flags: plain, rounds: 2, sql: comparisons},
			{title: "100 M touches, memory limit 4 GB", data: company{touches: 100_000_000, format: "parquet"}, flags: plain, memory: "4GB", rounds: 1, sql: comparisons},
		}},
		// Every data set has the same number of journey rows of opportunities.
		{"skew", []experiment{
			{title: "even", data: skewed{accounts: 10_000, people: 5, touches: 100, opportunities: 1, seconds: 15_000_000}},
			{title: "one account with 1 M touches", data: skewed{accounts: 1, people: 1000, touches: 1_000_000, opportunities: 1, seconds: 15_000_000}},
			{title: "one opportunity with 100,000 people", data: skewed{accounts: 1, people: 100_000, touches: 1_000_000, opportunities: 1, seconds: 15_000_000}},
			{title: "everything in one second", data: skewed{accounts: 10_000, people: 5, touches: 100, opportunities: 1, seconds: 1}},
			{title: "1,000 opportunities x 1,000 touches of one account", data: skewed{accounts: 1, people: 10, touches: 1000, opportunities: 1000, seconds: 15_000_000}},
		}},
	}
)

func setNames() []string {
	var names []string
	for _, s := range sets {
		names = append(names, s.name)
	}
	return names
}

// experimentsOf returns the experiments of the named sets.
func experimentsOf(names []string) ([]experiment, error) {
	var all []experiment
	for _, name := range names {
		at := slices.Index(setNames(), name)
		if at < 0 {
			return nil, fmt.Errorf("there is no set %q; the sets are %s", name, strings.Join(setNames(), ", "))
		}
		for _, e := range sets[at].experiments {
			if _, isSkewed := e.data.(skewed); isSkewed {
				e.flags, e.rounds, e.isSkew = plain, 3, true
			}
			all = append(all, e)
		}
	}
	return all, nil
}
