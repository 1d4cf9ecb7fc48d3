package presets

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
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
)

const (
	mostLooked  = 200_000 // rows of a file whose values are looked at
	mostSkipped = 20      // lines that may stand before a header
)

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
