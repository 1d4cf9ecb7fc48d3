package reports

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
)

// WriteJSON writes a query's answer as a JSON array, one object per row, keys in the order of the
// columns. Numbers are JSON numbers with every digit that they have, true and false are booleans, NULL
// is null, and everything else is a string: ids too, which may begin with zeros.
func WriteJSON(ctx context.Context, eng *engine.Engine, query string, out io.Writer) error {
	w := bufio.NewWriter(out)
	var names []string
	opening := "[\n"
	err := Rows(ctx, eng, query,
		func(header []string) error {
			for _, name := range header { // of a query: any text
				quoted, err := json.Marshal(name)
				if err != nil {
					return err
				}
				names = append(names, strings.TrimSuffix(strings.TrimPrefix(string(quoted), `"`), `"`))
			}
			return nil
		},
		func(cells []Cell) error {
			var fields []string
			for i, c := range cells {
				value, err := jsonOf(c)
				if err != nil {
					return err
				}
				fields = append(fields, `"`+names[i]+`": `+value)
			}
			_, err := w.WriteString(opening + "  {" + strings.Join(fields, ", ") + "}")
			opening = ",\n"
			if err != nil {
				return failure.Writing("%w", err)
			}
			return nil
		})
	if err != nil {
		return err
	}
	if opening == "[\n" {
		_, _ = w.WriteString("[")
	}
	_, _ = w.WriteString("\n]\n")
	if err := w.Flush(); err != nil {
		return failure.Writing("%w", err)
	}
	return nil
}

// jsonOf is a cell as a value of JSON.
func jsonOf(c Cell) (string, error) {
	switch {
	case c.IsNull:
		return "null", nil
	case (c.IsNumber || c.IsBool) && json.Valid([]byte(c.Text)): // NaN and the infinities of a query's doubles are none
		return c.Text, nil
	}
	value, err := json.Marshal(c.Text)
	return string(value), err
}
