package ingest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/findings"
)

func TestHeadersAreRefusedWithoutPrintingCells(t *testing.T) {
	const loneCR = `its header has a carriage return (CR) without a line feed (LF); do its lines end in CR alone?
hint: convert its line ends to LF, as with: tr '\r' '\n'`
	oldMac := strings.ReplaceAll(goodFile, "\n", "\r")
	rows := strings.Repeat("t,2025-03-01,ann@example.com,x\n", 20)
	for _, test := range []struct{ what, name, content, message string }{
		{"lines end in CR", "a.csv", oldMac, "a.csv:1: " + loneCR},
		{"CR and quotes", "a.csv", "\"touch_id\",\"occurred_at\"\r\"ann@example.com\",\"x\"\r", "a.csv:1: " + loneCR},
		{"CR, packed", "a.csv.gz", gzipped(t, oldMac), "a.csv.gz:1: " + loneCR},
		{"CR, beyond the longest record", "a.csv", "touch_id\r" + strings.Repeat("ann@example.com\r", 1000), "a.csv:1: " + loneCR},
		{"CR and then LF", "a.csv", "touch_id,occurred_at,contact_id\rt,2025-03-01,ann@example.com\nt,2025-03-01,c\n", "a.csv:1: " + loneCR},
		{"rows in a header", "a.csv", "touch_id,occurred_at,contact_id,\"note\n" + rows + "t,2025-03-01,c,x\"\n", "a.csv:1: its header spans 22 lines, because a quote opened in its first line is closed too late\nhint: remove the stray quote"},
		{"one row in a header", "a.csv", "touch_id,occurred_at,contact_id,\"note\nt,2025-03-01,ann@example.com,x\"\nt,2025-03-01,c,x\n", "a.csv:1: its header spans 2 lines, because a quote opened in its first line is closed too late\nhint: remove the stray quote"},
		{"unused header twice", "a.csv", "touch_id,x,occurred_at,contact_id,x\n", `a.csv:1: header "x" appears 2 times: columns 2, 5
hint: give each column a name of its own`},
		{"many headers twice", "a.csv", "touch_id,occurred_at,contact_id" + strings.Repeat(",a,b,c,d,e,f,g", 2) + "\n", strings.Join([]string{
			`a.csv:1: header "a" appears 2 times: columns 4, 11
hint: give each column a name of its own`,
			`a.csv:1: header "b" appears 2 times: columns 5, 12
hint: give each column a name of its own`,
			`a.csv:1: header "c" appears 2 times: columns 6, 13
hint: give each column a name of its own`,
			`a.csv:1: header "d" appears 2 times: columns 7, 14
hint: give each column a name of its own`,
			`a.csv:1: header "e" appears 2 times: columns 8, 15
hint: give each column a name of its own`,
			`a.csv:1: and 2 further headers appear more than once`}, "\n")},
		{"a header very often", "a.csv", "touch_id,occurred_at,contact_id" + strings.Repeat(",x", 2000) + "\n",
			`a.csv:1: header "x" appears 2,000 times: columns 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 1,990 more
hint: give each column a name of its own`},
		{"no header at all", "a.csv", "t1,2025-03-01,ann@example.com,ann@example.com\n", "a.csv:1: has no column touch_id, occurred_at, which touchpoints needs; map them with from under columns\n" +
			"a.csv:1: has none of the columns contact_id, lead_id, email, anonymous_id, account_id, and every row of touchpoints needs one of them\n" +
			"a.csv:1: header appears 2 times: columns 3, 4\nhint: give each column a name of its own"},
		{"endless blanks", "a.csv", strings.Repeat(" ", 1000) + "touch_id,occurred_at,contact_id\n",
			"a.csv:1: header \"...\" has blanks around it\nhint: write touch_id, or map it with from under columns"},
	} {
		t.Run(test.what, func(t *testing.T) {
			opt := testOptions()
			opt.maxRecord = 10_000
			_, _, err := readOne(t, write(t, test.name, test.content), opt)
			if fmt.Sprint(err) != test.message || failure.CodeOf(err) != failure.Contract {
				t.Errorf("code %d\n%v\nwant\n%s", failure.CodeOf(err), err, test.message)
			}
		})
	}
}

func TestColumnsWithoutHeaderHaveNoValues(t *testing.T) {
	const header, good = "touch_id,,occurred_at,contact_id,\n", "t,,2025-03-01,c,\n"
	const reason = " has a value here, but its header is empty\nhint: give the column a header, or delete it"
	for _, test := range []struct{ what, rows, message string }{
		{"a value", strings.Repeat(good, 99) + "t,,2025-03-01,c,lost\n" + good, "a.csv:101: column 5" + reason},
		{"two columns, the later first", good + "t,,2025-03-01,c,lost\nt,lost,2025-03-01,c,lost\n", "a.csv:4: column 2" + reason + "\na.csv:3: column 5" + reason},
		{"in a bad row, after one that ends reading in parallel", good + "t,,2025-03-01,a\"c,\n" + good + "t,lost,never,c,\n", "a.csv:5: column 2" + reason},
	} {
		for _, size := range []int{16, 1 << 20} {
			opt := testOptions()
			opt.blockSize = size
			_, _, err := readOne(t, write(t, "a.csv", header+test.rows), opt)
			if fmt.Sprint(err) != test.message || failure.CodeOf(err) != failure.Contract {
				t.Errorf("%s, blocks of %d: code %d\n%v\nwant\n%s", test.what, size, failure.CodeOf(err), err, test.message)
			}
		}
	}
	many := strings.Repeat(",", 8)
	_, _, err := readOne(t, write(t, "a.csv", "touch_id,occurred_at,contact_id"+many+"\nt,2025-03-01,c"+strings.Repeat(",x", 8)+"\n"), testOptions())
	if lines := strings.Split(fmt.Sprint(err), "\n"); len(lines) != 11 || lines[10] != "a.csv: 3 further columns without a header and with values" {
		t.Errorf("%v", err)
	}
}

func TestUnusedColumnsAreCountedAndShortened(t *testing.T) {
	var extra []string
	for i := range 20_000 {
		extra = append(extra, fmt.Sprintf("%s_x%d", strings.Repeat("é", 60), i))
	}
	head, cells := strings.Join(extra, ","), strings.Repeat(",1", len(extra))
	short := strings.Repeat("é", 50) + "..."
	for _, test := range []struct{ what, headers, cells, want string }{
		{"many", "," + head, cells, "touchpoints: touchpoints.csv: 20,000 unused columns ignored: " + strings.Repeat(short+", ", 4) + short + " and 19,995 more"},
		{"one", ",Note", ",1", "touchpoints: touchpoints.csv: 1 unused column ignored: Note"},
		{"a near one", ",chanel", ",1", "touchpoints: touchpoints.csv: 1 unused column ignored: chanel (chanel: did you mean channel?)"},
		{"case, blanks, hyphens, none", ",Channel,campain_id,Touch Type,x,anonymous-id,leadid", ",1,1,1,1,1,1", "touchpoints: touchpoints.csv: 6 unused columns ignored: Channel, campain_id, Touch Type, x, anonymous-id and 1 more " +
			"(Channel: did you mean channel? campain_id: did you mean campaign_id? Touch Type: did you mean touch_type? anonymous-id: did you mean anonymous_id? leadid: did you mean lead_id?)"},
		{"near, but there already", ",channel,chanel", ",1,1", "touchpoints: touchpoints.csv: 1 unused column ignored: chanel"},
	} {
		in, _, err := load(t, map[string]string{"opportunities.csv": oneOpportunity,
			"touchpoints.csv": "touch_id,occurred_at,contact_id" + test.headers + "\nt,2025-01-01,c" + test.cells + "\n"}, func(*config.Job) {})
		if got := findings.Warnings(in.Findings); err != nil || len(got) != 1 || got[0] != test.want {
			t.Errorf("%s: %v\n%q\nwant\n%q", test.what, err, got, test.want)
		}
	}
}
