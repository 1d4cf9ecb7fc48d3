package browsertest

import (
	_ "embed"
	"fmt"
	"strings"
)

// axe-core 4.14.1 from npm, under the Mozilla Public License 2.0, which is beside it.
//
//go:embed testdata/axe/axe.min.js
var axe string

// inaccessible is what axe-core finds in the page as it is now: the rules of WCAG and its own best
// practices. What is not displayed is removed first: axe-core looks at all of it before it leaves it
// out, which takes minutes for a page whose choices are all in it.
func (o *tab) inaccessible() []string {
	o.t.Helper()
	ask[any](o, `document.querySelectorAll("main *").forEach((element) => { if (getComputedStyle(element).display === "none") element.remove() })`)
	ask[any](o, axe+"; null")
	type violation struct {
		ID, Help string
		Nodes    []string
	}
	found := ask[[]violation](o, `axe.run(document, {resultTypes: ["violations"]}).then((result) => result.violations.map((v) => ({
		id: v.id, help: v.help, nodes: v.nodes.map((node) => node.target.join(" ") + ": " + node.any.concat(node.all, node.none).map((check) => check.message).join("; ")),
	})))`)
	var problems []string
	for _, v := range found {
		problems = append(problems, fmt.Sprintf("%s (%s), %d times: %s", v.ID, v.Help, len(v.Nodes), strings.Join(v.Nodes[:min(3, len(v.Nodes))], " | ")))
	}
	return problems
}
