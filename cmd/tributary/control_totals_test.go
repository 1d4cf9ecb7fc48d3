package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// The command of a message, as a shell hands it to DuckDB, lists as many rows as the message says
// were found: of every table, of files whose headers and formats are not those of the contract.
func TestCommandsOfControlTotalsListTheirRows(t *testing.T) {
	in := t.TempDir()
	for name, text := range map[string]string{
		"touches 1.csv": "touch_id,When $,contact_id,channel\nt1,2025-01-31 23:59,K-1,Email\nt2,2025-02-01 00:00,K-1,Email\n",
		"touches 2.csv": "When $,touch_id,contact_id,channel\n2025-02-28 23:59,t3,K-1,Email\n2025-03-01 00:00,t4,K-1,Email\n2025-02-10T00:00:00+01:00,t5,K-1,Email\n",
		"deals.csv": "opportunity_id;account_id;created_at;Closed;stage;Won;amount;currency\n" +
			"O-1;A-1;2025-01-02;28.02.2025;Proposal;yes;10.00;USD\nO-2;A-1;2025-01-02;01.03.2025;Proposal;yes;10.00;USD\n" +
			"O-3;A-1;2025-01-02;01.02.2025;Gewonnen;;10.00;\nO-4;A-1;2025-01-02;01.02.2025;Gewonnen;no;10.00;USD\nO-5;A-1;2025-01-02;01.02.2025;Gewonnen;;5.00;EUR\n",
		"costs.csv": "starts_on,ends_on,channel,amount,currency\n2025-02-01,2025-03-31,Email,1.00,USD\n2025-02-28,2025-02-28,Email,1.00,\n" +
			"2025-03-01,2025-03-01,Email,1.00,USD\n2025-02-03,2025-02-03,Email,1.00,EUR\n",
		"contacts.csv":       "contact_id,account_id,created_at\nK-1,A-1,2025-02-28\nK-2,A-1,\nK-3,A-1,2025-02-01\n",
		"leads.csv":          "lead_id,created_at\nL-1,2025-02-28\nL-2,2025-03-01\n",
		"activities.csv":     "activity_id,occurred_at,lead_id\nV-1,2025-02-01,L-1\n",
		"stage_history.csv":  "entity_type,entity_id,stage,entered_at\nlead,L-1,mql,2025-02-28\nlead,L-1,sql,2025-01-31\n",
		"exchange_rates.csv": "currency,effective_on,rate\nEUR,2025-01-01,1.10\n",
		"tributary.yaml": `
reporting: {currency: USD}
input: {time_zone: UTC}
opportunities: {won_stages: [gewonnen]}
tables:
  touchpoints: {files: [touches 1.csv, touches 2.csv], columns: {occurred_at: When $}}
  opportunities: {file: deals.csv, delimiter: ";", columns: {closed_at: {from: Closed, format: "%d.%m.%Y"}, is_won: {from: Won, true: ["yes"], false: ["no"]}}}
control_totals:
  - {table: touchpoints, period_start: 2025-02-01, period_end: 2025-02-28, rows: 1000}
  - {table: opportunities, period_start: 2025-02-01, period_end: 2025-02-28, rows: 1000}
  - {table: opportunities, period_start: 2025-02-01, period_end: 2025-02-28, rows: 1000, currency: USD}
  - {table: costs, period_start: 2025-02-01, period_end: 2025-02-28, rows: 1000}
  - {table: costs, period_start: 2025-02-01, period_end: 2025-02-28, rows: 1000, currency: EUR}
  - {table: costs, period_start: 2025-02-01, period_end: 2025-02-28, rows: 1000, currency: USD}
  - {table: contacts, period_start: 2025-02-01, period_end: 2025-02-28, rows: 1000}
  - {table: leads, period_start: 2025-02-01, period_end: 2025-02-28, rows: 1000}
  - {table: activities, period_start: 2025-02-01, period_end: 2025-02-28, rows: 1000}
  - {table: stage_history, period_start: 2025-02-01, period_end: 2025-02-28, rows: 1000}
`,
	} {
		if err := os.WriteFile(filepath.Join(in, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var stdout, stderr bytes.Buffer
	if code := Main([]string{"run", "--config", filepath.Join(in, "tributary.yaml"), "--out", filepath.Join(t.TempDir(), "out"), "--quiet"}, &stdout, &stderr); code != 4 {
		t.Fatalf("exit code %d: %s", code, &stderr)
	}
	eng, err := engine.Open(t.Context(), engine.Options{Threads: 2, Directories: []string{in}})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	messages := regexp.MustCompile(`(?m)^error: control_totals\[(\d+)\].*?, (\d+) found, .*?: (duckdb -c ".*")$`).FindAllStringSubmatch(stderr.String(), -1)
	for i, want := range []int{3, 3, 2, 3, 1, 2, 2, 1, 1, 1} {
		if i >= len(messages) {
			t.Fatalf("only %d messages: %s", len(messages), &stderr)
		}
		if found, err := strconv.Atoi(messages[i][2]); err != nil || found != want {
			t.Errorf("line %d: %d found, want %d", i, found, want)
		}
		if listed := countListed(t, eng, in, messages[i][3]); listed != want {
			t.Errorf("line %d: %d listed, want %d: %s", i, listed, want, messages[i][3])
		}
	}
}

// countListed counts the rows of a command. The engine's session is in UTC, as the command wants
// it, and its settings are locked.
func countListed(t *testing.T, eng *engine.Engine, directory, command string) (rows int) {
	t.Helper()
	text, err := exec.CommandContext(t.Context(), "sh", "-c", `duckdb() { printf %s "$2"; }; `+command).Output()
	if err != nil {
		t.Fatal(err)
	}
	query := strings.TrimPrefix(string(text), "SET TimeZone = 'UTC'; ")
	query = regexp.MustCompile(`'([^']+\.csv)'`).ReplaceAllString(query, "'"+directory+"/$1'")
	if err := eng.Row(context.Background(), "SELECT COUNT(*) FROM ("+query+")", nil, &rows); err != nil {
		t.Fatalf("%v: %s", err, query)
	}
	return rows
}

// The configuration takes the tables that the table control_totals takes.
func TestSchemaKnowsTheControlledTables(t *testing.T) {
	var schema struct {
		Properties map[string]struct {
			Items struct {
				Properties map[string]struct{ Enum []string }
			}
		}
	}
	if err := json.Unmarshal(config.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	for _, table := range contract.Tables() {
		if table.Name == "control_totals" {
			if got, want := schema.Properties["control_totals"].Items.Properties["table"].Enum, table.Columns[0].Allowed; !slices.Equal(got, want) {
				t.Errorf("the schema has %q, the contract %q", got, want)
			}
		}
	}
}
