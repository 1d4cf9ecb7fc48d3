package runs

import (
	"path"
	"strings"
)

// sweep removes what a run left that did not come to its end: what it staged, and what it had moved
// to runs/ without it becoming current.
func (o *output) sweep() error {
	entries, err := o.files.ReadDir(staging)
	if err != nil {
		return o.failed("reading", staging, err)
	}
	link, err := o.current()
	if err != nil {
		return err
	}
	var last []string // the marks go last: a sweep that fails is done again
	for _, entry := range entries {
		name := path.Join(staging, entry.Name())
		if id, marked := strings.CutPrefix(entry.Name(), publishing); marked {
			if run := path.Join(published, id); number(id) > 0 && link != run {
				if err := o.files.RemoveAll(run); err != nil {
					return o.failed("sweeping", run, err)
				}
			}
			last = append(last, name)
			continue
		}
		if err := o.files.RemoveAll(name); err != nil {
			return o.failed("sweeping", name, err)
		}
	}
	if err := o.files.RemoveAll(swap); err != nil {
		return o.failed("sweeping", swap, err)
	}
	if len(last) > 0 {
		if err := o.sync(published); err != nil {
			return err
		}
	}
	for _, name := range last {
		if err := o.files.RemoveAll(name); err != nil {
			return o.failed("sweeping", name, err)
		}
	}
	return nil
}
