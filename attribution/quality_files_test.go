package attribution

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/findings"
)

// Every file of checks/ is asked: it is in one of the lists, or a form of a check in them.
func TestEveryCheckFileIsListed(t *testing.T) {
	listed := slices.Concat(peopleChecks, rowChecks, laterChecks, alarmChecks, []string{unmappedOrigins})
	paths, err := fs.Glob(checkFiles, "checks/*/*.sql")
	if err != nil || len(paths) == 0 {
		t.Fatal(len(paths), err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(strings.TrimPrefix(path, "checks/"), ".sql")
		folder, check, _ := strings.Cut(name, "/")
		switch folder {
		case "shapes":
		case "with_rules":
			if !slices.ContainsFunc(listed, func(name string) bool { return strings.HasSuffix(name, "/"+check) }) {
				t.Errorf("%s is a form of no check", path)
			}
		default:
			if !slices.Contains(listed, name) {
				t.Errorf("%s is in no list of quality_files.go", path)
			}
		}
	}
}

// Every check says what its key is.
func TestEveryCheckHasAGrain(t *testing.T) {
	for _, c := range dataChecks(findings.Currency{}) {
		if c.Grain == "" {
			t.Errorf("%s of %s has no grain", c.Name, c.Table)
		}
	}
}

func TestReadCheck(t *testing.T) {
	currency := findings.Currency{Code: "USD", Decimals: 2}
	c, err := readCheck("run/late", `-- Why it asks this way.
-- grain: campaign_id
-- message: {row is|rows are} late: this
--   goes on
-- severity: info
-- money: the cost
SELECT campaign_id AS key, COUNT(*) AS n, SUM(micros) AS micros FROM costs GROUP BY campaign_id
`, currency)
	want := findings.Check{Table: findings.Run, Name: "late", Grain: "campaign_id", Severity: findings.Info, Meaning: "{row is|rows are} late: this goes on",
		Currency: currency, Query: "SELECT campaign_id AS key, COUNT(*) AS n, SUM(micros) AS micros FROM costs GROUP BY campaign_id"}
	if err != nil || c != want {
		t.Errorf("%+v, %v\nwant %+v", c, err, want)
	}
	c, err = readCheck("costs/odd", "-- grain: a\n-- message: b\n-- severity: warning\nSELECT cost_id AS key, 1 AS n\nFROM costs\nWHERE amount < 0 OR amount IS NULL\n", currency)
	if err != nil || c.From != "costs" || c.Key != "cost_id" || c.Where != "amount < 0 OR amount IS NULL" || c.Currency.Code != "" {
		t.Errorf("a condition: %+v, %v", c, err)
	}
}

func TestReadCheckRefuses(t *testing.T) {
	const withMicros = "\nSELECT id AS key, 1 AS n, amount AS micros FROM costs"
	for header, want := range map[string]string{
		"-- Why it asks.\n-- grian: id\n-- grain: id\n-- message: rows\n-- severity: info":  `"-- grian: " declares nothing`,
		"-- grain: id\n-- message: rows\n-- severity: info" + withMicros:                    "if and only if the line -- money: says what they are",
		"-- grain: id\n-- message: rows\n-- severity: info\n-- money: the cost":             "if and only if the line -- money: says what they are",
		"-- grain: id\n-- message: rows\n-- severity: info\n-- mony: the cost" + withMicros: `"-- mony: the cost" is after the line severity`,
		"-- grain: id\n-- massage: rows\n-- severity: info":                                 `"-- massage: rows" is after the line grain`,
		"-- message: rows\n-- severity: info":                                               "-- grain: and -- message: are required",
		"-- grain: id\n-- severity: info":                                                   "-- grain: and -- message: are required",
		"-- grain: id\n-- message: rows":                                                    `the severity is ""`,
		"-- grain: id\n-- message: rows\n-- severity: error":                                `the severity is "error"`,
		"-- grain: id\n-- message: rows\n-- severity: info\n-- remedi: fix":                 `"-- remedi: fix" is after the line severity`,
	} {
		if _, err := readCheck("costs/odd", header+"\nSELECT 1\n", findings.Currency{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", header, err, want)
		}
	}
}
