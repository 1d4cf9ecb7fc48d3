package engine

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

// SplitHead cuts an SQL file after the comment at its head. The comment has no line feed at its end.
func SplitHead(text string) (comment, statement string) {
	var lines []string
	for statement = text; strings.HasPrefix(statement, "--"); {
		var line string
		line, statement, _ = strings.Cut(statement, "\n")
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n"), statement
}

// File is the text of an SQL file. The file is part of the program, so one that is missing is a
// defect.
func File(files embed.FS, path string) string {
	text, err := files.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// Statement is the SQL of a file without the comment at its head, with each {NAME} of these pairs
// replaced by what follows it: Statement(files, "sql/rows.sql", "{table}", "costs").
func Statement(files embed.FS, path string, replaced ...string) string {
	_, statement := SplitHead(File(files, path))
	return strings.NewReplacer(replaced...).Replace(strings.TrimSpace(statement))
}

// Declared reads the lines "-- KEY: VALUE" of these keys from the comment at the head of an SQL
// file. A line that begins with more than one blank continues the one before. The other lines are
// returned as rest; they come before the declarations, so that a mistyped key is an error.
func Declared(comment string, keys ...string) (values map[string]string, rest string, err error) {
	values = map[string]string{}
	var others []string
	key := ""
	for line := range strings.SplitSeq(comment, "\n") {
		name, value, _ := strings.Cut(strings.TrimPrefix(line, "-- "), ": ")
		further, continues := strings.CutPrefix(line, "--   ")
		switch {
		case slices.Contains(keys, name):
			key = name
			values[key] = value
		case key != "" && continues:
			values[key] += " " + further
		case key != "":
			return nil, "", fmt.Errorf("%q is after the line %s, which does not belong to the purpose", line, key)
		default:
			others = append(others, line)
		}
	}
	return values, strings.Join(others, "\n"), nil
}
