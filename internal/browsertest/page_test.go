package browsertest

import (
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/tributary-engine/tributary/internal/acceptance"
)

// make browser gives it.
var screenshots = flag.String("screenshots", "", "the directory into which TestPublished writes what people should look at")

// What a run publishes for people is true: the pictures of the documentation, and the page of a
// run, which shows its reports to everyone: with and without scripts, by mouse and by keyboard, on a
// screen, a phone and paper.
func TestPublished(t *testing.T) {
	p := newPlace(t)
	sessions := p.walk(t)
	t.Run("pictures", func(t *testing.T) { p.pictures(t, sessions) })
	for _, c := range [][2]string{{"company", companyRun}, {"export", exportRun}} {
		name, run := c[0], filepath.Join(p.directory, c[1])
		t.Run("page of the "+name, func(t *testing.T) {
			if name != "company" {
				acceptance.Nightly(t, "the page of one run is enough here")
			}
			t.Parallel()
			b, file := startBrowser(t), filepath.Join(run, "report.html")
			pageTest{b, file, readReports(t, filepath.Join(run, "reports"))}.all(t)
			if *screenshots != "" {
				shoot(t, b, file, filepath.Join(*screenshots, name))
			}
		})
	}
}

type pageTest struct {
	browser browser
	file    string
	reports reports
}

func (p pageTest) all(t *testing.T) {
	t.Run("figures", p.figures)
	t.Run("choices", p.choices)
	t.Run("without scripts", p.withoutScripts)
	t.Run("keyboard", p.keyboard)
	t.Run("axe", p.axe)
	t.Run("widths", p.widths)
	t.Run("paper", p.paper)
}

// required are reports of which the page shows at least one figure.
var requiredReports = []string{"reconciliation", "channel_performance", "campaign_performance", "sourced_influenced", "funnel", "coverage"}

func (p pageTest) figures(t *testing.T) {
	o := p.browser.open(t, p.file, wide)
	figures := o.figures()
	report(t, "a figure is wrong", append(p.reports.disagreements(figures), o.unmarked()...))
	for _, name := range requiredReports {
		if len(p.reports.tables[name].rows) > 0 && !slices.ContainsFunc(figures, func(f figure) bool { return f.Report == name && f.Value != "" }) {
			t.Errorf("the page shows nothing of %s", name)
		}
	}
	report(t, "the page is not quiet", o.heard())

	text, err := os.ReadFile(p.file)
	if err != nil {
		t.Fatal(err)
	}
	stripped := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(stripped, regexp.MustCompile(` data-value="[^"]*"`).ReplaceAll(text, nil), 0o600); err != nil {
		t.Fatal(err)
	}
	o = p.browser.open(t, stripped, wide)
	if len(p.reports.disagreements(o.figures())) == 0 || len(o.unmarked()) == 0 {
		t.Error("the same page without figures passes")
	}
}

// choices operates every control by keyboard. Each changes what is shown, to what was chosen, and
// what is shown is what the reports have.
func (p pageTest) choices(t *testing.T) {
	o := p.browser.open(t, p.file, wide)
	selects := ask[[]struct {
		Name   string
		Values []string
	}](o, `Array.from(document.querySelectorAll("select"), (select) => ({name: select.name, values: Array.from(select.options, (option) => option.value)}))`)
	if len(selects) == 0 {
		t.Fatal("the page has no choices")
	}
	first := o.shown()
	for _, choice := range selects {
		for _, value := range choice.Values[1:] {
			o.press("select[name="+choice.Name+"]", kb.ArrowDown)
			now := o.shown()
			report(t, fmt.Sprintf("a figure is wrong after the choice of %q in %s", value, choice.Name), p.reports.disagreements(now))
			if slices.Equal(first, now) {
				t.Errorf("the choice of %q in %s changes nothing that is shown", value, choice.Name)
			}
			variants := ask[[]string](o, fmt.Sprintf(`Array.from(document.querySelectorAll("[data-%[1]s]")).filter((e) => e.checkVisibility()).map((e) => e.dataset[%[1]q])`, choice.Name))
			if other := slices.IndexFunc(variants, func(of string) bool { return of != value }); other >= 0 {
				t.Errorf("after the choice of %q in %s figures of %q are shown", value, choice.Name, variants[other])
			}
			if len(variants) == 0 && !slices.ContainsFunc(now, func(f figure) bool { return f.isOf(value) }) {
				t.Errorf("after the choice of %q in %s no figure of it is shown", value, choice.Name)
			}
		}
		o.press("button[type=reset]", kb.Enter)
		if ask[any](o, "new Promise((resolve) => setTimeout(resolve))"); !slices.Equal(first, o.shown()) {
			t.Errorf("the button to reset does not bring back what was shown before a choice in %s", choice.Name)
		}
	}
	report(t, "the page is not quiet", o.heard())
}

// isOf reports whether a value is in the key of a figure, or is summed up by it.
func (f figure) isOf(value string) bool {
	for _, part := range strings.Split(f.Key+"&"+f.Sum, "&") {
		if _, escaped, _ := strings.Cut(part, "="); escaped == url.QueryEscape(value) {
			return true
		}
	}
	return false
}

// withoutScripts compares the page with the same page without scripts: a figure may be folded away
// there, but it is there.
func (p pageTest) withoutScripts(t *testing.T) {
	with := p.browser.open(t, p.file, wide).figures()
	still := wide
	still.withoutScript = true
	o := p.browser.open(t, p.file, still)
	ask[any](o, `document.querySelectorAll("details").forEach((details) => { details.open = true })`)
	without := o.shown()
	for i := range with {
		with[i].Visible = true // also the figures of the choices that nobody made yet
	}
	report(t, "a figure needs scripts", missing(with, without))
}

func (p pageTest) keyboard(t *testing.T) {
	report(t, "a wide page", p.browser.open(t, p.file, wide).unreachable())
	report(t, "a phone", p.browser.open(t, p.file, phone).unreachable())
}

func (p pageTest) axe(t *testing.T) {
	o := p.browser.open(t, p.file, wide)
	report(t, "a wide page", o.inaccessible())
	if o.isDarkable() {
		dark := wide
		dark.dark = true
		o.look(dark)
		report(t, "dark colours", o.inaccessible())
	}
	o.look(phone)
	report(t, "a phone", o.inaccessible())
}

// isDarkable reports whether the page has colours for those who prefer dark ones.
func (o *tab) isDarkable() bool {
	o.t.Helper()
	return ask[bool](o, `Array.from(document.styleSheets).some((sheet) => Array.from(sheet.cssRules).some((rule) => /prefers-color-scheme/.test(rule.conditionText ?? "")))`)
}

func (p pageTest) widths(t *testing.T) {
	o := p.browser.open(t, p.file, wide)
	for _, v := range []view{wide, tablet, phone, {width: 320, height: 640}} {
		o.look(v)
		report(t, fmt.Sprintf("%d pixels", v.width), o.cut())
	}
}

func (p pageTest) paper(t *testing.T) {
	o := p.browser.open(t, p.file, wide)
	for _, s := range sheets {
		o.look(wide)
		report(t, s.name, o.onPaper(s))
	}
	if sheets := len(pdfPage.FindAll(o.pdf(sheets[0]), -1)); sheets == 0 {
		t.Error("the print has no pages")
	}
}

// report prints the first problems of a list.
func report(t *testing.T, title string, problems []string) {
	t.Helper()
	if len(problems) > 0 {
		t.Errorf("%s (%d):\n%s", title, len(problems), strings.Join(problems[:min(len(problems), 5)], "\n"))
	}
}

// shoot writes pictures and prints of the page, for people to look at.
func shoot(t *testing.T, b browser, page, directory string) {
	for _, v := range []view{phone, tablet, wide} {
		o := b.open(t, page, v)
		write(t, filepath.Join(directory, fmt.Sprintf("%d.png", v.width)), o.picture(float64(v.width), o.height()))
	}
	for _, s := range sheets {
		write(t, filepath.Join(directory, s.name+".pdf"), b.open(t, page, wide).pdf(s))
	}
	dark := wide
	dark.dark = true
	write(t, filepath.Join(directory, "dark.png"), b.open(t, page, dark).picture(float64(dark.width), float64(dark.height)))
}
