package acceptance

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/oracle"
)

// The same inputs, configuration and version give the same bytes: everything for any number of
// threads, reports and credits in whatever order the rows come.
func TestBytesDoNotDependOnThreadsOrOrder(t *testing.T) {
	t.Parallel()
	for i := range varied() {
		s := *seed + uint64(i)
		t.Run(fmt.Sprintf("seed_%d", s), func(t *testing.T) {
			t.Parallel()
			w := oracle.Random(rand.New(rand.NewPCG(s, 7)))
			with := func(threads int) func(*config.Job) { return func(j *config.Job) { j.Threads = threads } }
			one := runWorld(t, w, nil, with(1))
			whole, results := FilesOf(t, one), FilesOf(t, one, "reports/", "credits.parquet")
			for _, threads := range []int{2, 4} {
				WantSameFiles(t, fmt.Sprintf("%d threads", threads), FilesOf(t, runWorld(t, w, nil, with(threads))), whole)
			}
			shuffled := runWorld(t, w, rand.New(rand.NewPCG(s, 11)), with(2))
			WantSameFiles(t, "shuffled rows", FilesOf(t, shuffled, "reports/", "credits.parquet"), results)
		})
	}
}
