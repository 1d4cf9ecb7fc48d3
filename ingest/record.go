package ingest

import "bytes"

// A verdict is the result of splitting a record.
type verdict int

const (
	whole        verdict = iota // a record, as RFC 4180 has it
	blankLine                   // a line without anything on it
	incomplete                  // the record goes on after these bytes
	strayQuote                  // a quote inside of a field without quotes, or text after a closing quote
	unterminated                // a quote that nothing closes
)

// A splitter cuts CSV records into fields, strictly. It holds the fields of the record that it
// split last.
type splitter struct {
	delimiter byte
	fields    [][]byte // valid until the next record, and only as long as its bytes are
	unescaped []byte
}

// record splits the record at the start of data, and returns its length with its newline. final
// says that data ends where a record ends: at the end of the file, or at a newline outside of
// quotes.
func (s *splitter) record(data []byte, final bool) (int, verdict) {
	s.fields, s.unescaped = s.fields[:0], s.unescaped[:0]
	length, line := len(data), data
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		length, line = i+1, data[:i]
	} else if !final {
		return 0, incomplete
	}
	if bytes.IndexByte(line, '"') >= 0 {
		return s.quoted(data, final)
	}
	line = trimReturn(line)
	start := 0
	for i, b := range line {
		if b == s.delimiter {
			s.fields = append(s.fields, line[start:i:i])
			start = i + 1
		}
	}
	s.fields = append(s.fields, line[start:])
	if len(line) == 0 {
		return length, blankLine
	}
	return length, whole
}

// quoted splits a record with at least one quote on its first line.
func (s *splitter) quoted(data []byte, final bool) (int, verdict) {
	at := 0
	for {
		if at == len(data) || data[at] != '"' {
			end := at
			for end < len(data) && data[end] != s.delimiter && data[end] != '\n' {
				if data[end] == '"' {
					return 0, strayQuote
				}
				end++
			}
			switch {
			case end == len(data) && !final:
				return 0, incomplete
			case end < len(data) && data[end] == s.delimiter:
				s.fields = append(s.fields, data[at:end:end])
				at = end + 1
				continue
			}
			s.fields = append(s.fields, trimReturn(data[at:end]))
			return min(end+1, len(data)), whole
		}
		next, verdict := s.closing(data, at+1, final)
		if verdict != whole {
			return 0, verdict
		}
		rest := data[next:]
		switch {
		case len(rest) == 0 && final:
			return next, whole
		case len(rest) == 0:
			return 0, incomplete
		case rest[0] == s.delimiter:
			at = next + 1
			continue
		case rest[0] == '\n':
			return next + 1, whole
		case rest[0] == '\r' && len(rest) == 1 && final:
			return next + 1, whole
		case rest[0] == '\r' && len(rest) == 1:
			return 0, incomplete
		case rest[0] == '\r' && rest[1] == '\n':
			return next + 2, whole
		}
		return 0, strayQuote
	}
}

// closing takes the field whose text begins at start, behind its opening quote, and returns where
// its closing quote ends.
func (s *splitter) closing(data []byte, start int, final bool) (int, verdict) {
	doubled := false
	at := start
	for {
		i := bytes.IndexByte(data[at:], '"')
		switch {
		case i < 0 && final:
			return 0, unterminated
		case i < 0 || at+i+1 == len(data) && !final:
			return 0, incomplete
		}
		at += i + 1
		if at == len(data) || data[at] != '"' {
			break
		}
		doubled = true
		at++
	}
	text := data[start : at-1 : at-1]
	if doubled {
		text = s.unescape(text)
	}
	s.fields = append(s.fields, text)
	return at, whole
}

// unescape turns doubled quotes into single ones, in memory of the splitter's own.
func (s *splitter) unescape(text []byte) []byte {
	start := len(s.unescaped)
	for {
		i := bytes.IndexByte(text, '"')
		if i < 0 {
			break
		}
		s.unescaped = append(s.unescaped, text[:i+1]...)
		text = text[i+2:]
	}
	s.unescaped = append(s.unescaped, text...)
	return s.unescaped[start:len(s.unescaped):len(s.unescaped)]
}

func trimReturn(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		return line[:n-1]
	}
	return line
}

// reason is why a record with such a verdict is quarantined.
func (v verdict) reason() string {
	switch v {
	case strayQuote:
		return "has a stray quote; put the field in quotes, and double the quotes inside it"
	case unterminated:
		return "opens a quote that nothing closes"
	}
	return "is longer than 16 MiB; look for a quote that is never closed"
}
