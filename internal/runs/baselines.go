package runs

import (
	"errors"
	"io/fs"
	"os"
	"slices"

	"github.com/tributary-engine/tributary/internal/failure"
)

// Baselines are the published runs against which a new run is held.
type Baselines struct {
	Sound   []Summary // the newest first
	Damaged []Unsound // those that could not be, although they should
}

// An Unsound run is not as its manifest says.
type Unsound struct{ ID, What string }

// FindBaselines returns at most the last ten runs whose period and models no flag bent. A run in
// which a person accepted what gates refused is the last of them: what came before counts no more.
// Of each, the files that are named have to be as its manifest says; a run of a version that had
// none of them is sound, and so is an output directory that is not there yet.
func FindBaselines(out string, files ...string) (Baselines, error) {
	const most = 10
	var found Baselines
	list, err := List(out)
	if err != nil {
		if failure.CodeOf(err) == failure.Usage {
			return found, nil // there is no directory yet
		}
		return found, err
	}
	for _, run := range slices.Backward(list) {
		if len(run.Manifest.Overrides) > 0 {
			continue
		}
		what := run.Damage
		if what == "" {
			if what, err = run.differs(files); err != nil {
				return found, err
			}
		}
		if what != "" {
			found.Damaged = append(found.Damaged, Unsound{run.ID, what})
			continue
		}
		found.Sound = append(found.Sound, run)
		if len(found.Sound) == most || len(run.Manifest.Accepted) > 0 {
			break
		}
	}
	return found, nil
}

// differs says how the first of some files is not what the manifest says, "" when all are.
func (s Summary) differs(files []string) (string, error) {
	root, err := os.OpenRoot(s.Path)
	if err != nil {
		return "", noRun(s.Path, err)
	}
	defer root.Close()
	for _, output := range s.Manifest.Outputs {
		if !slices.Contains(files, output.Path) {
			continue
		}
		detail, err := difference(root, output)
		if errors.Is(err, fs.ErrNotExist) {
			detail, err = "it is missing", nil
		}
		if err != nil {
			return "", failure.Errorf(failure.IO, "reading run %s: %w", s.ID, err)
		}
		if detail != "" {
			return output.Path + ": " + detail, nil
		}
	}
	return "", nil
}
