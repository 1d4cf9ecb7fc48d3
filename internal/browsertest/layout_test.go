package browsertest

import (
	"context"
	_ "embed"
	"regexp"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/ask/overflow.js
var overflowScript string

//go:embed testdata/ask/paper.js
var paperScript string

// cut is what a reader cannot see at the width of the page.
func (o *tab) cut() []string {
	o.t.Helper()
	return ask[[]string](o, overflowScript)
}

// A sheet is a format of paper, and its width in pixels of 1/96 inch.
type sheet struct {
	name   string
	size   chromedp.PaperSize
	pixels float64
}

var sheets = []sheet{{"A4", chromedp.PaperA4, 210 / 25.4 * 96}, {"Letter", chromedp.PaperLetter, 8.5 * 96}}

// onPaper is what gets lost when the page is printed as it is now.
func (o *tab) onPaper(s sheet) []string {
	o.t.Helper()
	onScreen := o.figures()
	width := int64(s.pixels - 2*ask[float64](o, marginScript))
	o.look(view{width: width, height: width, print: true})
	problems := append(o.cut(), ask[[]string](o, paperScript)...)
	for _, f := range missing(onScreen, o.figures()) {
		problems = append(problems, "not printed: "+f)
	}
	return problems
}

// marginScript is the margin at the left of a sheet, in pixels: that of the page, or the 1 cm of the
// browser.
const marginScript = `(() => {
	const page = Array.from(document.styleSheets).flatMap((sheet) => Array.from(sheet.cssRules)).find((rule) => rule instanceof CSSPageRule);
	return CSSStyleValue.parse("width", page?.style.marginLeft || "1cm").to("px").value;
})()`

// pdf prints the page. The margins are those of the browser, or of the page if it sets some.
func (o *tab) pdf(s sheet) []byte {
	o.t.Helper()
	document, err := chromedp.Run(o.context, chromedp.PrintToPDF(chromedp.PDFPaper(s.size)))
	if err != nil {
		o.t.Fatal(err)
	}
	return document
}

var pdfPage = regexp.MustCompile(`/Type\s*/Page\b`)

// picture is a PNG of the page from its top: of the whole page, or of so many pixels.
func (o *tab) picture(width, height float64) []byte {
	o.t.Helper()
	shot, err := chromedp.Run(o.context, func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		beyond := true
		result, err := cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{
			Format: page.CaptureScreenshotFormatPng, CaptureBeyondViewport: &beyond,
			Clip: &page.Viewport{Width: width, Height: height, Scale: 1},
		})
		return result.Data, err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return shot
}

// height is that of the whole page.
func (o *tab) height() float64 {
	o.t.Helper()
	return ask[float64](o, "document.documentElement.scrollHeight")
}
