package ingest

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

const (
	maxHeadersShown = 5  // in one message
	maxHeaderLines  = 10 // lines of a header record; more are rows that a stray quote swallowed
)

// quotedHeader shows a header in a message: quoted, and not longer than a message can take.
func quotedHeader(header string) string { return strconv.Quote(findings.Shortened(header)) }

// listHeaders names the first few headers and says how many more there are.
func listHeaders(headers []string) string {
	shown := make([]string, len(headers))
	for i, header := range headers[:min(maxHeadersShown, len(headers))] {
		shown[i] = printable(findings.Shortened(header))
	}
	return words.List(shown, maxHeadersShown)
}

// loneReturn reports whether the first line of a text holds a carriage return that no line feed
// follows. Lines that end so are one line to every reader of LF and CRLF, and the first one would
// be all of the file.
func loneReturn(text []byte) bool {
	line := text
	if end := bytes.IndexByte(text, '\n'); end >= 0 {
		line = text[:end]
	}
	return bytes.IndexByte(trimReturn(line), '\r') >= 0
}

func isBlank(text string) bool { return strings.TrimSpace(text) == "" }

// checkHeader finds what is wrong with the header line as a whole, before its names are looked at.
func checkHeader(line []byte, headers [][]byte, delimiter byte) string {
	switch {
	case bytes.IndexByte(line, 0) >= 0:
		return "holds NUL bytes\nhint: if it is UTF-16, save it with a byte order mark and set encoding: utf-16"
	case !utf8.Valid(line):
		return "is not UTF-8\nhint: set the encoding that it has, such as encoding: windows-1252"
	case isBlank(string(bytes.Join(headers, nil))):
		return "its header has no names"
	}
	if lines := linesOf(line); lines > maxHeaderLines || swallowing(headers, delimiter, 2) >= 0 {
		return fmt.Sprintf("its header spans %s, because a quote opened in its first line is closed too late\nhint: remove the stray quote", words.Count(lines, "line"))
	}
	if len(headers) == 1 {
		for _, other := range []struct{ mark, name string }{{";", `";"`}, {"\t", `"\t"`}, {"|", `"|"`}, {",", `","`}} {
			if other.mark[0] != delimiter && bytes.Contains(headers[0], []byte(other.mark)) {
				return fmt.Sprintf("its header is a single column split by %s\nhint: set delimiter: %s for this table", other.name, other.name)
			}
		}
	}
	return ""
}

// namelessError refuses columns without a header in which some row has a value: what it means is
// lost. By column, the map has the first such line.
func namelessError(file string, columns map[int]int64) error {
	if len(columns) == 0 {
		return nil
	}
	var problems []string
	order := slices.Sorted(maps.Keys(columns))
	for _, i := range order[:min(maxHeadersShown, len(order))] {
		problems = append(problems, fmt.Sprintf("%s:%d: column %d has a value here, but its header is empty\nhint: give the column a header, or delete it", printable(file), columns[i], i+1))
	}
	if more := len(order) - maxHeadersShown; more > 0 {
		problems = append(problems, fmt.Sprintf("%s: %s without a header and with values", printable(file), words.Count(more, "further column")))
	}
	return failure.Errorf(failure.Contract, "%s", strings.Join(problems, "\n"))
}

// separatorLine recognises the first line that Excel writes to name the delimiter: sep=;
func separatorLine(line []byte) (mark byte, ok bool) {
	line = bytes.TrimRight(line, "\r\n")
	if len(line) == 5 && strings.EqualFold(string(line[:4]), "sep=") {
		return line[4], true
	}
	return 0, false
}
