package findings

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"tributary/internal/engine"
)

// A Check is a question to the engine's tables about one oddity. To add one is to add it to a list.
type Check struct {
	Table    string
	Name     string
	Severity Severity // where it finds something
	Meaning  string   // reads on from the number of rows: "touches name a contact that contacts does not have"
	Query    string   // answers with one line per key: key (text, or NULL where there is none to show) and n, the rows that it stands for
}

// Ask puts every check to the engine, and returns as many findings, in the order of the list.
func Ask(ctx context.Context, eng *engine.Engine, checks []Check) ([]Finding, error) {
	var found []Finding
	for _, c := range checks {
		f, err := c.ask(ctx, eng)
		if err != nil {
			return nil, fmt.Errorf("check %s of %s: %w", c.Name, c.Table, err)
		}
		found = append(found, f)
	}
	return found, nil
}

// ask reads the sum of an answer, and its least keys by bytes. A key with an @ may be an e-mail, whatever its column is
// called: it is counted and not shown.
func (c Check) ask(ctx context.Context, eng *engine.Engine) (Finding, error) {
	var total int64
	var keys any // a list of texts; NULL if there are none
	err := eng.Row(ctx, fmt.Sprintf(`
		SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT), MIN(key, %d) FILTER (WHERE NOT CONTAINS(key, '@')) FROM (%s) AS found`, MaxExamples, c.Query),
		nil, &total, &keys)
	if err != nil {
		return Finding{}, err
	}
	f := Of(c.Table, c.Name, c.Severity, total, c.Meaning)
	if list, ok := keys.([]any); ok {
		for _, key := range list {
			f.Examples = append(f.Examples, Shortened(key.(string)))
		}
	}
	return f, nil
}

// Shortened is a key of at most a hundred bytes, cut between two characters.
func Shortened(key string) string {
	const longest = 100
	if len(key) <= longest {
		return key
	}
	end := longest
	for !utf8.RuneStart(key[end]) {
		end--
	}
	return strings.TrimSpace(key[:end]) + "..."
}
