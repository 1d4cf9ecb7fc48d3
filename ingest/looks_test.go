package ingest

import (
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/findings"
)

// findingOf is what a check found of a table.
func findingOf(t *testing.T, in Inputs, table, check string) findings.Finding {
	t.Helper()
	for _, f := range in.Findings {
		if f.Table == table && f.Check == check {
			return f
		}
	}
	t.Fatalf("%s was not asked of %s", check, table)
	return findings.Finding{}
}

func TestCurrenciesOfNames(t *testing.T) {
	for name, want := range map[string][]string{
		"costs_EUR_2025.csv": {"EUR"}, "costs-USD+EUR.csv.gz": {"USD", "EUR"}, "EUR/costs.csv": nil, "eur.csv": nil, "costsEUR.csv": nil,
		"COSTS_ALL.csv": nil, "costs_TRY.csv": {"TRY"}, "COSTS_USD.csv": {"USD"}, "costs.EUR.csv": nil, "EUR EUR.csv": {"EUR"}, "costs_XYZ.csv": nil,
	} {
		if got := currenciesOf(name); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// More than half of the rows have to be in another currency than the name says; half are not.
func TestCurrencyOfTheNameAndOfTheRows(t *testing.T) {
	const header, eur, usd, none = "starts_on,ends_on,channel,amount,currency\n", "2025-01-01,2025-01-01,a,2.00,EUR\n", "2025-01-01,2025-01-01,a,3.00,USD\n", "2025-01-01,2025-01-01,a,5.00,\n"
	of := func(costs string) findings.Finding {
		in, _, err := load(t, map[string]string{
			"touchpoints.csv": "touch_id,occurred_at,contact_id\nt1,2025-01-01,c1\n", "opportunities.csv": oneOpportunity, "costs.csv": header + costs,
		}, func(j *config.Job) {
			j.Reporting.Currency = "USD"
			source := j.Tables["costs"][0]
			source.Files = []string{"costs_EUR.csv"}
			j.Tables["costs"] = config.Sources{source}
		})
		if err != nil {
			t.Fatal(err)
		}
		return findingOf(t, in, "costs", currencyOfName)
	}
	if f := of(eur + usd); f.Rows != 0 || f.Severity != findings.OK || f.Sentence != "" {
		t.Errorf("half: %+v", f)
	}
	f := of(eur + usd + none)
	if want := "costs_EUR.csv: its name says EUR, and 2 of 3 rows are in USD; these amounts come to 8.00 USD (look at the export; "; f.Rows != 2 || f.Severity != findings.Warning || !strings.HasPrefix(f.Sentence, want) {
		t.Errorf("%+v", f)
	}
}

func TestIDsInScientificNotation(t *testing.T) {
	in, _, err := load(t, map[string]string{
		"touchpoints.csv":   "touch_id,occurred_at,contact_id,anonymous_id\n1.05514E+16,2025-01-01,1e+05,a+b\n2,2025-01-01,1E5,1.5E16\n3,2025-01-01,1.05514E+16,x1.5E+16\n",
		"opportunities.csv": oneOpportunity,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if f := findingOf(t, in, "touchpoints", scientificIDs); f.Rows != 3 || !slices.Equal(f.Examples, []string{"1.05514E+16", "1e+05"}) || f.Severity != findings.Warning {
		t.Errorf("%+v", f)
	}
}

func TestHeadersThatMeanSomethingElse(t *testing.T) {
	files := map[string]string{
		"touchpoints.csv":   "touch_id,occurred_at,contact_id\nt1,2025-01-01,c1\n",
		"opportunities.csv": "opportunity_id,created_at,stage,currency,expectedMicros\no1,2025-01-01,Won,USD,1\n",
		"contacts.csv":      "contact_id,MasterRecordId\nc1,\n", "leads.csv": "lead_id,created_at,master_record_id\nl1,2025-01-01,\n",
		"costs.csv":        "starts_on,ends_on,channel,cost_micros,amount_micros\n2025-01-01,2025-01-01,a,1,1\n",
		"identity_map.csv": "from_id,master_record_id\nl2,l1\n",
	}
	in, _, err := load(t, files, func(j *config.Job) {
		for table, mapping := range map[string]map[string]config.Column{"costs": {"amount": {From: "cost_micros"}}, "identity_map": {"to_id": {From: "master_record_id"}}} {
			source := j.Tables[table][0]
			source.Columns = mapping
			j.Tables[table] = config.Sources{source}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ table, check, example string }{
		{"costs", microsReadAsUnits, "cost_micros"}, {"costs", microsIgnored, ""}, {"opportunities", microsReadAsUnits, ""},
		{"opportunities", microsIgnored, "expectedMicros"}, {"contacts", mergesIgnored, "MasterRecordId"}, {"leads", mergesIgnored, ""}, {"accounts", mergesIgnored, ""},
	} {
		if f := findingOf(t, in, c.table, c.check); strings.Join(f.Examples, " ") != c.example || (f.Severity == findings.Warning) != (c.example != "") {
			t.Errorf("%+v, want %+v", f, c)
		}
	}
	delete(files, "identity_map.csv")
	_, _, err = load(t, files, nil)
	if want := `has no column amount ("cost_micros" counts millionths: divide it by 1,000,000 in the export)`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}
