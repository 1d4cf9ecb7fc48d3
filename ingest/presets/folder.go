package presets

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
)

// A File is an export that was looked at: how it is written, and its headers.
type File struct {
	Name      string // in its directory
	Delimiter string // "" of the comma
	Encoding  string // "" of UTF-8
	SkipRows  int
	Headers   []string
	Problem   string // why it cannot be used: it could not be read or, if it was not recognised, what it is nearest to

	path  string
	types []string // of Parquet, the engine's types of the columns; nil: it is text
}

const (
	mostLooked  = 200_000 // rows of a file whose values are looked at
	mostSkipped = 20      // lines that may stand before a header
)

// lookAt finds out how the files of a directory are written. Those that are no exports, by their
// names, are left out.
func lookAt(ctx context.Context, directory string) ([]File, error) {
	entries, err := os.ReadDir(directory)
	if err != nil {
		return nil, failure.Errorf(failure.Usage, "--from: reading %s: %w\nhint: name the directory that holds the exports", directory, errors.Unwrap(err))
	}
	var files []File
	for _, entry := range entries {
		switch name := entry.Name(); {
		case !entry.Type().IsRegular() || strings.HasPrefix(name, "."):
		case strings.HasSuffix(strings.ToLower(name), ".parquet"):
			files = append(files, lookParquet(ctx, directory, name))
		case isText(name):
			files = append(files, look(directory, name))
		}
	}
	return files, nil
}

// deepest is how many levels below a directory exports are looked for.
const deepest = 2

// exportsBelow finds the folders of a directory that hold CSV or Parquet files, by their paths in it.
func exportsBelow(directory string) ([]string, error) {
	var found []string
	err := filepath.WalkDir(directory, func(path string, entry fs.DirEntry, err error) error {
		relative, notBelow := filepath.Rel(directory, path)
		folder := filepath.ToSlash(filepath.Dir(relative))
		switch {
		case err != nil || notBelow != nil: // it cannot be read, and is not offered
			return nil
		case entry.IsDir() && relative != "." && (strings.HasPrefix(entry.Name(), ".") || strings.Count(filepath.ToSlash(relative), "/") >= deepest):
			return filepath.SkipDir
		case entry.Type().IsRegular() && folder != "." && isExport(entry.Name()) && !slices.Contains(found, folder):
			found = append(found, folder)
		}
		return nil
	})
	return found, err
}

// isExport tells by its name whether a file is CSV or Parquet.
func isExport(name string) bool {
	return !strings.HasPrefix(name, ".") && (strings.HasSuffix(strings.ToLower(name), ".parquet") || isText(name))
}

// lookParquet asks the engine for the columns of a Parquet file. Their types say how times are
// written; text in them is taken for ISO 8601.
func lookParquet(ctx context.Context, directory, name string) File {
	f := File{Name: name, path: filepath.Join(directory, name), types: []string{}}
	wrong := func(err error) File {
		f.Problem = err.Error()
		return f
	}
	eng, err := engine.OpenReading(ctx, directory)
	if err != nil {
		return wrong(err)
	}
	defer eng.Close()
	absolute, err := filepath.Abs(f.path)
	if err != nil {
		return wrong(err)
	}
	rows, err := eng.Rows(ctx, "SELECT * FROM read_parquet("+engine.Text(strings.NewReplacer("*", "[*]", "?", "[?]", "[", "[[]").Replace(absolute))+", hive_partitioning = false) LIMIT 0")
	if err != nil {
		return wrong(errors.New("is damaged, or not a Parquet file that can be read"))
	}
	defer rows.Close()
	columns, err := rows.ColumnTypes()
	if err != nil {
		return wrong(err)
	}
	for _, column := range columns {
		f.Headers, f.types = append(f.Headers, column.Name()), append(f.types, column.DatabaseTypeName())
	}
	return f
}

func isText(name string) bool {
	return slices.ContainsFunc([]string{".csv", ".csv.gz", ".csv.zst"}, func(ending string) bool { return strings.HasSuffix(strings.ToLower(name), ending) })
}

// look reads the beginning of a file.
func look(directory, name string) File {
	f := File{Name: name, path: filepath.Join(directory, name)}
	text, stop, err := f.open()
	if err != nil {
		f.Problem = err.Error()
		return f
	}
	defer stop()
	head := make([]byte, 1<<20)
	n, err := io.ReadFull(text, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		f.Problem = err.Error()
		return f
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		f.Encoding = "utf-16"
	case !utf8.Valid(trimPartial(head)):
		f.Encoding = "windows-1252"
	}
	head, err = decoded(head, f.Encoding)
	if err != nil {
		f.Problem = err.Error()
		return f
	}
	f.findHeader(string(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))))
	return f
}

// trimPartial cuts a character that the end of a block has parted.
func trimPartial(text []byte) []byte {
	for cut := 0; cut < 4 && cut < len(text); cut++ {
		if utf8.Valid(text[:len(text)-cut]) {
			return text[:len(text)-cut]
		}
	}
	return text
}

func decoded(text []byte, encoding string) ([]byte, error) {
	switch encoding {
	case "utf-16":
		decoded, _, err := transform.Bytes(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder(), text[:len(text)&^1])
		return decoded, err
	case "windows-1252":
		return charmap.Windows1252.NewDecoder().Bytes(text)
	}
	return text, nil
}

// open opens the text of the file as it is packed.
func (f File) open() (text io.Reader, stop func(), err error) {
	file, err := os.Open(f.path)
	if err != nil {
		return nil, nil, errors.Unwrap(err)
	}
	stop = func() { _ = file.Close() }
	switch lower := strings.ToLower(f.Name); {
	case strings.HasSuffix(lower, ".gz"):
		text, err = gzip.NewReader(file)
	case strings.HasSuffix(lower, ".zst"):
		var reader *zstd.Decoder
		if reader, err = zstd.NewReader(file); err == nil {
			text, stop = reader, func() { reader.Close(); _ = file.Close() }
		}
	default:
		text = file
	}
	if err != nil {
		stop()
		return nil, nil, fmt.Errorf("cannot be unpacked: %w", err)
	}
	return text, stop, nil
}

// findHeader takes the delimiter that parts the first lines into the most fields, and the first
// line that has as many of them as the lines after it: title lines above a header have fewer.
func (f *File) findHeader(text string) {
	best := 1
	for _, delimiter := range []string{",", ";", "\t", "|"} {
		rows := firstRows(text, rune(delimiter[0]))
		counts, wide := map[int]int{}, 0
		for _, row := range rows {
			counts[len(row)]++
			if len(row) > 1 {
				wide++
			}
		}
		for i, row := range rows[:min(len(rows), mostSkipped+1)] {
			width := len(row)
			// A mark inside of texts parts some rows too, but not most of them alike.
			isLonely := best == 1 && (i == len(rows)-1 || len(rows) <= 2)
			isHeader := width > best && (counts[width] > 1 && 2*counts[width] > wide || isLonely)
			if isHeader && !slices.Contains(row, "") {
				best = width
				f.Headers, f.SkipRows, f.Delimiter = row, linesBefore(text, rows, i), delimiter
			}
		}
	}
	if f.Delimiter == "," {
		f.Delimiter = ""
	}
	if f.Headers == nil {
		if rows := firstRows(text, ','); len(rows) > 0 {
			f.Headers = rows[0]
			return
		}
		f.Problem = "is empty and has no header"
	}
}

// firstRows are the first rows of a text.
func firstRows(text string, delimiter rune) [][]string {
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma, reader.FieldsPerRecord, reader.LazyQuotes = delimiter, -1, true
	var rows [][]string
	for len(rows) < 200 {
		row, err := reader.Read()
		if err != nil {
			break
		}
		rows = append(rows, row)
	}
	return rows
}

// linesBefore counts the lines in front of a row. Blank lines are passed over anyway.
func linesBefore(text string, rows [][]string, row int) int {
	if row == 0 {
		return 0
	}
	first := rows[row][0]
	for i, line := range strings.Split(text, "\n") {
		if i > 0 && strings.HasPrefix(strings.TrimLeft(line, `"`), first) && i >= row {
			return i
		}
	}
	return row
}

// values hands on the values of some columns, row by row, up to mostLooked rows.
func (f File) values(columns []int, each func(values []string)) error {
	text, stop, err := f.open()
	if err != nil {
		return err
	}
	defer stop()
	switch f.Encoding {
	case "windows-1252":
		text = transform.NewReader(text, charmap.Windows1252.NewDecoder())
	case "utf-16":
		text = transform.NewReader(text, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder())
	}
	reader := csv.NewReader(text)
	reader.FieldsPerRecord, reader.LazyQuotes, reader.ReuseRecord = -1, true, true
	if f.Delimiter != "" {
		reader.Comma = rune(f.Delimiter[0])
	}
	isHeader := true
	values := make([]string, len(columns))
	for range mostLooked {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if isHeader {
			isHeader = len(row) != len(f.Headers) || !strings.EqualFold(row[len(row)-1], f.Headers[len(row)-1])
			continue
		}
		for i, column := range columns {
			values[i] = ""
			if column < len(row) {
				values[i] = row[column]
			}
		}
		each(values)
	}
	return nil
}
