package page

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

const opportunityHead = "opportunity_id,account_id,created_at,closed_at,stage,is_won,is_closed,amount,currency,opportunity_type\n"

// Runs that lack almost everything have a page that says so.
func TestPagesOfPoorRuns(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"touchpoints alone": {
			map[string]string{"touchpoints.csv": "touch_id,occurred_at,contact_id,channel\nT-1,2026-01-05,K-1,Email\n"},
			[]string{"This run has no opportunities, leads or wins", "There are no opportunities, so there is nothing to reconcile.", "There are no targets for the time of this run."},
		},
		"one opportunity, no touchpoint": {
			map[string]string{"opportunities.csv": opportunityHead + "O-1,A-1,2026-01-10,2026-02-10,Closed Won,true,true,1000.00,USD,new_business\n"},
			[]string{"No cost is in the data", "1 with no", "Nothing was delivered to sales", "There is no cost per lead"},
		},
		"an expansion without an amount": {
			map[string]string{"opportunities.csv": opportunityHead + "O-1,A-1,2026-01-10,,Open,false,false,,,expansion\n",
				"touchpoints.csv": "touch_id,occurred_at,account_id,channel\nT-1,2026-01-05,A-1,Email\n", "accounts.csv": "account_id,name\nA-1,One\n"},
			[]string{"Expansion", "1 opportunity has no amount"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			directory := runOf(t, inputOf(t, c.files))
			text := read(t, directory)
			root := parse(t, text)
			for _, want := range c.want {
				if !strings.Contains(textOf(root), want) {
					t.Errorf("the page does not say %q", want)
				}
			}
			checkFigures(t, open(t, directory), root)
			if broken := regexp.MustCompile(`NaN|\bInf\b|%!|<no value>`).FindString(text); broken != "" {
				t.Errorf("the page has %s", broken)
			}
		})
	}
}

// Names from the data are text, and e-mails in them are hidden.
func TestHostileNamesAreText(t *testing.T) {
	names := []string{`</script><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `=cmd|' /C calc'!A0`, `{{.Secret}}`, "back`tick", `a&b=c`, `$(rm -rf ~)`}
	campaigns, touches := "campaign_id,name,channel\n", "touch_id,occurred_at,account_id,channel,campaign_id\n"
	for i, name := range append(names, "Spring of jane.doe+x@example.com") {
		id := string(rune('a' + i))
		field := `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		campaigns += id + "," + field + "," + field + "\n"
		touches += "T-" + id + ",2026-01-0" + string(rune('1'+i)) + ",A-1," + field + "," + id + "\n"
	}
	directory := runOf(t, inputOf(t, map[string]string{
		"accounts.csv": "account_id,name\nA-1,One\n", "campaigns.csv": campaigns, "touchpoints.csv": touches,
		"opportunities.csv": opportunityHead + "O-1,A-1,2026-01-10,2026-02-10,Closed Won,true,true,1000.00,USD,new_business\n",
		"costs.csv":         "starts_on,ends_on,campaign_id,amount,currency\n2026-01-01,2026-01-31,a,100.00,USD\n",
	}))
	text := read(t, directory)
	root := parse(t, text)
	checkDocument(t, text, root)
	checkPolicy(t, root)
	heads := map[string]bool{}
	elements(root, func(n *html.Node) {
		if n.Data == "th" {
			heads[textOf(n)] = true
		}
	})
	for _, name := range names {
		if !heads[name] {
			t.Errorf("no row is named %q", name)
		}
	}
	if strings.Contains(text, "example.com") || !heads["Spring of (e-mail hidden)"] {
		t.Error("an e-mail in the name of a campaign is not hidden")
	}
}

func TestCommandsAreQuoted(t *testing.T) {
	for given, want := range map[string]string{
		"channel=Email": "channel=Email", "channel=(all)": "'channel=(all)'", "channel=it's": `'channel=it'\''s'`, "channel=$(x)": "'channel=$(x)'",
	} {
		if got := quoted(given); got != want {
			t.Errorf("quoted(%q) = %s, want %s", given, got, want)
		}
	}
}

// Messages of findings lose their examples, which can be ids of people.
func TestMessagesWithoutExamples(t *testing.T) {
	for given, want := range map[string]string{
		"2 leads have no e-mail, for example `L-1`, `L-2`; add it":                "2 leads have no e-mail; add it",
		"3 rows name a channel, for example `Emial` (did you mean `Email`?), `x`": "3 rows name a channel",
		"4 rows, for example \"a`b\": whoever":                                    "4 rows: whoever",
		"Nothing to lose":                                                         "Nothing to lose",
	} {
		if got := named.ReplaceAllString(given, ""); got != want {
			t.Errorf("%q became %q, want %q", given, got, want)
		}
	}
}
