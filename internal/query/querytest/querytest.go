// Package querytest makes a small published run, for tests only. Its persons have ids and e-mails
// that no view may show without being asked: each contains the word that Secret is.
package querytest

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/job"
)

// Secret is in every id and e-mail of a person, and in nothing else.
const Secret = "whispered"

var files = map[string]string{
	"accounts.csv": "account_id,name,domain\na1,Acme,acme.example\na2,Bolt,bolt.example\n",
	"contacts.csv": "contact_id,account_id,email,created_at\n" +
		"whispered1,a1,whispered.ann@acme.example,2025-01-10T09:00:05Z\nwhispered2,a1,whispered.bob@acme.example,2025-01-20T12:00:00Z\n" +
		"whispered3,a2,,2025-02-10T08:00:00Z\nwhispered4,,info.whispered@gmail.com,2025-02-11T08:00:00Z\nwhispered5,a1,whispered.ann@acme.example,2025-02-12T08:00:00Z\n",
	"leads.csv": "lead_id,email,account_id,converted_contact_id,created_at\n" +
		"whispered11,whispered.ann@acme.example,a1,whispered1,2025-01-10T09:00:05Z\nwhispered12,,a1,nobody-whispered,2025-01-11T09:00:05Z\n",
	"campaigns.csv":            "campaign_id,name,channel\nk1,=Spring Webinar,Webinar\nk2,Brand Search,Paid Search\nk3,Calls of whispered.rep@own.example,Paid Search\n",
	"costs.csv":                "starts_on,ends_on,campaign_id,channel,amount,currency\n2025-01-01,2025-01-31,k1,,310.00,USD\n2025-01-01,2025-01-31,k2,,155.00,USD\n2025-01-01,2025-01-31,k3,,31.00,USD\n",
	"opportunities.csv":        "opportunity_id,account_id,name,created_at,closed_at,stage,amount,currency\no1,a1,Acme first,2025-02-05T10:00:00Z,2025-03-01T16:00:00Z,Closed Won,1000.00,USD\no2,a2,Bolt first,2025-02-15T10:00:00Z,,Prospecting,500.00,USD\n",
	"opportunity_contacts.csv": "opportunity_id,contact_id,role\no1,whispered1,Buyer\no1,lost-whispered,Buyer\n",
	"touchpoints.csv": "touch_id,occurred_at,contact_id,channel,campaign_id\ntouch-of-whispered1,2025-01-10T09:00:00Z,whispered1,,k1\ntouch-of-whispered2,2025-01-20T12:00:00Z,whispered2,,k2\n" +
		"t3,2025-02-01T07:30:00Z,whispered1,Email,\nt4,2025-02-01T07:30:00Z,gone-whispered,Email,\nt5,2025-02-12T07:30:00Z,whispered3,Email,k9\n",
	"targets.csv": "period_start,period_end,metric,amount\n2025-01-01,2025-12-31,leads,100\n",
}

// Run publishes the run, and returns its directory and that in which runs are published.
func Run(t testing.TB) (directory, out string) {
	t.Helper()
	in := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(in, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	settings, _, err := config.FromDirectory(in)
	if err != nil {
		t.Fatal(err)
	}
	settings.Gates = config.Gates{"references": {"": {Severity: "warn"}}}
	out = filepath.Join(t.TempDir(), "out")
	if settings, err = settings.With(config.Overrides{Out: out, Threads: 2}); err != nil {
		t.Fatal(err)
	}
	if _, err := job.Run(t.Context(), settings, job.Options{Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(out, "runs", "000001"), out
}
