package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/acceptance"
	"github.com/tributary-engine/tributary/internal/job"
)

// companyOfFour is small enough to count by hand.
//
// T-1 is Ana's (K-1, of account A-1) before O-1; T-2 Ben's (K-2, without account), who has a role
// in O-2; T-3 that of a lead without account; T-4 a stranger's; T-5 Ana's after O-1 was created;
// T-6 was sent to Ana and not answered. O-3 has an account without people, O-4 nothing at all.
var companyOfFour = map[string]string{
	"accounts.csv": "account_id\nA-1\nA-2\n",
	"contacts.csv": "contact_id,account_id\nK-1,A-1\nK-2,\n",
	"leads.csv":    "lead_id,created_at\nL-1,2025-01-05\n",
	"touchpoints.csv": "touch_id,occurred_at,contact_id,lead_id,anonymous_id,status,chanel\n" +
		"T-1,2025-01-10,K-1,,,,\nT-2,2025-01-11,K-2,,,,\nT-3,2025-01-12,,L-1,,,\nT-4,2025-01-13,,,W-1,,\nT-5,2025-06-01,K-1,,,,\nT-6,2025-01-14,K-1,,,Sent,\n",
	"opportunities.csv": "opportunity_id,account_id,created_at,stage,is_won,currency\n" +
		"O-1,A-1,2025-02-01T00:00:00Z,Open,false,USD\nO-2,,2025-02-01T00:00:00Z,Open,false,USD\nO-3,A-2,2025-02-02T00:00:00Z,Open,false,USD\nO-4,,2025-02-01T00:00:00Z,Open,false,USD\n",
	"opportunity_contacts.csv": "opportunity_id,contact_id\nO-2,K-2\n",
}

func TestValidateCountsWhatComesTogether(t *testing.T) {
	in := t.TempDir()
	for name, text := range companyOfFour {
		if err := os.WriteFile(filepath.Join(in, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before := acceptance.FilesOf(t, in)
	var stdout, stderr bytes.Buffer
	if code := Main([]string{"validate", "--input", in, "--json"}, &stdout, &stderr); code != 0 {
		t.Fatalf("exit code %d\n%s", code, &stderr)
	}
	acceptance.WantSameFiles(t, "the input", acceptance.FilesOf(t, in), before)
	var v job.Validation
	decoder := json.NewDecoder(&stdout)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&v); err != nil {
		t.Fatal(err)
	}
	share := func(text json.Number) *json.Number { return &text }
	want := []job.Reach{
		{Of: "touchpoints", Reach: "person_with_record", Count: 5, Total: 6, Share: share("0.833333")},
		{Of: "touchpoints", Reach: "person_with_account", Count: 3, Total: 6, Share: share("0.500000")},
		{Of: "touchpoints", Reach: "person_in_buying_group", Count: 4, Total: 6, Share: share("0.666667")},
		{Of: "touchpoints", Reach: "journey_of_opportunity", Count: 2, Total: 6, Share: share("0.333333")},
		{Of: "opportunities", Reach: "with_account", Count: 2, Total: 4, Share: share("0.500000")},
		{Of: "opportunities", Reach: "with_roles", Count: 1, Total: 4, Share: share("0.250000")},
		{Of: "opportunities", Reach: "with_people", Count: 2, Total: 4, Share: share("0.500000")},
		{Of: "opportunities", Reach: "with_journey", Count: 2, Total: 4, Share: share("0.500000")},
		{Of: "people", Reach: "with_record", Count: 3, Total: 4, Share: share("0.750000")},
		{Of: "people", Reach: "with_account", Count: 1, Total: 4, Share: share("0.250000")},
		{Of: "people", Reach: "with_touch", Count: 4, Total: 4, Share: share("1.000000")},
		{Of: "people", Reach: "in_buying_group", Count: 2, Total: 4, Share: share("0.500000")},
	}
	if d := cmp.Diff(want, v.Coverage); d != "" {
		t.Error(d)
	}
	asOf, currency := "2025-06-01T00:00:00Z", "USD"
	if d := cmp.Diff(job.Uses{AsOf: &asOf, Currency: &currency, TimeZone: "UTC"}, v.Uses); d != "" {
		t.Error(d)
	}
	wantTouches := job.TableRead{Table: "touchpoints", Required: true, Key: []string{"touch_id"}, Given: []string{"touchpoints.csv"},
		Files: []job.FileRead{{File: "touchpoints.csv", RowsIn: 6, Loaded: 6,
			Columns: []job.ColumnRead{{Column: "touch_id", Header: "touch_id", Value: ""}, {Column: "occurred_at", Header: "occurred_at", Value: ""}, {Column: "contact_id", Header: "contact_id", Value: ""},
				{Column: "lead_id", Header: "lead_id", Value: ""}, {Column: "anonymous_id", Header: "anonymous_id", Value: ""}, {Column: "status", Header: "status", Value: ""}},
			Missing: []string{"email", "channel", "campaign_id", "touch_type", "asset", "source", "medium", "updated_at", "account_id", "quantity", "referrer", "click_id"},
			Unknown: []job.UnknownHeader{{Header: "chanel", Nearest: "channel"}}}},
		Dates: []job.Dates{{Column: "occurred_at", Oldest: "2025-01-10T00:00:00Z", Newest: "2025-06-01T00:00:00Z", Empty: 0, Rows: 6}, {Column: "updated_at", Oldest: "", Newest: "", Empty: 6, Rows: 6}}}
	touches := v.Tables[slices.IndexFunc(v.Tables, func(read job.TableRead) bool { return read.Table == "touchpoints" })]
	if d := cmp.Diff(wantTouches, touches); d != "" {
		t.Error(d)
	}
	// The findings are those that a run publishes.
	out := filepath.Join(t.TempDir(), "out")
	if code := Main([]string{"run", "--input", in, "--out", out, "--quiet"}, &stdout, &stderr); code != 0 {
		t.Fatalf("exit code %d\n%s", code, &stderr)
	}
	for i, r := range acceptance.ReadReport(t, filepath.Join(out, "current", "reports", "data_quality.csv")) {
		if f := v.Findings[i]; f.Table != r["table"] || f.Check != r["check"] || f.Severity != r["severity"] || f.Meaning != r["meaning"] {
			t.Errorf("row %d: the report says %v, validate %+v", i, r, f)
		}
	}
}

// A signal ends validate with its code, and leaves no temporary directory behind.
func TestInterruptedValidateLeavesNothing(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "tributary")
	if err := os.Symlink(self, program); err != nil {
		t.Fatal(err)
	}
	in, temp := t.TempDir(), t.TempDir()
	if err := acceptance.WriteCompany(in, 100_000); err != nil {
		t.Fatal(err)
	}
	child := exec.Command(program, "validate", "--input", in, "--temp-dir", temp)
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	left := func() []os.DirEntry {
		entries, err := os.ReadDir(temp)
		if err != nil {
			t.Fatal(err)
		}
		return entries
	}
	for range 2000 {
		if len(left()) > 0 {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	if err := child.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	var failed *exec.ExitError
	if err := child.Wait(); !errors.As(err, &failed) || failed.ExitCode() != 143 {
		t.Errorf("ended with %v, want exit code 143", err)
	}
	if found := left(); len(found) > 0 {
		t.Errorf("left %v", found)
	}
}
