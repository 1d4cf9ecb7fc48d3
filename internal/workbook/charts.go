package workbook

import (
	"context"
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/reports"
)

// A chart is drawn from a small table on its sheet, whose first column has the labels.
type chart struct {
	title, source string // the report that it is drawn from
	query         string // with the model as %s
	kind          excelize.ChartType
	colors        []string // of the columns after the first
	height        uint
}

// drawn are the charts. A chart that shows more than some 20 channels or 3 years cannot be read.
var drawn = []chart{
	{
		title: "Revenue by channel (20 greatest)", source: "channel_performance", kind: excelize.Bar, colors: []string{"2F6DA3"}, height: 420,
		query: `SELECT channel, SUM(revenue) AS revenue FROM channel_performance WHERE basis = 'period' AND model = %s
GROUP BY channel HAVING SUM(revenue) <> 0 ORDER BY revenue DESC, channel LIMIT 20`,
	},
	{
		title: "Pipeline and revenue by month (last 36 months)", source: "monthly_performance", kind: excelize.Col, colors: []string{"9DB8D2", "2F6DA3"}, height: 380,
		query: `FROM (
    SELECT strftime(month, '%%Y-%%m') AS month, SUM(pipeline) AS pipeline, SUM(revenue) AS revenue
    FROM monthly_performance WHERE basis = 'period' AND model = %s
    GROUP BY strftime(month, '%%Y-%%m') ORDER BY month DESC LIMIT 36
) ORDER BY month`,
	},
}

// chartRows is how many rows of the sheet a chart and its table take at least.
const chartRows = 26

// writeCharts writes the charts, each beside the figures that it shows.
func (b *book) writeCharts(ctx context.Context, run *published.Run, primary string) error {
	p, err := b.page(charts, 26, 18, 18)
	if err != nil {
		return err
	}
	if err := p.add(styled(b.title, "Charts")); err != nil {
		return err
	}
	if err := p.add("Credit under the model " + primary + ", on the basis period, for all opportunity types, in " + run.Manifest.ReportingCurrency + "."); err != nil {
		return err
	}
	for _, c := range drawn {
		if !run.Has(c.source) {
			continue
		}
		t, err := run.Read(ctx, fmt.Sprintf(c.query, engine.Text(primary)))
		if err != nil {
			return err
		}
		if err := b.draw(p, c, t); err != nil {
			return fmt.Errorf("chart %q: %w", c.title, err)
		}
	}
	return p.Flush()
}

// draw writes the figures of a chart, and the chart at their right.
func (b *book) draw(p *page, c chart, t published.Table) error {
	if err := p.heading(b, c.title); err != nil {
		return err
	}
	if len(t.Rows) == 0 {
		return p.add("There is nothing to show.")
	}
	from := p.row + 1
	report, header, columns := reports.Find(c.source), []any{}, []column{}
	for i, name := range t.Columns {
		known, _ := report.Column(name)
		columns = append(columns, column{Column: known, kind: number})
		if i == 0 {
			columns[i].kind = text
		}
		header = append(header, b.headerOf(columns[i]))
	}
	if err := p.add(header...); err != nil {
		return err
	}
	cells, _, err := b.convert(columns, rows{cells: t.Rows})
	if err != nil {
		return err
	}
	for _, row := range cells {
		if err := p.add(row...); err != nil {
			return err
		}
	}
	if err := b.file.AddChart(p.Sheet, "E"+strconv.Itoa(from), b.chart(c, p.Sheet, from, p.row)); err != nil {
		return err
	}
	p.row = max(p.row, from+chartRows)
	return nil
}

// chart describes a chart over the table whose header is in the row from.
func (b *book) chart(c chart, sheet string, from, to int) *excelize.Chart {
	var series []excelize.ChartSeries
	for i, color := range c.colors {
		name := string(rune('B' + i))
		series = append(series, excelize.ChartSeries{
			Name:       fmt.Sprintf("'%s'!$%s$%d", sheet, name, from),
			Categories: fmt.Sprintf("'%s'!$A$%d:$A$%d", sheet, from+1, to),
			Values:     fmt.Sprintf("'%s'!$%s$%d:$%s$%d", sheet, name, from+1, name, to),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}},
		})
	}
	legend := excelize.ChartLegend{Position: "bottom"}
	if len(series) == 1 {
		legend.Position = "none"
	}
	gap, small := uint(40), excelize.Font{Size: 9, Color: "404040", Family: font}
	labels := excelize.ChartAxis{Font: small, TickLabelPosition: excelize.ChartTickLabelLow} // below negative amounts
	if c.kind == excelize.Bar {
		labels.ReverseOrder = true // the greatest at the top
	} else {
		labels.Alignment.TextRotation = -60
	}
	return &excelize.Chart{
		Type: c.kind, Series: series, Legend: legend, GapWidth: &gap, XAxis: labels,
		YAxis:     excelize.ChartAxis{Font: small, MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0"}},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.title, Font: &excelize.Font{Size: 14, Family: font}}}},
		Dimension: excelize.ChartDimension{Width: 860, Height: c.height},
		Format:    excelize.GraphicOptions{Name: c.title, AltText: c.title + ", as in the table at its left"},
	}
}
