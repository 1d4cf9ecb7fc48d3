package ingest

import (
	"bytes"
	"io"
)

// A window is the part of a text that was read and not used yet, with its position in the text.
type window struct {
	from   io.Reader
	buffer []byte
	start  int   // of what is not used up
	ended  bool  // nothing follows
	line   int64 // of the first byte not used up, from 1
	offset int64 // of the same, from 0
}

func newWindow(from io.Reader) *window { return &window{from: from, line: 1} }

// rest is the text that was read and not used yet.
func (w *window) rest() []byte { return w.buffer[w.start:] }

// more reads up to n further bytes, as many as there are. What rest returned before is no longer
// valid.
func (w *window) more(n int) error {
	if w.start > 0 {
		w.buffer = w.buffer[:copy(w.buffer, w.rest())]
		w.start = 0
	}
	have := len(w.buffer)
	if cap(w.buffer) < have+n {
		grown := make([]byte, have, have+n)
		copy(grown, w.buffer)
		w.buffer = grown
	}
	for end := have + n; len(w.buffer) < end && !w.ended; {
		read, err := w.from.Read(w.buffer[len(w.buffer):end])
		w.buffer = w.buffer[:len(w.buffer)+read]
		if err == io.EOF {
			w.ended = true
		} else if err != nil {
			return err
		}
	}
	return nil
}

// use marks n bytes as used up.
func (w *window) use(n int) {
	used := w.buffer[w.start : w.start+n]
	w.line += int64(bytes.Count(used, []byte{'\n'}))
	w.offset += int64(n)
	w.start += n
}
