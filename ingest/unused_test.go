package ingest

import (
	"slices"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/findings"
)

// One export holds contacts and their accounts: a column that either of them reads is not unused,
// and a warning names its table.
func TestAColumnThatAnotherTableReadsFromTheFileIsUsed(t *testing.T) {
	files := map[string]string{"opportunities.csv": oneOpportunity, "touchpoints.csv": "touch_id,occurred_at,contact_id\nt,2025-01-01,c\n",
		"contacts.csv": "contact_id,account_id,email,Account Name,name,domain,Fax\nc,a,x@one.example,One,Ann,one.example,1\n"}
	in, _, err := load(t, files, func(job *config.Job) {
		shared := job.Tables["contacts"][0]
		job.Tables["accounts"] = config.Sources{{Files: shared.Files, Paths: shared.Paths,
			Columns: map[string]config.Column{"name": {From: "Account Name"}, "domain": {Value: "one.example"}}}}
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"accounts: contacts.csv: 3 unused columns ignored: name, domain, Fax",
		"contacts: contacts.csv: 3 unused columns ignored: name, domain, Fax",
	}
	if got := findings.Warnings(in.Findings); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	for _, f := range in.Findings {
		if f.Check == "columns_left_out" && (f.Table == "accounts" || f.Table == "contacts") && f.Rows != 3 {
			t.Errorf("%s: %d unused columns, want 3", f.Table, f.Rows)
		}
	}
}
