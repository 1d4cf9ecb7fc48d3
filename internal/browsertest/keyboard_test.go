package browsertest

import (
	_ "embed"
	"fmt"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

//go:embed testdata/ask/keyboard.js
var keyboardScript string

// unreachable walks through the page with the Tab key, as someone without a mouse does, and tells
// what it does not reach, what has the focus without showing it, and where the order jumps.
// axe-core cannot see this: it presses no keys.
func (o *tab) unreachable() []string {
	o.t.Helper()
	page := ask[struct{ Names, MouseOnly, Jumps []string }](o, keyboardScript)
	var problems []string
	for _, name := range page.MouseOnly {
		problems = append(problems, "reacts to the mouse alone: "+name)
	}
	for _, name := range page.Jumps {
		problems = append(problems, "jumps the order of the page (tabindex above 0): "+name)
	}
	reached := make([]bool, len(page.Names))
	last := -1
	for range len(page.Names) + 20 {
		o.do(chromedp.KeyEvent(kb.Tab))
		now := ask[*struct {
			Index            int
			Name             string
			IsSeen, IsInView bool
		}](o, "window.focusedNow()")
		if now == nil { // the end of the page
			break
		}
		if !now.IsSeen {
			problems = append(problems, "the focus cannot be seen: "+now.Name)
		}
		if !now.IsInView {
			problems = append(problems, "has the focus outside of the window: "+now.Name)
		}
		if now.Index < 0 {
			problems = append(problems, "takes the focus and does nothing: "+now.Name)
			continue
		}
		if reached[now.Index] {
			problems = append(problems, "the focus comes back, and never leaves the page: "+now.Name)
			break
		}
		if now.Index < last {
			problems = append(problems, "out of order: "+now.Name)
		}
		reached[now.Index], last = true, now.Index
	}
	for i, name := range page.Names {
		if !reached[i] {
			problems = append(problems, "the Tab key does not reach it: "+name)
		}
	}
	if len(page.Names) == 0 {
		problems = append(problems, "the page has nothing that the keyboard could reach")
	}
	return problems
}

// press presses a key while an element has the focus.
func (o *tab) press(selector, key string) {
	o.t.Helper()
	ask[any](o, fmt.Sprintf("document.querySelector(%q).focus()", selector))
	o.do(chromedp.KeyEvent(key))
}
