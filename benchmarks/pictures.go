package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image/color"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// draw draws the cost by stage and the growth, of these results and of those that earlier runs
// measured with the same commit.
func (b *bench) draw(results []result) error {
	known, err := b.keep(results)
	if err != nil {
		return err
	}
	var sizes []result
	for _, r := range known {
		if isSize(r.Title) {
			sizes = append(sizes, r)
		}
	}
	if len(sizes) == 0 {
		return nil
	}
	plot.DefaultFont.Variant = "Sans" // plot.New takes no other font
	if err := drawStages(sizes, filepath.Join(b.pictures, "performance_stages.svg")); err != nil {
		return err
	}
	return drawGrowth(sizes, filepath.Join(b.pictures, "performance_growth.svg"))
}

// isSize tells whether the result of this title is one of the sizes: the same company with more and
// more touches.
func isSize(title string) bool {
	for _, s := range sets {
		if s.name != "small" && s.name != "large" {
			continue
		}
		if slices.ContainsFunc(s.experiments, func(e experiment) bool { return e.title == title }) {
			return true
		}
	}
	return false
}

// keep merges results into those that are kept in the data directory, and returns all of this
// commit by number of touches.
func (b *bench) keep(results []result) ([]result, error) {
	path := filepath.Join(b.data, "measured.json")
	var known []result
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &known)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	known = slices.DeleteFunc(known, func(k result) bool {
		return k.Commit != b.machine.commit || slices.ContainsFunc(results, func(r result) bool { return r.Title == k.Title })
	})
	known = append(known, results...)
	slices.SortStableFunc(known, func(x, y result) int { return int(min(1, max(-1, x.Touches-y.Touches))) })
	if text, err = json.MarshalIndent(known, "", " "); err != nil {
		return nil, err
	}
	return known, os.WriteFile(path, text, 0o644)
}

// Colours that people with any colour vision tell apart: Okabe and Ito,
// https://jfly.uni-koeln.de/color/.
var colours = []color.Color{
	color.RGBA{0x00, 0x72, 0xb2, 0xff}, color.RGBA{0xe6, 0x9f, 0x00, 0xff}, color.RGBA{0x00, 0x9e, 0x73, 0xff}, color.RGBA{0xd5, 0x5e, 0x00, 0xff},
	color.RGBA{0x56, 0xb4, 0xe9, 0xff}, color.RGBA{0xcc, 0x79, 0xa7, 0xff}, color.RGBA{0xf0, 0xe4, 0x42, 0xff}, color.RGBA{0x99, 0x99, 0x99, 0xff},
}

// drawStages draws a bar per size: the share of each group in the whole.
func drawStages(sizes []result, path string) error {
	p := plot.New()
	p.Title.Text = "Share of each stage in the wall time of a run"
	p.Y.Label.Text = "%"
	p.Y.Min, p.Y.Max = 0, 100
	p.Legend.Top, p.Legend.Left = true, false
	var below *plotter.BarChart
	var names []string
	for _, r := range sizes {
		names = append(names, fmt.Sprintf("%s M\n%.1f s", inMillions(r.Touches), r.median(func(o round) float64 { return o.Whole.Wall })))
	}
	var bars []*plotter.BarChart
	for i, g := range groups {
		var shares plotter.Values
		for _, r := range sizes {
			whole := 0.0
			for _, each := range groups {
				whole += r.median(func(o round) float64 { return o.Groups[each].Wall })
			}
			shares = append(shares, 100*r.median(func(o round) float64 { return o.Groups[g].Wall })/whole)
		}
		bar, err := plotter.NewBarChart(shares, vg.Points(320/float64(len(sizes)+1)))
		if err != nil {
			return err
		}
		bar.Color, bar.LineStyle.Width = colours[i], 0
		if below != nil {
			bar.StackOn(below)
		}
		below = bar
		bars = append(bars, bar)
		p.Add(bar)
	}
	for i := len(bars) - 1; i >= 0; i-- { // from the top of the bars to their foot
		p.Legend.Add(groups[i], bars[i])
	}
	p.NominalX(names...)
	p.X.Label.Text = "touches, and seconds of the whole"
	p.X.Min, p.X.Max = -0.5, float64(len(sizes))*1.3-0.5 // with room for the legend
	return save(path, 640, 400, func(c draw.Canvas) { p.Draw(c) })
}

// drawGrowth draws time and memory against touches, both logarithmic.
func drawGrowth(sizes []result, path string) error {
	lines := []struct {
		name string
		of   func(round) cost
	}{
		{"tributary, 14 models", func(o round) cost { return o.Whole }},
		{"SQL, naive", func(o round) cost { return o.Yardsticks[naiveSQL] }},
		{"SQL, hand-written", func(o round) cost { return o.Yardsticks[handwrittenSQL] }},
		{"DuckDB, one scan", func(o round) cost { return o.Yardsticks[scanSQL] }},
	}
	var ticks plot.ConstantTicks
	for _, r := range sizes {
		ticks = append(ticks, plot.Tick{Value: float64(r.Touches) / 1e6, Label: inMillions(r.Touches)})
	}
	panel := func(title, unit string, figure func(cost) float64, hasLegend bool) (*plot.Plot, error) {
		p := plot.New()
		p.Title.Text, p.Y.Label.Text, p.X.Label.Text = title, unit, "million touches"
		p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
		p.X.Tick.Marker, p.Y.Tick.Marker = ticks, plot.LogTicks{Prec: -1}
		p.Add(plotter.NewGrid())
		p.Legend.Top, p.Legend.Left = true, true
		for i, l := range lines {
			var points plotter.XYs
			for _, r := range sizes {
				if y := r.median(func(o round) float64 { return figure(l.of(o)) }); y > 0 {
					points = append(points, plotter.XY{X: float64(r.Touches) / 1e6, Y: y})
				}
			}
			if len(points) == 0 {
				continue
			}
			line, dots, err := plotter.NewLinePoints(points)
			if err != nil {
				return nil, err
			}
			line.Color, line.Width, dots.Color, dots.Shape = colours[i], vg.Points(1.5), colours[i], draw.CircleGlyph{}
			p.Add(line, dots)
			if hasLegend {
				p.Legend.Add(l.name, line, dots)
			}
		}
		p.X.Min, p.X.Max = p.X.Min/1.3, p.X.Max*1.3
		p.Y.Min, p.Y.Max = p.Y.Min/1.5, p.Y.Max*1.5
		if hasLegend {
			p.Y.Max *= 8 // room for it
		}
		return p, nil
	}
	seconds, err := panel("Wall time", "seconds", func(c cost) float64 { return c.Wall }, true)
	if err != nil {
		return err
	}
	memory, err := panel("Peak memory of the process", "GB", func(c cost) float64 { return c.Peak / 1e9 }, false)
	if err != nil {
		return err
	}
	return save(path, 900, 400, func(c draw.Canvas) {
		tiles := draw.Tiles{Rows: 1, Cols: 2, PadX: vg.Points(20)}
		for i, at := range plot.Align([][]*plot.Plot{{seconds, memory}}, tiles, c)[0] {
			[]*plot.Plot{seconds, memory}[i].Draw(at)
		}
	})
}

// inMillions writes a number of touches in millions.
func inMillions(touches int64) string { return fmt.Sprintf("%g", float64(touches)/1e6) }

// save draws a picture of points and writes it.
func save(path string, width, height float64, paint func(draw.Canvas)) error {
	canvas := vgsvg.New(vg.Points(width), vg.Points(height))
	paint(draw.Crop(draw.New(canvas), vg.Points(8), vg.Points(-8), vg.Points(8), vg.Points(-8)))
	var text bytes.Buffer
	if _, err := canvas.WriteTo(&text); err != nil {
		return err
	}
	// Few browsers have the font by which the text was measured; these are as wide.
	return os.WriteFile(path, bytes.ReplaceAll(text.Bytes(), []byte("font-family:Liberation Sans"), []byte("font-family:Liberation Sans,Arial,Helvetica,sans-serif")), 0o644)
}
