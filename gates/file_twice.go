package gates

import "fmt"

var fileTwice = gate{
	check: "file_twice", meaning: "rows are of a file that was given twice", stage: files, limits: limited(none, always),
	query: sql("file_twice"),
	message: func(e *Evaluator, c candidate) string {
		return fmt.Sprintf("%s: the files %s are the same, byte for byte", c.Table, list(c.keys()))
	},
	remedy: "give each file once",
}
