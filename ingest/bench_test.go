package ingest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
)

// touchpointsCSV is a file of n touches as a CRM exports them.
func touchpointsCSV(n int) string {
	var text strings.Builder
	text.WriteString("touch_id,occurred_at,contact_id,channel,campaign_id,touch_type,asset,source,medium,status\n")
	for i := range n {
		fmt.Fprintf(&text, "t%09d,2025-%02d-%02dT%02d:%02d:%02dZ,003%08d,paid_search,701%05d,click,\"Guide, part %d\",google,cpc,responded\n",
			i, i%12+1, i%28+1, i%24, i%60, i/7%60, i%50000, i%900, i%40)
	}
	return text.String()
}

func BenchmarkReadTouchpointsCSV(b *testing.B) {
	const rows = 200_000
	text := touchpointsCSV(rows)
	source := write(b, "touchpoints.csv", text)
	e := openEngine(b)
	table := tableNamed(b, "touchpoints")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		files, bad, err := readTable(b.Context(), e, table, config.Sources{source}, testOptions())
		if err != nil || len(bad) > 0 || files[0].Loaded != rows {
			b.Fatal(files, len(bad), err)
		}
	}
	b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
