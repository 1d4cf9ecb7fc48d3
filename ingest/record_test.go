package ingest

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
)

type fataler interface{ Fatal(...any) }

func overwrite(t fataler, path, content string) {
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// plainTable has a column of text for every field.
func plainTable(columns int) (contract.Table, string) {
	t := contract.Table{Name: "plain"}
	var header []string
	for i := range columns {
		name := fmt.Sprintf("c%d", i)
		t.Columns, header = append(t.Columns, contract.Column{Name: name, Kind: contract.Text}), append(header, name)
	}
	return t, strings.Join(header, ",") + "\n"
}

// split reads content as CSV of plain text, and returns the rows by line and the bad ones.
func split(t fataler, path string, columns int, opt readOptions) (rows [][]string, bad []Quarantined) {
	f := plainFile(t, path, columns, opt, func(done result) error {
		bad = append(bad, done.bad...)
		if done.batch == nil {
			return nil
		}
		for row := range int(done.batch.NumRows()) {
			var fields []string
			for i := range columns {
				value := ""
				if column := done.batch.Column(i); column.IsValid(row) {
					value = column.ValueStr(row)
				}
				fields = append(fields, value)
			}
			rows = append(rows, fields)
		}
		return nil
	})
	if _, err := f.read(context.Background()); err != nil {
		t.Fatal(err)
	}
	return rows, bad
}

func plainFile(t fataler, path string, columns int, opt readOptions, emit func(result) error) *csvFile {
	table, _ := plainTable(columns)
	declared, err := declare(table, config.Source{}, opt)
	if err != nil {
		t.Fatal(err)
	}
	return &csvFile{table: table, declared: declared, name: "p.csv", path: path, delimiter: ',', opt: opt, emit: emit}
}

// staysParallel reports whether a file is read to its end without falling back to one record after the
// other.
func staysParallel(t fataler, path string, columns int, opt readOptions) bool {
	opt.maxRecord = defaultMaxRecord
	f := plainFile(t, path, columns, opt, func(result) error { return nil })
	resume, _, err := f.pass(context.Background(), position{line: 1}, f.parallel)
	return err == nil && resume == nil
}

func TestWellFormedFilesAreSplitAsTheStandardLibraryDoes(t *testing.T) {
	directory := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(2, 4).Draw(t, "columns")
		cell := rapid.OneOf(rapid.StringMatching(`[a-c,"\n é]{0,6}`), rapid.Just(""), rapid.Just(`"`), rapid.Just("\n"))
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, columns, columns), 0, 30).Draw(t, "rows")
		var text strings.Builder
		_, header := plainTable(columns)
		text.WriteString(header)
		for _, row := range rows {
			for i, value := range row {
				if i > 0 {
					text.WriteByte(',')
				}
				if strings.ContainsAny(value, ",\"\n") || rapid.Bool().Draw(t, "quoted") {
					value = `"` + strings.ReplaceAll(value, `"`, `""`) + `"`
				}
				text.WriteString(value)
			}
			text.WriteString(rapid.SampledFrom([]string{"\n", "\r\n", "\n\n"}).Draw(t, "end"))
		}
		content := text.String()
		if rapid.Bool().Draw(t, "no last newline") {
			content = strings.TrimRight(content, "\r\n")
		}
		want, err := csv.NewReader(strings.NewReader(content)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		path := directory + "/p.csv"
		overwrite(t, path, content)
		opt := readOptions{Threads: rapid.IntRange(1, 4).Draw(t, "threads"), blockSize: rapid.SampledFrom([]int{1, 16, 100, 1 << 20}).Draw(t, "block")}
		got, bad := split(t, path, columns, opt)
		if !staysParallel(t, path, columns, opt) {
			t.Fatalf("%q was not read in parallel", content)
		}
		if diff := cmp.Diff(append([][]string(nil), want[1:]...), got); diff != "" || len(bad) > 0 {
			t.Fatalf("%q: %s\nbad: %v", content, diff, bad)
		}
	})
}

func TestBlockSizeChangesNothing(t *testing.T) {
	directory := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		_, header := plainTable(3)
		content := header + rapid.StringMatching(`([a,"\n]|,,\n|a,"b\n"","\n|\r\n){0,60}`).Draw(t, "content")
		path := directory + "/p.csv"
		overwrite(t, path, content)
		wantRows, wantBad := split(t, path, 3, readOptions{Threads: 1, blockSize: 1 << 20, maxRecord: 40})
		opt := readOptions{Threads: rapid.IntRange(1, 4).Draw(t, "threads"), blockSize: rapid.IntRange(1, 50).Draw(t, "block"), maxRecord: 40}
		rows, bad := split(t, path, 3, opt)
		if diff := cmp.Diff(wantRows, rows) + cmp.Diff(wantBad, bad); diff != "" {
			t.Fatalf("%q: %s", content, diff)
		}
	})
}
