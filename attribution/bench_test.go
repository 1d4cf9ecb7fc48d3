package attribution

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/attribution/credit"
)

// BenchmarkCredit is the crediting of journeys of ten touches under fourteen positional weightings,
// money and count, into a cube of 300 campaigns, without the engine.
func BenchmarkCredit(b *testing.B) {
	const models, length = 14, 10
	c := allocator{primary: -1, cube: newCube(models), graceUS: 600_000_000, fromUS: math.MinInt64, toUS: math.MaxInt64, calendar: newCalendar(time.UTC),
		touches: &touches{persons: []person{{leadUS: credit.Never}}}}
	for i := range int32(300) {
		c.touches.kinds = append(c.touches.kinds, kind{channel: i % 8, campaign: i, place: i})
	}
	for m := range models {
		c.models = append(c.models, credit.Model{Name: fmt.Sprint(m), Weights: func(j *credit.Journey, w []uint64) {
			for i := range w {
				w[i] = uint64(1 + (i+m)%3)
			}
		}})
	}
	r := rand.New(rand.NewPCG(1, 1))
	at := int64(1_700_000_000_000_000)
	steps := make([]step, length)
	for b.Loop() {
		conv := conversion{cell: cell{reason: credited}, valueMinor: r.Int64N(1e9), isCounted: true, createdUS: at, anchorUntilUS: at}
		for i := range steps {
			steps[i] = step{us: at - int64(length-i)*86_400_000_000, row: uint32(i), kind: r.Uint32N(300)}
		}
		if err := c.add(0, &conv, &conv, credited, steps); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/length, "ns/touch")
}
