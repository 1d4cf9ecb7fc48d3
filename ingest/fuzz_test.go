package ingest

import (
	"bytes"
	"encoding/csv"
	"math/big"
	"strings"
	"testing"
	"time"

	"tributary/internal/config"
	"tributary/internal/contract"
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

func FuzzInstants(f *testing.F) {
	for _, seed := range []string{"2025-03-01T09:30:00.5+01:00", "2025-03-30 02:30", "2024-02-29", "1970-01-01"} {
		f.Add(seed, "Europe/Berlin")
	}
	f.Fuzz(func(t *testing.T, text, zone string) {
		if _, err := loadZone(zone, ""); err != nil {
			zone = ""
		}
		var m moment
		if isoMoment([]byte(text), &m) == "" {
			day := time.Date(m.year, time.Month(m.month), m.day, m.hour, m.minute, m.second, 0, time.UTC)
			if day.Unix() != m.localSeconds() || day.Day() != m.day {
				t.Fatalf("%q is %v and %d", text, day, m.localSeconds())
			}
		}
		for _, local := range []string{"", "earlier", "later"} {
			typed(t, contract.Instant, config.Column{LocalTime: local}, zone, text)
			typed(t, contract.DayEnd, config.Column{LocalTime: local}, zone, text)
		}
	})
}

func FuzzDecimals(f *testing.F) {
	for _, seed := range []string{"1234.50", "-0.000001", "1.234,56", "9223372036854775808"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, reason := marking{decimal: []byte(".")}.read([]byte(text))
		if reason == "" && !sameNumber(text, d) {
			t.Fatalf("%q became %d with %d decimals", text, d.digits, d.scale)
		}
		_, _ = marking{decimal: []byte(","), thousands: []byte(".")}.read([]byte(text))
	})
}

func sameNumber(text string, d decimal) bool {
	want, ok := new(big.Rat).SetString(text)
	got := new(big.Rat).SetFrac(big.NewInt(d.digits), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.scale)), nil))
	return ok && want.Cmp(got) == 0
}
