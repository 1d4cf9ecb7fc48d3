package attribution

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// BenchmarkCredit is the loop of creditor.run without the engine: journeys of ten touches under fourteen positional
// weightings, money and count, into a cube of 300 campaigns.
func BenchmarkCredit(b *testing.B) {
	const models, touches = 14, 10
	c := creditor{cube: cube{}, graceUS: 600_000_000}
	for m := range models {
		c.models = append(c.models, Model{Name: fmt.Sprint(m), Weights: func(j *Journey, w []uint64) {
			for i := range w {
				w[i] = uint64(1 + (i+m)%3)
			}
		}})
	}
	r := rand.New(rand.NewPCG(1, 1))
	at := int64(1_700_000_000_000_000)
	for b.Loop() {
		conv := conversion{cell: cell{reason: credited}, valueMinor: r.Int64N(1e9), isCounted: true, createdUS: at, anchorUS: at, touches: touches}
		for i := range touches {
			campaign := r.Int32N(300)
			c.touches = append(c.touches, Touch{OccurredUS: at - int64(touches-i)*86_400_000_000, LeadUS: Never, Channel: campaign % 8})
			c.rowsOf = append(c.rowsOf, touchRow{key: int64(i), campaign: campaign})
		}
		if err := c.credit(0, &conv); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/touches, "ns/touch")
}
