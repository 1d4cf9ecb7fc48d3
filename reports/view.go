package reports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
)

// A View is what a report shows to a person who asks for no more than its name. Its file declares
// it: the lines "-- shows:", "-- default:" and "-- bar:" before "-- columns:".
type View struct {
	Shows    []string // columns, the most important first; the columns of its key that tell rows apart are among them
	Defaults []Default
	Bar      string // the column that is also drawn as a bar; empty: none
}

// A Default chooses rows when nothing else is asked of its column.
type Default struct {
	Column, Operator, Value string // the operator is = or !=; the value PrimaryModel stands for that of the run
}

// PrimaryModel is the value of a default that stands for the primary model of the run.
const PrimaryModel = "(primary)"

// readView takes the lines of the view out of the head of the file, and returns the other lines.
func (r *Report) readView(head string) (rest string, err error) {
	declared, rest, err := engine.Declared(head, "shows", "default", "bar")
	if err != nil {
		return "", err
	}
	r.View = View{Shows: list(declared["shows"]), Bar: declared["bar"]}
	for _, text := range list(declared["default"]) {
		words := strings.SplitN(text, " ", 3)
		if len(words) < 2 || words[1] != "=" && words[1] != "!=" {
			return "", fmt.Errorf("the default %q is not COLUMN = VALUE", text)
		}
		r.View.Defaults = append(r.View.Defaults, Default{words[0], words[1], strings.Join(words[2:], "")})
	}
	return rest, nil
}

func list(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ", ")
}

// checkView wants the view to name columns of the report. A report by period shows the whole
// reporting period, unless its file says otherwise: rows of several types of periods side by side
// read like a sum.
func (r *Report) checkView() error {
	named := slices.Clone(r.View.Shows)
	for _, d := range r.View.Defaults {
		named = append(named, d.Column)
	}
	if r.View.Bar != "" {
		named = append(named, r.View.Bar)
	}
	for _, name := range named {
		if _, isColumn := r.Column(name); !isColumn {
			return fmt.Errorf("%s is shown, and is not a column", name)
		}
	}
	isPeriod := func(d Default) bool { return d.Column == "period_type" }
	if _, hasPeriods := r.Column("period_type"); hasPeriods && !slices.ContainsFunc(r.View.Defaults, isPeriod) {
		r.View.Defaults = slices.Insert(r.View.Defaults, 0, Default{"period_type", "=", "all"})
	}
	return nil
}
