package runs

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
)

// ids returns the runs in their order.
func (o *output) ids() ([]string, error) {
	entries, err := o.files.ReadDir(published)
	if err != nil {
		return nil, o.failed("reading", published, err)
	}
	return idsOf(entries), nil
}

// greatest returns the greatest number of a run that is there, refused or not, or that current
// names.
func (o *output) greatest() (int64, error) {
	ids, err := o.ids()
	if err != nil {
		return 0, err
	}
	entries, err := o.files.ReadDir(refused)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, o.failed("reading", refused, err)
	}
	ids = append(ids, idsOf(entries)...)
	link, err := o.current()
	if err != nil {
		return 0, err
	}
	greatest := number(path.Base(link))
	for _, id := range ids {
		greatest = max(greatest, number(id))
	}
	return greatest, nil
}

// idsOf keeps the names that are ids of runs, in their order.
func idsOf(entries []fs.DirEntry) []string {
	var ids []string
	for _, e := range entries {
		if e.IsDir() && number(e.Name()) > 0 {
			ids = append(ids, e.Name())
		}
	}
	slices.SortFunc(ids, func(a, b string) int { return int(min(max(number(a)-number(b), -1), 1)) })
	return ids
}

// idOf is the id of a run.
func idOf(number int64) string { return fmt.Sprintf("%06d", number) }

// number reads an id, which has six digits or, above 999999, as many as it needs. It is 0 for
// anything else.
func number(id string) int64 {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n < 1 || idOf(n) != id {
		return 0
	}
	return n
}
