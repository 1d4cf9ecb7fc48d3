package synthetic

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/tributary-engine/tributary/internal/engine"
)

// Nothing in the company looks like an attack, a formula, markup or a test, whatever the column:
// it is shown to boards. Addresses lead nowhere, but for the hosts of free mail.
func TestTheCompanyCanBeShown(t *testing.T) {
	for _, c := range []Company{{Seed: 1, Accounts: 40, Touches: 3000}, {Seed: 1, Accounts: 2000, Touches: 20_000}, {Seed: 7, Accounts: 300, Touches: 5000}} {
		eng := filesOf(t, written(t, c, CSV))
		for _, table := range tables() {
			for _, column := range table.Columns {
				var example string
				query := fmt.Sprintf(`SELECT COALESCE(MIN(CAST(%[1]s AS VARCHAR)), '') FROM %[2]s
					WHERE REGEXP_MATCHES(%[1]s, '^[=+@\t]|^-[^0-9]|[<>{}$;"\\\x00-\x1f\x7f]|--|\b[Tt]est\b|\p{So}')`, column.Name, table.Name)
				if err := eng.Row(t.Context(), query, nil, &example); err != nil {
					t.Fatalf("%s.%s: %v", table.Name, column.Name, err)
				}
				if example != "" && example != testAccount {
					t.Errorf("%+v: %s.%s has %q", c, table.Name, column.Name, example)
				}
			}
		}
		hosts := "'example', '" + strings.Join(freeMailHosts, "', '") + "'"
		for what, query := range map[string]string{
			"addresses that lead somewhere":         `SELECT COUNT(*) FROM contacts WHERE NOT ENDS_WITH(email, '.example') AND SPLIT_PART(email, '@', 2) NOT IN (` + hosts + `)`,
			"domains that lead somewhere":           `SELECT COUNT(*) FROM accounts WHERE NOT REGEXP_MATCHES(domain, '\.example/?$')`,
			"domains of two accounts":               `SELECT COUNT(*) FROM (SELECT 1 FROM accounts WHERE parent_account_id IS NULL GROUP BY LOWER(TRIM(REPLACE(domain, 'https://www.', ''), '/')) HAVING COUNT(DISTINCT account_id) > 1)`,
			"campaigns without a name of their own": `SELECT COUNT(*) - COUNT(DISTINCT name) FROM campaigns`,
		} {
			if n := one(t, eng, query); n != 0 {
				t.Errorf("%+v: %s: %d", c, what, n)
			}
		}
	}
}

// No two accounts have one domain, those of a large company neither, and none has the company's own:
// its people would count as the company's.
func TestEveryAccountHasADomainOfItsOwn(t *testing.T) {
	for _, seed := range []uint64{1, 2} {
		seen := map[string]bool{ownDomain: true}
		for number := int64(1); number <= 6000; number++ {
			name, domain := accountName(seed, number, "Ltd")
			if seen[domain] {
				t.Errorf("seed %d, account %d, %s: somebody else has %s", seed, number, name, domain)
			}
			seen[domain] = true
		}
	}
}

// Every campaign but those above others is named as the convention says, and the configuration takes
// its name apart.
func TestCampaignsFollowTheConvention(t *testing.T) {
	var settings struct {
		CampaignFields string `json:"campaign_fields"`
	}
	if err := yaml.Unmarshal(configuration, &settings); err != nil {
		t.Fatal(err)
	}
	fields := regexp.MustCompile(settings.CampaignFields)
	for _, accounts := range []int64{40, 300} {
		for _, c := range newProgramme(1, accounts).all {
			parts := fields.FindStringSubmatch(c.name)
			if (parts == nil) != c.isProgramme {
				t.Errorf("%d accounts: campaign_fields makes %q of %q", accounts, parts, c.name)
			} else if parts != nil && (parts[2] != channels[c.channel].tactic || parts[3] == "EU" != c.europe) {
				t.Errorf("%d accounts: %q is a campaign of %s, in the EU: %t", accounts, c.name, channels[c.channel].name, c.europe)
			}
		}
	}
}

// Both formats keep every text as it is, whatever is in it, although the company has nothing of the
// kind.
func TestFilesKeepHostileText(t *testing.T) {
	hostile := []string{`Smith, Jones & Sons`, `The "Original" Tool Co`, "Two\nLines Trading", "Two\r\nLines", "Rocket 🚀 Logistics", "=1+1",
		"'); DROP TABLE t; --", "+49 Telefonbau", "@Home Services", "semi;pipe|tab\t", "<script>alert(1)</script>", "\u202egnp.exe", "''", `\`, " "}
	directory := t.TempDir()
	for _, format := range []Format{CSV, Parquet} {
		to, err := newSink(t.Context(), format, directory)
		if err != nil {
			t.Fatal(err)
		}
		row := record{calendar: newCalendar()}
		for i, text := range hostile {
			row.begin().id("A-", int64(i), 0).add(text).none().none().none().none().when(windowFrom)
			if err := to.write(accountsTable, &row); err != nil {
				t.Fatal(err)
			}
		}
		if err := to.close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	eng, err := engine.Open(t.Context(), engine.Options{Directories: []string{directory}})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	for _, from := range []string{
		"read_csv(" + engine.Text(filepath.Join(directory, "accounts.csv")) + ", header = true, all_varchar = true, quote = '\"', escape = '\"', delim = ',')",
		"read_parquet(" + engine.Text(filepath.Join(directory, "accounts.parquet")) + ")",
	} {
		for i, text := range hostile {
			var got string
			if err := eng.Row(t.Context(), "SELECT name FROM "+from+" WHERE account_id = 'A-' || ?", []any{i}, &got); err != nil || got != text {
				t.Errorf("%q was written as %q: %v", text, got, err)
			}
		}
	}
}
