package gates

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/runs"
)

// measured asks the file that a night has written for the next one.
func (n night) measured(t *testing.T, query string) string {
	t.Helper()
	var cells string
	query = strings.ReplaceAll(query, "MEASURES", "read_parquet("+engine.Text(filepath.Join(n.directory, MeasuresFile))+")")
	if err := n.evaluator.engine.Row(t.Context(), query, nil, &cells); err != nil {
		t.Fatal(err)
	}
	return cells
}

// What a night leaves for the next one, counted by hand.
func TestMeasuresOfANight(t *testing.T) {
	n := evaluated(t, usual(), nil, nil)
	for _, c := range []struct{ query, want string }{
		{"SELECT STRING_AGG(table_name || ' ' || n, ', ' ORDER BY table_name) FROM MEASURES WHERE measure = 'rows'",
			"accounts 100, campaigns 2, contacts 100, costs 2, opportunities 100, touchpoints 100"},
		// 50 of Email and 50 of Event
		{"SELECT STRING_AGG(key || ' ' || n, ', ' ORDER BY key) FROM MEASURES WHERE measure = 'word' AND table_name = 'touchpoints' AND column_name = 'channel'", "Email 50, Event 50"},
		{"SELECT STRING_AGG(key || ' ' || n, ', ' ORDER BY key) FROM MEASURES WHERE measure = 'word' AND table_name = 'opportunities' AND column_name = 'stage'", "Closed Won 50, Open 50"},
		// 100 opportunities of 10.00, all of them touched; 50 of them won
		{"SELECT STRING_AGG(key || ' ' || n || ' of ' || total, ', ' ORDER BY key) FROM MEASURES WHERE measure = 'attributed'", "pipeline 1000 of 1000, revenue 500 of 500"},
		// every day of January and February has a cost
		{"SELECT COUNT(*) || ' days, ' || SUM(micros) FROM MEASURES WHERE measure = 'cost_day'", "59 days, 80000000"},
		{"SELECT CAST(SUM(n) AS VARCHAR) FROM MEASURES WHERE measure = 'quarantined'", "0"},
	} {
		if got := n.measured(t, c.query); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.query, got, c.want)
		}
	}
	for _, f := range n.found {
		if f.Severity == findings.Refuse {
			t.Errorf("a first night is refused: %s: %s", f.Check, f)
		}
	}
	if n.evaluator.Baseline() != "" || n.evaluator.Differs("c", "1") != "" {
		t.Error("a first night has a baseline")
	}
}

// fired are the findings of a night of warning or above, as "check table column".
func (n night) fired() []string {
	var all []string
	for _, f := range n.found {
		if f.Severity == findings.Refuse || f.Severity == findings.Warning {
			all = append(all, strings.TrimSpace(f.Check+" "+f.Table+" "+f.Column))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// saying returns what the first finding of a check says.
func (n night) messageOf(check string) string {
	for _, f := range n.found {
		if f.Check == check {
			return f.String()
		}
	}
	return ""
}

// One change a night, and the gates that must fire.
func TestNightsAgainstTheOneBefore(t *testing.T) {
	before := evaluated(t, usual(), nil, nil)
	for _, c := range []struct {
		name   string
		change func(company)
		job    func(*config.Job)
		fires  string // among others
		says   []string
	}{
		{"the same again", func(company) {}, nil, "nothing_new (run)", []string{"000001"}},
		{"half of the touchpoints", func(c company) { c.keep("touchpoints", 50) }, nil, "rows_fell touchpoints", []string{"50", "100", "000001"}},
		{"a table is gone", func(c company) { delete(c, "campaigns") }, nil, "table_gone campaigns", []string{"campaigns", "000001"}},
		{"a column is empty", func(c company) {
			c.each("touchpoints", func(_ int, row []string) { row[4] = "" })
		}, nil, "column_emptied touchpoints campaign_id", []string{"campaign_id"}},
		{"a stage has another name", func(c company) {
			c.each("opportunities", func(_ int, row []string) { row[4] = strings.ReplaceAll(row[4], "Open", "Negotiation") })
		}, nil, "words_changed opportunities stage", []string{"Open", "Negotiation"}},
		{"accounts of nobody", func(c company) {
			c.each("contacts", func(n int, row []string) { row[1] = fmt.Sprintf("X-%d", n) })
		}, nil, "share_fell contacts account_id", []string{"000001"}},
		{"mail that was only sent", func(c company) {
			c.each("touchpoints", func(_ int, row []string) { row[5] = "Sent" })
		}, nil, "nothing_attributed (run) revenue", []string{"100", "`Sent`", "journey.responses"}},
		{"types that do not count", func(company) {}, func(e *config.Job) { e.Journey.TouchTypes = []string{"webinar"} }, "nothing_attributed (run) revenue", []string{"journey.touch_types"}},
		{"touches of ten years ago", func(c company) {
			c.each("touchpoints", func(n int, row []string) { row[1] = fmt.Sprintf("2015-01-%02dT09:00:00Z", 1+n%28) })
		}, nil, "nothing_attributed (run) revenue", []string{"journey.lookback_days"}},
		{"deals that were won are lost", func(c company) {
			c.each("opportunities", func(n int, row []string) {
				if n < 40 {
					row[4] = "Closed Lost"
				}
			})
		}, nil, "won_changed opportunities amount", []string{"20"}},
		{"the cost of January is half", func(c company) { c["costs"][1][3] = "20" }, nil, "cost_restated costs amount", []string{"20.00"}},
		{"everything under two ids", func(c company) {
			for _, row := range slices.Clone(c["touchpoints"][1:]) {
				copied := slices.Clone(row)
				copied[0] += "-again"
				c["touchpoints"] = append(c["touchpoints"], copied)
			}
		}, nil, "rows_rose touchpoints", []string{"100"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			delivered := usual()
			c.change(delivered)
			n := evaluated(t, delivered, &before, c.job)
			if n.evaluator.Baseline() != "000001" {
				t.Errorf("the baseline is %q", n.evaluator.Baseline())
			}
			if !slices.Contains(n.fired(), c.fires) {
				t.Errorf("%s did not fire; these did: %s", c.fires, strings.Join(n.fired(), "; "))
			}
			message := n.messageOf(strings.Fields(c.fires)[0])
			for _, part := range c.says {
				if !strings.Contains(message, part) {
					t.Errorf("it does not say %q: %s", part, message)
				}
			}
		})
	}
}

// The month whose books are closed loses half of its revenue.
func TestClosedMonths(t *testing.T) {
	closed := func(e *config.Job) { e.ClosedThrough = "2025-02-28" }
	before := evaluated(t, usual(), nil, closed)
	if got := before.measured(t, "SELECT STRING_AGG(period || ' ' || micros, ', ') FROM (SELECT period, SUM(micros) AS micros FROM MEASURES WHERE measure = 'closed_credit' GROUP BY period)"); got != "2025-02 500000000" {
		t.Errorf("the credit of closed months is %s", got)
	}
	delivered := usual()
	delivered.each("opportunities", func(_ int, row []string) { row[5] = "5.00" })
	n := evaluated(t, delivered, &before, closed)
	if message := n.messageOf("closed_period"); !strings.Contains(message, "250.00") {
		t.Errorf("closed_period says %q", message)
	}
}

// A finding of the input that was accepted takes its consequences along, and nothing else.
func TestConsequencesOfWhatWasAccepted(t *testing.T) {
	refused := func(check, table, column string) findings.Finding {
		return findings.Finding{Check: check, Table: table, Column: column, Severity: findings.Refuse}
	}
	cut := refused("rows_fell", "accounts", "")
	cut.Severity, cut.Accepted = findings.Warning, "ann: a smaller list"
	for _, c := range []struct {
		name     string
		accepted findings.Finding
		want     string
	}{
		{"of the input", cut, "rows_fell warning, share_fell warning, share_fell refuse, attributed_fell warning, won_changed refuse"},
		{"of what no journey is made of", findings.Finding{Check: "rows_fell", Table: "targets", Severity: findings.Warning, Accepted: "x"},
			"rows_fell warning, share_fell refuse, share_fell refuse, attributed_fell refuse, won_changed refuse"},
	} {
		found := []findings.Finding{c.accepted, refused("share_fell", "(run)", ""), refused("share_fell", "contacts", "account_id"), refused("attributed_fell", "(run)", ""), refused("won_changed", "opportunities", "")}
		AcceptConsequences(found)
		var got []string
		for _, f := range found {
			got = append(got, f.Check+" "+map[findings.Severity]string{findings.Refuse: "refuse", findings.Warning: "warning"}[f.Severity])
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, text, c.want)
		}
	}
	ordered := Order([]findings.Finding{refused("of_the_configuration", "", ""), refused("nothing_new", "", ""), refused("rows_fell", "", "")})
	if ordered[0].Check != "rows_fell" || ordered[1].Check != "nothing_new" || ordered[2].Check != "of_the_configuration" {
		t.Errorf("causes do not come before consequences: %v", ordered)
	}
}

func TestWhatDiffersFromTheBaseline(t *testing.T) {
	e := &Evaluator{baseline: &runs.Summary{ID: "000007", Manifest: runs.Manifest{Program: "1.0", Configuration: "a"}}}
	for _, c := range []struct{ configuration, program, want string }{
		{"a", "1.0", ""},
		{"b", "1.0", "the configuration differs from that of run 000007 (compare config.yaml)"},
		{"a", "1.1", "the version of the program differs from that of run 000007 (1.0 there, 1.1 now)"},
		{"b", "1.1", "the configuration and the version of the program (1.0 there, 1.1 now) differ from those of run 000007"},
	} {
		if got := e.Differs(c.configuration, c.program); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	for difference, want := range map[string]string{"+1234": "+1,234 rows", "-1": "-1 row", "+1": "+1 row"} {
		if got := signedRows(difference); got != want {
			t.Errorf("signedRows(%q) = %q, want %q", difference, got, want)
		}
	}
}
