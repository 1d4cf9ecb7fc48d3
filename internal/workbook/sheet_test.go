package workbook

import (
	"archive/zip"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/tributary-engine/tributary/reports"
)

// tiny writes a book with one report and reads it back: the file, and what the sheet left out.
func tiny(t *testing.T, columns []column, cells ...[]string) (*excelize.File, []string, string) {
	t.Helper()
	b, err := newBook(2, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer b.file.Close()
	if err := b.addSheets([]string{about, charts, definitions, "tiny"}); err != nil {
		t.Fatal(err)
	}
	r := rows{total: int64(len(cells))}
	for _, line := range cells {
		var row []reports.Cell
		for i, c := range line {
			row = append(row, reports.Cell{Text: c, IsText: columns[i].kind == text})
		}
		r.cells = append(r.cells, row)
	}
	l := listing{report: reports.Report{Name: "tiny", Doc: "a report"}, columns: columns, definition: 2}
	left, err := b.writeReport(l, r)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "tiny.xlsx")
	if err := b.save(path); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, left, path
}

// cellOf is the value and the kind of a cell below the header.
func cellOf(t *testing.T, f *excelize.File, row int) (string, excelize.CellType) {
	t.Helper()
	cell := "A" + strconv.Itoa(headerRow+row)
	value, err := f.GetCellValue("tiny", cell)
	if err != nil {
		t.Fatal(err)
	}
	cellType, err := f.GetCellType("tiny", cell)
	if err != nil {
		t.Fatal(err)
	}
	return value, cellType
}

func one(k kind, unit string) []column {
	return []column{{Column: reports.Column{Name: "value", Unit: unit, Description: "a value"}, kind: k, isKey: true}}
}

func TestTextStaysText(t *testing.T) {
	emoji := strings.Repeat("🙂", excelize.TotalCellChars/2) // 2 units each
	for _, c := range []struct{ exact, want string }{
		{"=1+1", "=1+1"}, {"+1", "+1"}, {"-1", "-1"}, {"@SUM(A1)", "@SUM(A1)"}, {"=cmd|'/c calc'!A1", "=cmd|'/c calc'!A1"},
		{"＝1", "＝1"}, {"'quoted", "'quoted"}, {"0012", "0012"}, {"1E5", "1E5"}, {"TRUE", "TRUE"}, {"2025-01-02", "2025-01-02"},
		{"12345678901234567890", "12345678901234567890"}, {"_x0041_", "_x0041_"}, {"_x005F_x0041_", "_x005F_x0041_"},
		{"<b>&\"", "<b>&\""}, {"  spaced  ", "  spaced  "}, {"two\nlines", "two\nlines"}, {"a\tb", "a\tb"}, {"漢字 🙂", "漢字 🙂"},
		{"bell\x07, null\x00", "bell␇, null␀"}, {"not a character \uFFFE", "not a character \uFFFD"}, {"broken \xff", "broken \uFFFD"},
		{strings.Repeat("a", 32767), strings.Repeat("a", 32767)},
		{strings.Repeat("a", 32768), strings.Repeat("a", 32767-len(cutMark)) + cutMark},
		{emoji, emoji},
		{emoji + "ab", strings.Repeat("🙂", (32767-len(cutMark))/2) + cutMark},
	} {
		f, _, path := tiny(t, one(text, "text"), []string{c.exact})
		got, cellType := cellOf(t, f, 1)
		if got != c.want || cellType != excelize.CellTypeInlineString {
			t.Errorf("%.40q (%d bytes) is %.40q (%d bytes), of type %d", c.exact, len(c.exact), got, len(got), cellType)
		}
		if formula, _ := f.GetCellFormula("tiny", "A4"); formula != "" {
			t.Errorf("%.40q is the formula %q", c.exact, formula)
		}
		for name, part := range parts(t, path) {
			if strings.Contains(part, "quotePrefix") || strings.Contains(part, "<f>") {
				t.Errorf("%.40q: %s has a formula or a quote prefix", c.exact, name)
			}
		}
	}
}

func TestNumbersThatExcelKeepsAreNumbers(t *testing.T) {
	for exact, isNumber := range map[string]bool{
		"0.00": true, "-12.50": true, "1234567890123.45": true, "999999999999999": true, "123456789012345000000": true, "0.000001": true,
		"1234567890123.456": false, "9999999999999999": false, "-12345678901234.56": false, "1000000000.000001": false,
	} {
		f, left, _ := tiny(t, one(number, "money"), []string{exact})
		got, cellType := cellOf(t, f, 1)
		if (cellType != excelize.CellTypeInlineString) != isNumber {
			t.Errorf("%s: number %v, is of type %d", exact, isNumber, cellType)
		}
		if want, _ := strconv.ParseFloat(exact, 64); isNumber {
			if g, err := strconv.ParseFloat(got, 64); err != nil || g != want {
				t.Errorf("%s is %s", exact, got)
			}
		} else if got != exact || len(left) != 1 || !strings.HasPrefix(left[0], "1 number more than 15 digits") {
			t.Errorf("%s is %s, and the sheet says %q", exact, got, left)
		}
	}
}

func TestDaysThatExcelKnowsAreDates(t *testing.T) {
	for exact, want := range map[string]string{
		"1900-03-01": "61", "2000-01-01": "36526", "2026-07-01": "46204", "9999-12-31": "2958465",
		"1900-02-28": "1900-02-28", "1899-12-31": "1899-12-31", "0001-01-01": "0001-01-01",
	} {
		f, left, _ := tiny(t, one(day, "day"), []string{exact})
		got, _ := cellOf(t, f, 1)
		if got != want {
			t.Errorf("%s is %s, want %s", exact, got, want)
		}
		if isText := got == exact; isText != (len(left) == 1) {
			t.Errorf("%s is %s, and the sheet says %q", exact, got, left)
		}
	}
}

func TestFormats(t *testing.T) {
	for _, c := range []struct {
		kind        kind
		unit, exact string
		isWhole     bool
		want        string
	}{
		{number, "money", "1234567.5", false, "1,234,567.50"}, {number, "money, 6 decimals", "0.125001", false, "0.13"},
		{number, "rate", "0.4246", false, "42.5%"}, {number, "share", "1", false, "100.0%"}, {number, "days", "7.26", false, "7.3"},
		{number, "units", "1234.25", false, "1,234.3"}, {number, "units", "1234", true, "1,234"}, {number, "ratio", "-1.256", false, "-1.26"},
		{number, "depends on the code", "0.125", false, "0.125"}, {day, "day", "2026-03-31", false, "2026-03-31"}, {flag, "true/false", "true", false, "TRUE"},
	} {
		columns := one(c.kind, c.unit)
		columns[0].isWhole = c.isWhole
		f, _, _ := tiny(t, columns, []string{c.exact})
		if got, err := f.GetCellValue("tiny", "A4", excelize.Options{RawCellValue: false}); err != nil || got != c.want {
			t.Errorf("%s of unit %q is shown as %q, want %q (%v)", c.exact, c.unit, got, c.want, err)
		}
	}
}

func TestNullIsAnEmptyCell(t *testing.T) {
	var l losses
	for _, k := range []kind{text, number, day, flag} {
		if v := l.value(k, reports.Cell{IsNull: true}); v != nil {
			t.Errorf("NULL of kind %d is %v", k, v)
		}
	}
	if l != (losses{}) {
		t.Errorf("NULL is counted as lost: %+v", l)
	}
}

func TestASheetHasNoMoreColumnsThanExcel(t *testing.T) {
	columns := make([]column, excelize.MaxColumns+2)
	if kept, left := fitting(columns[:excelize.MaxColumns]); len(kept) != excelize.MaxColumns || left != nil {
		t.Errorf("%d columns, left out %q", len(kept), left)
	}
	if kept, left := fitting(columns); len(kept) != excelize.MaxColumns || len(left) != 1 || left[0] != "the last 2 columns" {
		t.Errorf("%d columns, left out %q", len(kept), left)
	}
}

func TestASheetIsATable(t *testing.T) {
	columns := append(one(text, "text"), column{Column: reports.Column{Name: "amount", Unit: "money", Description: "an amount"}, kind: number})
	f, _, _ := tiny(t, columns, []string{"a", "1"}, []string{"b", "2.5"})
	tables, err := f.GetTables("tiny")
	if err != nil || len(tables) != 1 || tables[0].Name != "tiny" || tables[0].Range != "A3:B5" {
		t.Fatalf("the tables are %+v (%v)", tables, err)
	}
	panes, err := f.GetPanes("tiny")
	if err != nil || !panes.Freeze || panes.YSplit != headerRow || panes.XSplit != 1 {
		t.Errorf("frozen: %+v (%v)", panes, err)
	}
	notes, err := f.GetComments("tiny")
	if err != nil || len(notes) != 2 || notes[1].Cell != "B3" || !strings.Contains(notes[1].Text, "amount (money): an amount") {
		t.Errorf("the notes are %+v (%v)", notes, err)
	}
	if is, to, err := f.GetCellHyperLink("tiny", "A2"); err != nil || !is || to != "'definitions'!A2" {
		t.Errorf("the note links to %q (%v)", to, err)
	}
}

func TestASheetWithoutRowsHasNoTable(t *testing.T) {
	f, left, _ := tiny(t, one(text, "text"))
	if tables, err := f.GetTables("tiny"); err != nil || len(tables) != 0 || len(left) != 0 {
		t.Errorf("tables %+v (%v), left out %q", tables, err, left)
	}
	if note, _ := f.GetCellValue("tiny", "A2"); !strings.HasPrefix(note, "This report has no rows.") {
		t.Errorf("the sheet says %q", note)
	}
}

func TestNames(t *testing.T) {
	taken := names{}
	for _, c := range []struct{ wanted, want string }{
		{"funnel", "funnel"}, {"Funnel", "Funnel_2"}, {"a[b]:c*d?e/f\\g", "a_b__c_d_e_f_g"}, {"'quoted'", "quoted"}, {"'", "_"}, {"", "__2"}, {"History", "History_"},
		{strings.Repeat("x", 31), strings.Repeat("x", 31)}, {strings.Repeat("x", 32), strings.Repeat("x", 29) + "_2"},
		{strings.Repeat("🙂", 16), strings.Repeat("🙂", 15)}, {strings.Repeat("y", 30) + "'z", strings.Repeat("y", 30)}, {"bell\x07", "bell_"},
	} {
		got := taken.sheet(c.wanted)
		if got != c.want || units(got) > 31 {
			t.Errorf("sheet %q is %q, want %q", c.wanted, got, c.want)
		}
		f := excelize.NewFile()
		if err := f.SetSheetName("Sheet1", got); err != nil {
			t.Errorf("sheet %q: %v", got, err)
		}
		f.Close()
	}
	taken = names{}
	for _, c := range []struct{ wanted, want string }{
		{"funnel", "funnel"}, {"FUNNEL", "FUNNEL_2"}, {"A1", "_A1"}, {"xfd1048576", "_xfd1048576"}, {"R1C1", "_R1C1"}, {"r", "_r"}, {"C", "_C"}, {"", "_"},
		{"1st", "_1st"}, {"two words", "two_words"}, {"größe", "gr__e"}, {"=1+1", "_1_1"}, {strings.Repeat("n", 300), strings.Repeat("n", 255)},
	} {
		if got := taken.table(c.wanted); got != c.want {
			t.Errorf("table %q is %q, want %q", c.wanted, got, c.want)
		}
	}
	sheets, tables := names{}, names{}
	for _, r := range reports.All() { // what people know the reports by
		if s, n := sheets.sheet(r.Name), tables.table(r.Name); s != r.Name || n != r.Name {
			t.Errorf("report %s has the sheet %s and the table %s", r.Name, s, n)
		}
	}
}

// parts are the files of a workbook.
func parts(t *testing.T, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	found := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		found[f.Name] = string(content)
	}
	return found
}
