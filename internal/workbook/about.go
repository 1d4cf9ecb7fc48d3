package workbook

import (
	"context"
	"strconv"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/reports"
)

// reading says how to read the sheets.
var reading = []string{
	"Every figure is that of the CSV report of the same name. Formats round what is shown, not the value of a cell.",
	"Each report is a table with its name, for formulas and pivot tables: =SUM(channel_performance[revenue]) adds up every row, so filter first.",
	"Most reports have one row per model, and some have rows that hold the sum of others: read the purpose and the key of a report before you add up its rows.",
	"Days are dates, shares and rates are fractions shown as percent, identifiers are text. An empty cell has no value, which is not 0.",
	"Some sheets name people: owners as your CRM names them, and in findings, data_quality and identity_conflicts ids of leads and contacts. Remove these sheets before you forward the workbook, or forward report.html, which has none.",
	"Point at the header of a column to see what it means; the sheet definitions has the same for all reports.",
}

// writeAbout writes the first sheet: what the run is, whether its figures tie out, and what the
// other sheets are.
func (b *book) writeAbout(ctx context.Context, run *published.Run, primary string, listed []listing) error {
	p, err := b.page(about, 30, 18, 18, 20, 20, 20, 20, 20)
	if err != nil {
		return err
	}
	if err := p.add(styled(b.title, "Attribution reports")); err != nil {
		return err
	}
	facts, err := factsOf(ctx, run, primary)
	if err != nil {
		return err
	}
	for _, f := range facts {
		if err := p.add(styled(b.strong, f[0]), f[1]); err != nil {
			return err
		}
	}
	if err := b.writeReconciliation(ctx, p, run, primary); err != nil {
		return err
	}
	if err := p.heading(b, "How to read the sheets"); err != nil {
		return err
	}
	for _, sentence := range reading {
		if err := p.add(sentence); err != nil {
			return err
		}
	}
	if err := b.writeContents(p, listed); err != nil {
		return err
	}
	return p.Flush()
}

// heading leaves a row free and writes a heading.
func (p *page) heading(b *book, text string) error {
	p.row++
	return p.add(styled(b.heading, text))
}

// factsOf are what the run is. Nothing here changes when the same run is made again.
func factsOf(ctx context.Context, run *published.Run, primary string) (facts [][2]string, err error) {
	m, period := run.Manifest, "everything up to as-of"
	if run.Has("reconciliation") {
		t, err := run.Read(ctx, "SELECT CAST(MIN(period_start) AS VARCHAR), CAST(MAX(period_end) AS VARCHAR) FROM reconciliation")
		if err != nil {
			return nil, err
		}
		switch from, to := t.Rows[0][0].Text, t.Rows[0][1].Text; {
		case from != "" && to != "":
			period = from + " to " + to
		case from != "":
			period = "from " + from
		case to != "":
			period = "up to " + to
		}
	}
	return [][2]string{
		{"As of", m.AsOf}, {"Reporting currency", m.ReportingCurrency}, {"Reporting period", period},
		{"Primary model", primary}, {"Made by", m.Program}, {"SHA-256 of the CSV reports", m.Reports},
	}, nil
}

// writeReconciliation writes the totals of the primary model, and whether every row of the report
// ties out.
func (b *book) writeReconciliation(ctx context.Context, p *page, run *published.Run, primary string) error {
	if !run.Has("reconciliation") {
		return nil
	}
	counts, err := run.Read(ctx, "SELECT COUNT(*) FILTER (difference <> 0 OR difference_count <> 0), COUNT(*) FROM reconciliation")
	if err != nil {
		return err
	}
	totals, err := run.Read(ctx, `SELECT conversion_type, opportunity_type, currency, total, attributed, unattributed, difference, total_count
FROM reconciliation WHERE model = `+engine.Text(primary)+` ORDER BY conversion_type, opportunity_type, currency`)
	if err != nil {
		return err
	}
	if err := p.heading(b, "Reconciliation: credit against the opportunities themselves, under "+primary); err != nil {
		return err
	}
	checked, err := strconv.Atoi(counts.Rows[0][1].Text)
	if err != nil {
		return err
	}
	verdict := "In each of the " + words.Count(checked, "row") + " of the sheet reconciliation, under every model, total = attributed + unattributed."
	if n := counts.Rows[0][0].Text; n != "0" {
		verdict = n + " of the " + words.Count(checked, "row") + " of the sheet reconciliation do not tie out: do not use these figures."
	}
	if err := p.add(verdict); err != nil {
		return err
	}
	header := make([]any, len(totals.Columns))
	columns := make([]column, len(totals.Columns))
	report := reports.Find("reconciliation")
	for i, name := range totals.Columns {
		known, _ := report.Column(name)
		columns[i] = column{Column: known, kind: text}
		if i > 2 {
			columns[i].kind = number
		}
		columns[i].isWhole = name == "total_count"
		header[i] = b.headerOf(columns[i])
	}
	if err := p.add(header...); err != nil {
		return err
	}
	cells, _, err := b.convert(columns, rows{cells: totals.Rows})
	if err != nil {
		return err
	}
	for _, row := range cells {
		if err := p.add(row...); err != nil {
			return err
		}
	}
	return nil
}

// writeContents lists the sheets, each with a link, and what they leave out.
func (b *book) writeContents(p *page, listed []listing) error {
	if err := p.heading(b, "Sheets"); err != nil {
		return err
	}
	if err := p.add(styled(b.header, "sheet"), styled(b.numberHeader, "rows of the report"), styled(b.numberHeader, "rows here"), styled(b.header, "  about")); err != nil {
		return err
	}
	entry := func(name string, cells ...any) error {
		if err := b.linkTo(p.Sheet, "A"+strconv.Itoa(p.row+1), name, "A1"); err != nil {
			return err
		}
		return p.add(append([]any{styled(b.link, b.sheets[name])}, cells...)...)
	}
	if err := entry(charts, nil, nil, styled(b.indented, "revenue by channel, pipeline and revenue by month")); err != nil {
		return err
	}
	if err := entry(definitions, nil, nil, styled(b.indented, "what every column of every report means")); err != nil {
		return err
	}
	thousands, err := b.style("#,##0")
	if err != nil {
		return err
	}
	for _, l := range listed {
		if err := entry(l.report.Name, styled(thousands, l.total), styled(thousands, l.written), styled(b.indented, l.report.Doc)); err != nil {
			return err
		}
		if len(l.left) > 0 {
			if err := p.add(nil, nil, nil, styled(b.warning, "  Not as in the report: "+strings.Join(l.left, "; ")+". Everything is in "+csvOf(l)+" of the run.")); err != nil {
				return err
			}
		}
	}
	return nil
}
