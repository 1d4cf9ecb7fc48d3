package runs

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/tributary-engine/tributary/internal/failure"
)

// A Summary is one run, published or refused.
type Summary struct {
	ID       string
	Path     string
	Current  bool
	Refused  bool
	Ended    time.Time // when it was written, as its directory says
	Manifest Manifest  // empty when Damage is set
	Damage   string    // why the manifest cannot be trusted; Verify says more
}

// ErrNone says that an output directory holds no published run.
var ErrNone = errors.New("no run was published yet")

// List returns the published runs, the oldest first. A damaged run is listed with its damage.
func List(out string) ([]Summary, error) {
	ids, err := publishedIn(out)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(out); errors.Is(err, fs.ErrNotExist) {
			return nil, failure.Errorf(failure.Usage, "there is no output directory %s\nhint: give the --out of an earlier `tributary run`, or make a first run with `tributary run --out %s`", out, out)
		}
		return nil, nil
	}
	if err != nil {
		return nil, failure.Errorf(failure.IO, "listing the runs: %w", err)
	}
	link := linked(out)
	var runs []Summary
	for _, id := range ids {
		run := summaryOf(filepath.Join(out, published, id))
		run.Current = link == path.Join(published, id)
		runs = append(runs, run)
	}
	return runs, nil
}

// ListRefused returns the refused runs that are kept, the oldest first.
func ListRefused(out string) ([]Summary, error) {
	entries, err := os.ReadDir(filepath.Join(out, refused))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return nil, nil // it is its owner's alone
	}
	if err != nil {
		return nil, failure.Errorf(failure.IO, "listing the refused runs: %w", err)
	}
	var runs []Summary
	for _, id := range idsOf(entries) {
		run := summaryOf(filepath.Join(out, refused, id))
		run.Refused = true
		runs = append(runs, run)
	}
	return runs, nil
}

func summaryOf(directory string) Summary {
	run := Summary{ID: filepath.Base(directory), Path: directory}
	if info, err := os.Stat(directory); err == nil {
		run.Ended = info.ModTime()
	}
	var err error
	if run.Manifest, err = ReadManifest(directory); err != nil {
		run.Damage = err.Error()
	}
	return run
}

// publishedIn returns the runs, the oldest first, without one that is about to become current or,
// after a crash, never did.
func publishedIn(out string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(out, published))
	link := linked(out)
	return slices.DeleteFunc(idsOf(entries), func(id string) bool {
		_, err := os.Lstat(filepath.Join(out, staging, publishing+id))
		return err == nil && link != path.Join(published, id)
	}), err
}

// linked returns where current points, "" when there is none.
func linked(out string) string {
	link, err := os.Readlink(filepath.Join(out, current))
	if err != nil {
		return ""
	}
	return path.Clean(filepath.ToSlash(link))
}

// Current returns the directory of the current run, OUT/runs/<id>: hold on to it rather than to
// OUT/current, which may change meanwhile. Without any run the error is ErrNone; a damaged current
// names the last good run.
func Current(out string) (string, error) {
	link, err := os.Readlink(filepath.Join(out, current))
	if errors.Is(err, fs.ErrNotExist) {
		runs, err := List(out)
		if err != nil {
			return "", err
		}
		if len(runs) == 0 {
			return "", failure.Errorf(failure.Usage, "%s: %w\nhint: run `tributary run --out %s` first; `tributary runs --out %s` lists the runs, refused ones too", out, ErrNone, out, out)
		}
		return "", broken(out, "is missing")
	}
	if err != nil {
		return "", broken(out, "is not a symbolic link")
	}
	target := path.Clean(filepath.ToSlash(link))
	id := path.Base(target)
	if number(id) == 0 || target != path.Join(published, id) {
		return "", broken(out, "points to "+link+", which is not a run")
	}
	dir := filepath.Join(out, published, id)
	if info, err := os.Lstat(dir); err != nil || !info.IsDir() {
		return "", broken(out, "points to "+link+", which does not exist")
	}
	if _, err := ReadManifest(dir); err != nil {
		return "", broken(out, "points to "+link+", whose manifest is damaged ("+err.Error()+")")
	}
	return dir, nil
}

// broken says what is wrong with current, and what to point it at.
func broken(out, what string) error {
	ids, _ := publishedIn(out)
	for i := len(ids) - 1; i >= 0; i-- {
		if problems, err := Verify(filepath.Join(out, published, ids[i])); err == nil && len(problems) == 0 {
			return failure.Errorf(failure.IO, "%s %s\nhint: run again, or point current at the last good run, %s, with `ln -sfn runs/%s %s`",
				filepath.Join(out, current), what, ids[i], ids[i], filepath.Join(out, current))
		}
	}
	return failure.Errorf(failure.IO, "%s %s, and no run in %s is good\nhint: run again", filepath.Join(out, current), what, filepath.Join(out, published))
}

// Directory returns where a run lies, published or refused, by its id, which may be written without
// its zeros.
func Directory(out, id string) (string, error) {
	if n, err := strconv.ParseInt(id, 10, 64); err == nil && n > 0 && len(id) < 6 {
		id = idOf(n)
	}
	dir := filepath.Join(out, published, id)
	info, err := os.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		dir = filepath.Join(out, refused, id)
		info, err = os.Lstat(dir)
	}
	if number(id) == 0 || err != nil || !info.IsDir() {
		return "", failure.Errorf(failure.Usage, "there is no run %q in %s%s\nhint: list the runs with `tributary runs --out %s`", id, out, newest(out), out)
	}
	return dir, nil
}

// newest names the newest published run for a message, "" without one.
func newest(out string) string {
	ids, _ := publishedIn(out)
	if len(ids) == 0 {
		return ""
	}
	return "; the newest is " + ids[len(ids)-1]
}
