package main

import (
	"fmt"
	"testing"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/models"
)

// BenchmarkCredit weighs and allocates one conversion by model and journey length: the inner loop
// of a run, without cube and engine.
func BenchmarkCredit(b *testing.B) {
	for _, m := range models.All() {
		for _, touches := range []int{1, 3, 10, 100, 10_000} {
			b.Run(fmt.Sprintf("model=%s/touches=%d", m.Name, touches), func(b *testing.B) {
				j := journeyOf(touches)
				weights := make([]uint64, touches)
				b.ReportAllocs()
				for b.Loop() {
					clear(weights)
					m.Weights(j, weights)
					if _, err := credit.Allocate(1_234_567, weights); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(touches), "ns/touch")
			})
		}
	}
}

// journeyOf is a journey of touches that are three hours apart, with a lead in its middle, an
// opportunity at three quarters, and a close.
func journeyOf(touches int) *credit.Journey {
	const apart = int64(3 * 3600 * 1_000_000)
	const begin = int64(1_700_000_000_000_000)
	at := func(i int) int64 { return begin + int64(i)*apart }
	lead := at(touches / 2)
	list := make([]credit.Touch, touches)
	for i := range list {
		list[i] = credit.Touch{OccurredUS: at(i), LeadUS: lead, LeadFromUS: lead, LeadUntilUS: lead, Channel: int32(i % 8), Direct: i%8 == 7}
	}
	return credit.NewJourney(list, credit.Milestones{CreatedUS: at(touches * 3 / 4), AnchorUS: at(touches), GraceUS: 600_000_000, IsRevenue: true})
}
