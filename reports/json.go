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
// columns. Every value is a string, so that no reader rounds it; NULL is null.
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
				value := []byte("null")
				if !c.IsNull {
					var err error
					if value, err = json.Marshal(c.Text); err != nil {
						return err
					}
				}
				fields = append(fields, `"`+names[i]+`": `+string(value))
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
