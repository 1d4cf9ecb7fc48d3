package ingest

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
)

func FuzzRecords(f *testing.F) {
	f.Add([]byte("a,b\n\"c\nd\",e\n\"x"))
	f.Add([]byte("\"\"\"\",\"\r\n\r\n,\x00\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s := &splitter{delimiter: ','}
		read := 0
		for read < len(data) {
			n, verdict := s.record(data[read:], true)
			if verdict == incomplete {
				t.Fatal("incomplete at the end")
			}
			if verdict != whole && verdict != blankLine {
				break
			}
			if n <= 0 || len(s.fields) == 0 {
				t.Fatalf("%d bytes, %d fields", n, len(s.fields))
			}
			read += n
		}
		if read == len(data) && !bytes.ContainsAny(data, "\r\x00") {
			_, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
			if err != nil && !strings.Contains(err.Error(), csv.ErrFieldCount.Error()) {
				t.Fatalf("the standard library refuses it: %v", err)
			}
		}
	})
}

func FuzzFiles(f *testing.F) {
	f.Add("a,b\n\"c\nd\",e\n\"x", uint8(16))
	f.Add(",\n\"\n\"\"a,\n", uint8(1))
	f.Fuzz(func(t *testing.T, content string, block uint8) {
		path := t.TempDir() + "/p.csv"
		_, header := plainTable(2)
		overwrite(t, path, header+content)
		rows, bad := split(t, path, 2, readOptions{Threads: 2, blockSize: int(block) + 1, maxRecord: 100})
		lines := strings.Count(content, "\n") + 1
		if len(rows)+len(bad) > lines {
			t.Fatalf("%d rows and %d bad ones of %d lines", len(rows), len(bad), lines)
		}
		if strings.Trim(content, "\r\n") != "" && len(rows)+len(bad) == 0 {
			t.Fatalf("nothing was read of %q", content)
		}
	})
}
