package config

import (
	"strconv"

	"github.com/tributary-engine/tributary/internal/failure"
)

// controlTotals is both a key of the configuration and the contract table that holds the same in a
// file.
const controlTotals = "control_totals"

// checkControlTotals reports what the schema cannot say of control totals. What depends on
// currencies is found when they are read.
func (t *tree) checkControlTotals(d document) {
	if _, given := d.Tables[controlTotals]; given && len(d.ControlTotals) > 0 {
		t.reportKey([]string{controlTotals}, "contradiction", "give control totals here or in a file under tables.control_totals, not both")
	}
	for i, line := range d.ControlTotals {
		path := func(keys ...string) []string { return append([]string{controlTotals, strconv.Itoa(i)}, keys...) }
		days := true
		for key, day := range map[string]string{"period_start": line.PeriodStart, "period_end": line.PeriodEnd} {
			if _, err := date(day); err != nil {
				t.report(path(key), "wrong value", err.Error())
				days = false
			}
		}
		if days && line.PeriodEnd < line.PeriodStart {
			t.report(path("period_end"), "wrong value", line.PeriodEnd+" is before period_start")
		}
		if line.Rows == "" && line.Amount == "" {
			t.report(path(), "missing key", "has none of rows, amount")
		}
	}
}

// refuseTwice refuses control totals in the configuration beside a file of the same.
func (j *Job) refuseDuplicates(file string) error {
	if len(j.ControlTotals) == 0 || file == "" {
		return nil
	}
	return failure.Errorf(failure.Usage, "control totals are given twice, by control_totals of the configuration and by %s\nhint: keep one of them", printable(file))
}
