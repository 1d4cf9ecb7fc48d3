package main

import (
	"io"
	"os"
	"strings"
	"testing"
)

// BenchmarkStages runs the built program, $TRIBUTARY, on a company of 100,000 touches, and reports
// what each group of stages took.
func BenchmarkStages(b *testing.B) {
	program := os.Getenv("TRIBUTARY")
	if program == "" {
		b.Skip("TRIBUTARY does not name the built program (make bench-go sets it)")
	}
	bench := &bench{options: options{program: program, data: b.TempDir(), accounts: 4000, threads: 2}, log: io.Discard}
	e := experiment{data: company{touches: 100_000, format: "parquet"}, flags: plain}
	directory, err := bench.ready(b.Context(), e.data)
	if err != nil {
		b.Fatal(err)
	}
	var sum round
	sum.Groups = map[string]cost{}
	for b.Loop() {
		var one round
		if err := bench.attribute(b.Context(), e, directory, e.flags, &one, nil); err != nil {
			b.Fatal(err)
		}
		for g, c := range one.Groups {
			sum.Groups[g] = cost{Wall: sum.Groups[g].Wall + c.Wall}
		}
		sum.Whole.Peak = max(sum.Whole.Peak, one.Whole.Peak)
	}
	for _, g := range groups {
		b.ReportMetric(sum.Groups[g].Wall*1e9/float64(b.N), strings.ReplaceAll(g, " ", "-")+"-ns/op")
	}
	b.ReportMetric(sum.Whole.Peak, "peak-bytes")
	b.ReportMetric(float64(e.data.touchCount())*float64(b.N)/b.Elapsed().Seconds(), "touches/s")
}
