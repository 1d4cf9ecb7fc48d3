// Package page writes report.html: one file with the figures of a published run as charts, tables and
// sentences. It needs no network, and shows no e-mail and no id of a person, so it can be forwarded.
//
// # Sections
//
// A section is one file and one line in sections. It returns figures; a figure has a sentence that
// says what it shows, a command that shows its rows, and one or more variants, each with a chart and
// a table. The script shows the variants that the reader chooses. Without it, every variant is on
// the page, those beside the first one folded.
//
// # Where a figure comes from
//
// Figures can be compared with the reports of the run. The attributes of an element hold for
// everything in it:
//
//	data-report   the report
//	data-column   the column of the report: of a cell, or of the heading over it
//	data-key      columns of the report's grain with their values, as a URL query (a=1&b=2). The keys of
//	              the table, the heading over the cell, and the row together name one row of the
//	              report. An empty value is NULL.
//	data-value    the exact text of the report's cell, as in Parquet and CSV; empty for NULL
//	data-sum      beside data-value: the value is the sum over the rows that match the key and have one
//	              of these values (channel=A&channel=B); a name without "=" stands for all values
//	data-type, data-model, data-period, data-channel, data-segment   what a variant is of
//
// A cell of a table that is not numeric has no data-value: its text is the value, in words.
package page

import (
	"context"
	"os"
	"path/filepath"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/published"
)

// File is the name of the page in a run.
const File = "report.html"

// Limit is the size in bytes above which parts of the page are left out.
const Limit = 1_000_000

// Write writes the page into the directory of the run.
func Write(ctx context.Context, run *published.Run) error {
	text, err := Render(ctx, run)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(run.Directory, File), text, 0o640); err != nil {
		return failure.Writing("writing %s: %w", File, err)
	}
	return nil
}

// Render is the page of a run. The same reports give the same bytes. If the page would be too large,
// it is made again with fewer rows and variants, and says so beside what it leaves out. Where that is
// not enough, parts of it go (within).
func Render(ctx context.Context, run *published.Run) ([]byte, error) {
	r, err := newReader(ctx, run)
	if err != nil {
		return nil, err
	}
	for {
		d, err := r.document(ctx)
		if err != nil {
			return nil, err
		}
		if r.most == r.most.fewer() {
			return d.within(Limit)
		}
		text, err := d.html()
		if err != nil || len(text) <= Limit {
			return text, err
		}
		r.most = r.most.fewer()
	}
}

// limits are how many things of a kind the page has.
type limits struct {
	channels, campaigns, periods, paths, segments, models int
}

// most is what fits the page of most companies.
var most = limits{channels: 20, campaigns: 15, periods: 4, paths: 10, segments: 6, models: 20}

func (l limits) fewer() limits {
	less := func(n, least int) int { return max(least, n*4/5) }
	return limits{less(l.channels, 3), less(l.campaigns, 3), less(l.periods, 2), less(l.paths, 3), less(l.segments, 2), less(l.models, 2)}
}
