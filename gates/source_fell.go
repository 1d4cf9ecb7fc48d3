package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/words"
)

var sourceFell = gate{
	check: "source_fell", meaning: "rows are missing that one of several files had in the last run", stage: files, limits: limited(0.02, 0.1), needsBaseline: true, relative: true,
	query: sql("source_fell"),
	message: func(e *Evaluator, c candidate) string {
		return fmt.Sprintf("%s: %s has %s, %s fewer than the %s of run %s", c.Table, list(c.keys()), plural(int64(c.Now), "row", "rows"), percent(c.Value), words.Number(int64(c.Before)), e.baseline.ID)
	},
	remedy: "check whether this export was cut, or filtered",
}

var fileGone = gate{
	check: "file_gone", meaning: "files are missing that the last run read, between others", stage: files, limits: limited(always, none), needsBaseline: true,
	query: sql("file_gone"),
	message: func(e *Evaluator, c candidate) string {
		return fmt.Sprintf("%s: run %s read %s, and %s not there any more", c.Table, e.baseline.ID, list(c.keys()), map[bool]string{true: "it is", false: "they are"}[c.Before == 1])
	},
	remedy: "check whether the export of that day failed, or the file was renamed",
}
