package main

import (
	"bytes"
	"encoding/csv"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/tributary-engine/tributary/internal/acceptance"
	"github.com/tributary-engine/tributary/internal/csvtest"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/reports"
)

// The rows above the data of a sheet: what it is, how many rows there are, and the header.
const sheetHeader = 3

// TestTheWorkbookHasTheFiguresOfTheReports reads report.xlsx back, with the library and with
// LibreOffice, and compares every cell with the CSV report, exactly.
func TestTheWorkbookHasTheFiguresOfTheReports(t *testing.T) {
	directory := runWorkedCompany(t)
	path := filepath.Join(directory, "report.xlsx")
	t.Run("library", func(t *testing.T) {
		f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		wantSheets(t, f.GetSheetList())
		for _, r := range reports.All() {
			sheet, err := f.GetRows(r.Name)
			if err != nil {
				t.Fatal(err)
			}
			wantSheet(t, r, sheet, csvOf(t, directory, r.Name))
		}
		manifest, err := runs.ReadManifest(directory)
		if err != nil {
			t.Fatal(err)
		}
		about, err := f.GetRows("about")
		if err != nil {
			t.Fatal(err)
		}
		for _, fact := range []string{manifest.AsOf, manifest.ReportingCurrency, manifest.Program, manifest.Reports} {
			if !slices.ContainsFunc(about[:10], func(row []string) bool { return slices.Contains(row, fact) }) {
				t.Errorf("the first sheet does not have %s", fact)
			}
		}
	})
	t.Run("LibreOffice", func(t *testing.T) {
		sheets := throughLibreOffice(t, path)
		for _, r := range reports.All() {
			wantSheet(t, r, sheets[r.Name], csvOf(t, directory, r.Name))
		}
	})
}

// wantSheets wants the sheets in their order: the three of the workbook, then the reports.
func wantSheets(t *testing.T, got []string) {
	t.Helper()
	want := []string{"about", "charts", "definitions"}
	for _, r := range reports.All() {
		want = append(want, r.Name)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the sheets are %q, want %q", got, want)
	}
}

func csvOf(t *testing.T, directory, report string) [][]string {
	t.Helper()
	return csvtest.Records(t, filepath.Join(directory, "reports", report+".csv"))
}

// ragged are the records of a sheet, of which LibreOffice leaves out empty cells at the end.
func ragged(t *testing.T, content []byte) [][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(content))
	r.FieldsPerRecord = -1
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// wantSheet wants the header and every cell of a report.
func wantSheet(t *testing.T, r reports.Report, sheet, report [][]string) {
	t.Helper()
	if len(sheet) < sheetHeader || !slices.Equal(sheet[sheetHeader-1], report[0]) {
		t.Fatalf("%s: the sheet begins with %q, the report with %q", r.Name, sheet[:min(sheetHeader, len(sheet))], report[0])
	}
	if len(sheet)-sheetHeader != len(report)-1 {
		t.Fatalf("%s: the sheet has %d rows, the report %d", r.Name, len(sheet)-sheetHeader, len(report)-1)
	}
	wrong := 0
	for i, row := range report[1:] {
		for j, want := range row {
			got := ""
			if line := sheet[sheetHeader+i]; j < len(line) {
				got = line[j]
			}
			unit := "text"
			if c, isKnown := r.Column(report[0][j]); isKnown {
				unit = c.Unit
			}
			if wrong < 5 && !sameFigure(got, want, unit) {
				t.Errorf("%s, row %d, %s: the sheet has %q, the report %q", r.Name, i+1, report[0][j], got, want)
				wrong++
			}
		}
	}
}

// sameFigure compares a cell as a program shows it with the text of a report. In a CSV report an
// apostrophe guards text that looks like a formula; a sheet has none.
func sameFigure(got, want, unit string) bool {
	switch unit {
	case "text", "keys", "run id", "instant", "time":
		return got == want || "'"+got == want
	case "true/false", "boolean":
		return want == "" && got == "" || map[string]string{"1": "true", "0": "false", "TRUE": "true", "FALSE": "false"}[got] == want
	case "day":
		if n, err := strconv.Atoi(got); err == nil {
			got = time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		}
		return got == want
	}
	if want == "" || got == "" {
		return got == want
	}
	percent, isPercent := strings.CutSuffix(got, "%")
	g, isNumber := new(big.Rat).SetString(percent)
	if isPercent && isNumber {
		g.Quo(g, big.NewRat(100, 1))
	}
	w, ok := new(big.Rat).SetString(want)
	return isNumber && ok && g.Cmp(w) == 0
}

// throughLibreOffice opens a workbook in LibreOffice, which must have nothing to say about it, and
// returns the cells of every sheet. Without LibreOffice it skips the test, unless
// TRIBUTARY_REQUIRE_OFFICE is set.
func throughLibreOffice(t *testing.T, path string) map[string][][]string {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("TRIBUTARY_REQUIRE_OFFICE") != "" {
			t.Fatal("TRIBUTARY_REQUIRE_OFFICE is set, and there is no soffice")
		}
		t.Skip("skipped: LibreOffice (soffice) is not installed, so nothing opened report.xlsx in it")
	}
	directory := t.TempDir()
	// Commas, quotes, UTF-8, cells as they are and not as they are shown, every sheet a file.
	form := "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
	c := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+filepath.Join(directory, "profile"), "--headless", "--convert-to", form, "--outdir", directory, path)
	said, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, said)
	}
	for line := range strings.Lines(string(said)) {
		isProgress := strings.HasPrefix(line, "convert ") || strings.HasPrefix(line, "Writing sheet ")
		if !isProgress && !strings.Contains(line, "javaldx") { // which misses a Java machine, for other things
			t.Errorf("LibreOffice says: %s", line)
		}
	}
	files, err := filepath.Glob(filepath.Join(directory, "report-*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("LibreOffice wrote no sheet (%v)\n%s", err, said)
	}
	sheets := map[string][][]string{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "report-"), ".csv")
		sheets[name] = trimmed(ragged(t, content))
	}
	return sheets
}

// trimmed removes the empty cells at the end of the header: a longer title above makes no column.
func trimmed(rows [][]string) [][]string {
	if len(rows) < sheetHeader {
		return rows
	}
	header := rows[sheetHeader-1]
	for len(header) > 0 && header[len(header)-1] == "" {
		header = header[:len(header)-1]
	}
	rows[sheetHeader-1] = header
	return rows
}

// TestTheWorkbookIsTheSameBytes writes the workbook again, from the published run, and runs the
// company again with another number of threads.
func TestTheWorkbookIsTheSameBytes(t *testing.T) {
	acceptance.Nightly(t, "two runs")
	directory := runWorkedCompany(t, "--threads", "1")
	first, err := os.ReadFile(filepath.Join(directory, "report.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	again := filepath.Join(t.TempDir(), "again.xlsx")
	out, said := &bytes.Buffer{}, &bytes.Buffer{}
	if code := Main([]string{"workbook", "--out", filepath.Dir(filepath.Dir(directory)), "--run", filepath.Base(directory), "--to", again}, out, said); code != 0 {
		t.Fatalf("exit code %d: %s", code, said)
	}
	for name, path := range map[string]string{"written again": again, "two threads": filepath.Join(runWorkedCompany(t, "--threads", "2"), "report.xlsx")} {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(content, first) {
			t.Errorf("%s: report.xlsx has other bytes", name)
		}
	}
}
