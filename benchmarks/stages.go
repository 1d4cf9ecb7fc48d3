package main

import "strings"

// The groups of the table, in its order. other holds what no line of stageGroups names, and the
// time between stages.
const (
	read      = "read"
	keys      = "keys"
	identity  = "identity"
	crediting = "journeys and credit"
	checks    = "checks"
	making    = "reports"
	publish   = "publish"
	other     = "other"
)

var groups = []string{read, keys, identity, crediting, checks, making, publish, other}

// stageGroups maps the names under which the program begins its stages to groups. The first line
// that fits is taken, so exact names come before beginnings, which end in "...".
var stageGroups = []struct{ stage, group string }{
	{"reading touchpoints", crediting},
	{"reading...", read},
	{"checking the input", keys},
	{"preparing", identity},
	{"stitching...", identity},
	{"comparing control totals", checks},
	{"finding conversions and costs", crediting},
	{"building...", crediting},
	{"crediting...", crediting},
	{"checking...", checks},
	{"computing...", making},
	{"preparing reports", making},
	{"making reports", making},
	{"writing...", making},
	{"hashing and publishing", publish},
	{"publishing...", publish},
	{"storing the refused run", publish},
}

// groupOf is the group of a stage.
func groupOf(stage string) string {
	for _, s := range stageGroups {
		beginning, isBeginning := strings.CutSuffix(s.stage, "...")
		if stage == s.stage || isBeginning && strings.HasPrefix(stage, beginning) {
			return s.group
		}
	}
	return other
}

// isTouchFile tells whether the stage reads the touch file.
func isTouchFile(stage string) bool { return strings.HasPrefix(stage, "reading touchpoints.") }
