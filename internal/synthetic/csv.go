package synthetic

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"os"
	"path/filepath"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/failure"
)

// csvFiles writes a CSV file to each table.
type csvFiles struct {
	files   []*os.File
	writers []*bufio.Writer
	line    []byte
}

func newCSV(directory string, tables []contract.Table) (*csvFiles, error) {
	s := &csvFiles{}
	for _, t := range tables {
		f, err := os.OpenFile(filepath.Join(directory, t.Name+".csv"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
		if err != nil {
			s.abandon()
			return nil, failure.Writing("making %s.csv: %w", t.Name, reason(err))
		}
		w := bufio.NewWriterSize(f, 1<<16)
		for i, c := range t.Columns {
			if i > 0 {
				_ = w.WriteByte(',') // the writer keeps its error until Flush
			}
			_, _ = w.WriteString(c.Name)
		}
		_ = w.WriteByte('\n')
		s.files, s.writers = append(s.files, f), append(s.writers, w)
	}
	return s, nil
}

func (s *csvFiles) write(table int, r *record) error {
	line := s.line[:0]
	for i := range r.ends {
		if i > 0 {
			line = append(line, ',')
		}
		cell := r.cell(i)
		if bytes.ContainsAny(cell, ",\"\n\r") {
			line = append(line, '"')
			line = append(line, bytes.ReplaceAll(cell, []byte{'"'}, []byte{'"', '"'})...)
			line = append(line, '"')
		} else {
			line = append(line, cell...)
		}
	}
	s.line = append(line, '\n')
	if _, err := s.writers[table].Write(s.line); err != nil {
		return failure.Writing("writing %s: %w", filepath.Base(s.files[table].Name()), reason(err))
	}
	return nil
}

func (s *csvFiles) close(context.Context) error {
	var failed error // the first one: a full disk fails them all
	for i, w := range s.writers {
		if err := cmp.Or(w.Flush(), s.files[i].Close()); err != nil && failed == nil {
			failed = failure.Writing("writing %s: %w", filepath.Base(s.files[i].Name()), reason(err))
		}
	}
	s.files, s.writers = nil, nil
	return failed
}

func (s *csvFiles) abandon() {
	for _, f := range s.files {
		_ = f.Close() // it is removed
	}
}
