package ingest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
)

// spanning is the end of a reason where quotes span lines.
func spanning(lines int) string {
	return fmt.Sprintf("; its quotes span %d lines, each of which is quarantined as a row; remove the stray quotes, or write the value on one line", lines)
}

// continued is what describe says of the further lines of such a record.
func continued(first, last int) string {
	var text strings.Builder
	for line := first; line <= last; line++ {
		fmt.Fprintf(&text, "\na.csv:%d: belongs to the record above it, whose quotes span several lines", line)
	}
	return text.String()
}

func TestTextMayHoldLineEndsButNotRows(t *testing.T) {
	const header = "account_id,name,segment,industry\n"
	for _, test := range []struct {
		what, rows, bad string
		loaded          int64
	}{
		{"an address", "a1,\"Birch\n12 Main Street, Suite 4, Springfield\nIL, USA\",s,i\na2,Cedar,s,i\n", "", 2},
		{"a carriage return", "a1,\"Birch\rCo\",s,i\n", "", 1},
		{"one row", "a1,\"Birch,s,i\na2,Cedar\",s,i\na3,Elm,s,i\n", "", 2}, // too little to tell from an address
		{"rows", "a1,\"Birch,s,i\r\na2,Cedar,s,i\r\na3,Elm\",s,i\r\na4,Fir,s,i\r\n", "a.csv:2: name: \"Birch,s,i\" contains whole rows" + spanning(3) + continued(3, 4), 1},
		{"lines of CR", "a1,Birch,s,i\ra2,Cedar,s,i\n", "a.csv:2: has 7 fields and the header has 4; it holds carriage returns: end its lines in LF or CRLF, not in CR alone", 0},
	} {
		e := openEngine(t)
		files, bad, err := readTable(t.Context(), e, tableNamed(t, "accounts"), config.Sources{write(t, "a.csv", header+test.rows)}, testOptions())
		if err != nil || files[0].Loaded != test.loaded || describe(bad) != test.bad || files[0].RowsIn != files[0].Loaded+files[0].Quarantined {
			t.Errorf("%s: %+v, %v; bad:\n%s\nwant:\n%s", test.what, files[0], err, describe(bad), test.bad)
		}
	}
}

func TestSwallowedRowsAreQuarantinedWhole(t *testing.T) {
	long := strings.Repeat("x", 1000)
	text := "touch_id,occurred_at,contact_id,channel\nt,2025-03-01,\"c," + long + "\n" + strings.Repeat("t,2025-03-01,c,"+long+"\n", 501) + "t,2025-03-01,c\"," + long + "\n"
	f, bad, err := readOne(t, write(t, "a.csv", text), testOptions())
	if err != nil || f.RowsIn != 503 || len(bad) != 503 {
		t.Fatalf("%+v, %d bad, %v", f, len(bad), err)
	}
	var kept strings.Builder
	for _, q := range bad {
		kept.WriteString(q.Raw + "\n")
	}
	if !strings.HasSuffix(text, "\n"+kept.String()) {
		t.Error("the quarantine does not hold the lines as they were")
	}
	opt := testOptions()
	opt.limits = limits{rows: 100, bytes: 1 << 30}
	if _, _, err := readOne(t, write(t, "a.csv", text), opt); failure.CodeOf(err) != failure.Contract {
		t.Errorf("more bad rows than can be kept: %v", err)
	}
}

func TestBadRowsCostNoOther(t *testing.T) {
	const header, good = "touch_id,occurred_at,contact_id\n", "g,2025-03-01,c\n"
	long := strings.Repeat("x", 3000)
	for _, test := range []struct {
		what, rows, want string
		loaded           int64
	}{
		{"too short", good + "t,2025-03-01\n" + good, "a.csv:3: has 2 fields and the header has 3; add the missing fields, or put quotes around a value with a line end in it", 2},
		{"one field", good + "t\n" + good, "a.csv:3: has 1 field and the header has 3; add the missing fields, or put quotes around a value with a line end in it", 2},
		{"too long", good + "t,2025-03-01,c,d\n" + good, "a.csv:3: has 4 fields and the header has 3; put quotes around a value with the delimiter in it", 2},
		{"stray quote", good + "t,2025-03-01,5\" disk\n" + good, "a.csv:3: " + strayQuote.reason(), 2},
		{"text after a quote", good + "t,2025-03-01,\"5\" disk\n" + good, "a.csv:3: " + strayQuote.reason(), 2},
		{"quote never closed", good + "t,2025-03-01,\"c\n" + good + good, "a.csv:3: " + unterminated.reason(), 3},
		{"quote closed too late", good + "t,2025-03-01,\"c\n" + "g,2025-03-01,\"c\"\n" + good, "a.csv:3: " + strayQuote.reason(), 3},
		{"quoted newlines count", "\"t\n1\",2025-03-01,\"c\r\n\"\nt,,c\n", "a.csv:2: touch_id: \"t\" contains a line end" + spanning(3) + continued(3, 4) + "\na.csv:5: occurred_at: is empty; every row of touchpoints needs it", 0},
		{"line end in an id", good + "t,2025-03-01,\"c\n1\"\n" + good, "a.csv:3: contact_id: \"c\" contains a line end" + spanning(2) + continued(4, 4), 2},
		{"line end in a time", good + "t,\"2025-03-01\n\",c\n" + good, "a.csv:3: occurred_at: \"2025-03-01\" contains a line end" + spanning(2) + continued(4, 4), 2},
		{"CR in an id", good + "t,2025-03-01,\"c\r1\"\n" + good, "a.csv:3: contact_id: \"c\" contains a line end; write it on one line", 2},
		{"two stray quotes, one column", good + "t,2025-03-01,\"c\n" + good + good + "t,2025-03-01,c\"\n" + good, "a.csv:3: contact_id: \"c\" contains whole rows" + spanning(4) + continued(4, 6), 2},
		{"two stray quotes, two columns", good + "t,\"2025-03-01,c\n" + good + "t,2025-03-01,c\"\n" + good, "a.csv:3: has 2 fields and the header has 3" + spanning(3) + continued(4, 5), 2},
		{"line too long", good + long + "\n" + good, "a.csv:3: " + incomplete.reason(), 2},
		{"last line too long", good + long, "a.csv:3: " + incomplete.reason(), 1},
		{"record too long", good + "t,2025-03-01,\"" + strings.Repeat("x\n", 1000) + "\"\n", "", 1},
		{"not UTF-8", good + "t,2025-03-01,Stra\xdfe\n" + good, "a.csv:3: contact_id: \"Stra\\xdfe\" is not UTF-8; set the encoding of the file, such as windows-1252", 2},
		{"NUL", good + "t,2025-03-01,a\x00b\n" + good, "a.csv:3: contact_id: \"a\\x00b\" holds a NUL byte", 2},
		{"nobody", good + "t,2025-03-01,\n", "a.csv:3: has none of contact_id, lead_id, email, anonymous_id, account_id; every row of touchpoints needs one of them", 1},
		{"only the first problem of a row", ",x,\n", "a.csv:2: touch_id: is empty; every row of touchpoints needs it", 0},
	} {
		for _, size := range []int{16, 1 << 20} {
			opt := testOptions()
			opt.blockSize, opt.maxRecord = size, 2000
			f, bad, err := readOne(t, write(t, "a.csv", header+test.rows), opt)
			if err != nil || f.Loaded != test.loaded || test.want != "" && describe(bad) != test.want {
				t.Errorf("%s, blocks of %d: loaded %d, want %d; %v; bad:\n%s\nwant:\n%s", test.what, size, f.Loaded, test.loaded, err, describe(bad), test.want)
			}
		}
	}
}

func TestQuarantineKeepsTheRecordAsItStands(t *testing.T) {
	raw := "t,\"x \"\"y\"\"\",\"a\r\nb\""
	_, bad, err := readOne(t, write(t, "a.csv", "touch_id,occurred_at,contact_id\r\n"+raw+"\r\n"), testOptions())
	if err != nil || len(bad) != 1 {
		t.Fatal(bad, err)
	}
	want := Quarantined{Table: "touchpoints", File: "a.csv", Line: 2, Column: "occurred_at", Reason: value.ReasonNotISO, Value: `x "y"`, Raw: raw}
	if bad[0] != want {
		t.Errorf("%+v", bad[0])
	}
}

func TestAnEnormousLineIsCut(t *testing.T) {
	text := "touch_id,occurred_at,contact_id\n" + strings.Repeat("A", 100<<20) + "\nt,2025-03-01,c\n"
	f, bad, err := readOne(t, write(t, "a.csv.gz", gzipped(t, text)), testOptions())
	if err != nil || f.Loaded != 1 || len(bad) != 1 || bad[0].Line != 2 || len(bad[0].Raw) != maxRaw {
		t.Errorf("%+v, %d bad, %v", f, len(bad), err)
	}
}

func TestReadingStopsWhenNearlyEverythingIsBad(t *testing.T) {
	opt := testOptions()
	opt.limits = limits{rows: 25, bytes: 1 << 20}
	_, _, err := readOne(t, write(t, "a.csv", "touch_id,occurred_at,contact_id\n"+strings.Repeat("t,never,c\n", 26)), opt)
	if failure.CodeOf(err) != failure.Contract {
		t.Fatal(err)
	}
	text := err.Error()
	if !strings.HasPrefix(text, "touchpoints: reading stopped at 26 bad rows") || !strings.HasSuffix(text, "26 bad rows in all:\n  26 x occurred_at "+value.ReasonNotISO) {
		t.Error(text)
	}
}

func TestCellsOfOneRowAgree(t *testing.T) {
	e := openEngine(t)
	source := write(t, "o.csv", "opportunity_id,created_at,stage,amount,currency\n"+
		"1,2025-03-01,Won,5.001,USD\n2,2025-03-01,Won,5.0100,USD\n3,2025-03-01,Won,5.001,KWD\n4,2025-03-01,Won,5.5,JPY\n5,2025-03-01,Won,5.001,\n6,2025-03-01,Won,1,usd\n")
	_, bad, err := readTable(t.Context(), e, tableNamed(t, "opportunities"), config.Sources{source}, testOptions())
	want := "o.csv:2: amount: \"5.001\" has more decimals than USD allows; write at most 2 decimals\n" +
		"o.csv:5: amount: \"5.5\" has more decimals than JPY allows; write at most 0 decimals\n" +
		"o.csv:7: currency: \"usd\" is not an ISO 4217 currency code in capitals"
	if err != nil || describe(bad) != want {
		t.Errorf("%v\n%s", err, describe(bad))
	}
	var got string
	if err := e.Row(t.Context(), `SELECT string_agg(concat_ws('/', opportunity_id, amount_digits, amount_scale, created_at), ' ' ORDER BY line) FROM raw_opportunities`, nil, &got); err != nil {
		t.Fatal(err)
	}
	const end = "2025-03-01 23:59:59.999999"
	if got != "2/501/2/"+end+" 3/5001/3/"+end+" 5/5001/3/"+end {
		t.Error(got)
	}
	source = write(t, "costs.csv", "starts_on,ends_on,channel,amount\n2025-03-02,2025-03-01,web,1\n2025-03-02,2025-03-02,web,1\n")
	_, bad, err = readTable(t.Context(), e, tableNamed(t, "costs"), config.Sources{source}, testOptions())
	if err != nil || describe(bad) != `costs.csv:2: ends_on: "2025-03-01" is before starts_on` {
		t.Errorf("%v\n%s", err, describe(bad))
	}
}

func TestWordsAndMarksAreThoseDeclared(t *testing.T) {
	e := openEngine(t)
	source := write(t, "o.csv", "sep=;\nid;created_at;stage;Won;amount\n1;2025-03-01;Won;Yes;1.234,50\n2;2025-03-01;Won;;-12\n3;2025-03-01;Won;true;1\n4;2025-03-01;Won;;12.34,5\n")
	source.Delimiter = ";"
	source.Columns = map[string]config.Column{"opportunity_id": {From: "id"}, "is_won": {From: "Won", True: []string{"Yes"}, False: []string{""}},
		"amount": {Decimal: ",", Thousands: "."}, "currency": {Value: "EUR"}}
	_, bad, err := readTable(t.Context(), e, tableNamed(t, "opportunities"), config.Sources{source}, testOptions())
	want := "o.csv:5: is_won: \"true\" is neither Yes nor (empty); declare true and false under columns\n" +
		"o.csv:6: amount: \"12.34,5\" is not a plain decimal such as -1234.50; it does not fit the declared decimal: \",\", thousands: \".\""
	if err != nil || describe(bad) != want {
		t.Errorf("%v\n%s", err, describe(bad))
	}
	var got string
	if err := e.Row(t.Context(), `SELECT string_agg(concat_ws('/', opportunity_id, is_won, amount_digits, amount_scale, currency), ' ' ORDER BY line) FROM raw_opportunities`, nil, &got); err != nil {
		t.Fatal(err)
	}
	if got != "1/true/12345/1/EUR 2/false/-12/0/EUR" {
		t.Error(got)
	}
}

func TestCancelledReadingEnds(t *testing.T) {
	e := openEngine(t)
	source := write(t, "touchpoints.csv", touchpointsCSV(100_000))
	ctx, cancel := contextEndingAfter(t, 3)
	defer cancel()
	before := runtime.NumGoroutine()
	_, _, err := readTable(ctx, e, tableNamed(t, "touchpoints"), config.Sources{source}, testOptions())
	// One goroutine of the driver stays with the connection. The others end a little later than the
	// reading, above all on a busy machine.
	deadline := time.Now().Add(10 * time.Second)
	for runtime.NumGoroutine() > before+1 && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	if after := runtime.NumGoroutine(); after > before+1 {
		t.Errorf("%d goroutines before, %d after", before, after)
	}
	if !errors.Is(err, ctx.Err()) || err == nil {
		t.Errorf("err = %v", err)
	}
}

func contextEndingAfter(t testing.TB, milliseconds int) (context.Context, context.CancelFunc) {
	return context.WithTimeout(t.Context(), time.Duration(milliseconds)*time.Millisecond)
}
