package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tributary-engine/tributary/internal/failure"
)

// readJSON reads a file of JSON Lines, an object on each line, as if it were a table with a column
// for each key that any of its objects has. It reads the file twice: first for the keys.
func (f *csvFile) readJSON(ctx context.Context) (File, error) {
	headers, err := f.keys(ctx)
	if err != nil {
		return File{}, err
	}
	if problems := f.find(headers); len(problems) > 0 {
		for i := range problems {
			problems[i] = printable(f.name) + ": " + problems[i]
		}
		return File{}, failure.Errorf(failure.Contract, "%s", strings.Join(problems, "\n"))
	}
	_, done, err := f.pass(ctx, position{line: 1}, func(ctx context.Context, w *window) (*position, error) { return nil, f.typeObjects(ctx, w, headers) })
	done.Columns, done.UnknownColumns = f.layout.mappings(f.declared), f.layout.unknown
	return done, err
}

// keys are those of all objects of a file, in the order in which they are met.
func (f *csvFile) keys(ctx context.Context) (headers []string, err error) {
	known := map[string]bool{}
	collect := func(ctx context.Context, w *window) (*position, error) {
		return nil, f.eachLine(ctx, w, func(line []byte, _ int64) error {
			keys, _, reason := objectOf(line)
			if reason != "" {
				return nil // the second reading sets it aside
			}
			for _, key := range keys {
				if !known[key] {
					known[key] = true
					headers = append(headers, key)
				}
			}
			return nil
		})
	}
	if _, _, err := f.pass(ctx, position{line: 1}, collect); err != nil {
		return nil, err
	}
	if len(headers) == 0 {
		return nil, failure.Errorf(failure.Contract, "%s: no line of it is a JSON object with a key", printable(f.name))
	}
	return headers, nil
}

// typeObjects types the objects of all lines. A key that an object lacks is an empty cell.
func (f *csvFile) typeObjects(ctx context.Context, w *window, headers []string) error {
	r := f.typer()
	at := make(map[string]int, len(headers))
	for i, header := range headers {
		at[header] = i
	}
	fields, size := make([][]byte, len(headers)), 0
	err := f.eachLine(ctx, w, func(line []byte, number int64) error {
		keys, values, reason := objectOf(line)
		if reason != "" {
			r.reject(number, "", nil, reason, line)
		} else {
			clear(fields)
			for i, key := range keys {
				fields[at[key]] = values[i]
			}
			r.record(fields, line, number, false)
		}
		if size += len(line); size > f.opt.blockSize {
			size = 0
			return f.emit(r.take())
		}
		return nil
	})
	if err != nil {
		return err
	}
	return f.emit(r.take())
}

// eachLine hands on the lines that are not blank.
func (f *csvFile) eachLine(ctx context.Context, w *window, each func(line []byte, number int64) error) error {
	for lines := 0; ; {
		end := bytes.IndexByte(w.rest(), '\n')
		switch {
		case end < 0 && !w.ended && len(w.rest()) > f.opt.maxRecord:
			return failure.Errorf(failure.Contract, "%s:%d: the line is longer than 16 MiB", printable(f.name), w.line)
		case end < 0 && !w.ended:
			if err := w.more(max(f.opt.blockSize, len(w.rest()))); err != nil {
				return err
			}
			continue
		case end < 0 && len(w.rest()) == 0:
			return nil
		case end < 0:
			end = len(w.rest()) - 1
		}
		line, number := w.rest()[:end+1], w.line
		if len(bytes.TrimSpace(line)) > 0 {
			if err := each(line, number); err != nil {
				return err
			}
		}
		w.use(end + 1)
		if lines++; lines%4096 == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
}

// objectOf reads the object on a line: its keys, and their values as the text of a cell. Numbers
// stay as they are written; an object or a list is its JSON; null is an empty cell. The answer is a
// reason where the line is not one object.
func objectOf(line []byte) (keys []string, values [][]byte, reason string) {
	if !utf8.Valid(line) {
		return nil, nil, "is not UTF-8" // the decoder would put other characters in the place of what is none
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	first, err := decoder.Token()
	if err != nil || first != json.Delim('{') {
		return nil, nil, "is not a JSON object"
	}
	seen := map[string]bool{}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, nil, notJSON(err)
		}
		key, _ := token.(string)
		if seen[key] {
			return nil, nil, "has the key " + strconv.Quote(key) + " twice"
		}
		seen[key] = true
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err != nil {
			return nil, nil, notJSON(err)
		}
		keys, values = append(keys, key), append(values, cellOf(raw))
	}
	if _, err := decoder.Token(); err != nil {
		return nil, nil, notJSON(err)
	}
	if rest, _ := decoder.Buffered().(*bytes.Reader); rest != nil {
		left := make([]byte, rest.Len())
		_, _ = rest.Read(left)
		if len(bytes.TrimSpace(left)) > 0 {
			return nil, nil, "has something after its JSON object"
		}
	}
	return keys, values, ""
}

func notJSON(err error) string {
	if syntax, isSyntax := errors.AsType[*json.SyntaxError](err); isSyntax {
		return fmt.Sprintf("is not JSON (%s, at character %d)", syntax, syntax.Offset)
	}
	return "is not JSON: it is cut short"
}

func cellOf(raw json.RawMessage) []byte {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	if raw[0] == '"' {
		var text string
		if json.Unmarshal(raw, &text) == nil {
			return []byte(text)
		}
	}
	if raw[0] == '{' || raw[0] == '[' {
		var compact bytes.Buffer
		if json.Compact(&compact, raw) == nil {
			return compact.Bytes()
		}
	}
	return raw
}
