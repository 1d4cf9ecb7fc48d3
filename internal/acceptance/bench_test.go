package acceptance

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/job"
)

// BenchmarkRun is the whole job over 200,000 touches of 20,000 people, 4,000 opportunities and a
// year of costs, with every table and credit row written.
func BenchmarkRun(b *testing.B) {
	in := b.TempDir()
	if err := WriteCompany(in, 200_000); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		settings, _, err := config.FromDirectory(in)
		if err != nil {
			b.Fatal(err)
		}
		if settings, err = settings.With(config.Overrides{Out: filepath.Join(b.TempDir(), "out"), AsOf: "2025-02-01"}); err != nil {
			b.Fatal(err)
		}
		if _, err := job.Run(b.Context(), settings, job.Options{Now: time.Now}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(200_000/b.Elapsed().Seconds()*float64(b.N), "touches/s")
}
