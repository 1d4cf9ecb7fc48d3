package runs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

// What can be wrong with a file of a run.
const (
	Missing = "missing" // in the manifest, not in the run
	Changed = "changed" // not what the manifest says
	Extra   = "extra"   // in the run, not in the manifest
	Damaged = "damaged" // the manifest itself
)

// A Problem is a file of a run that is not as it was published.
type Problem struct {
	Path   string `json:"path"` // within the run
	Kind   string `json:"kind"` // Missing, Changed, Extra or Damaged
	Detail string `json:"detail"`
}

func (p Problem) String() string { return fmt.Sprintf("%s: %s: %s", p.Path, p.Kind, p.Detail) }

// Verify holds every file of a run against its manifest. dir is OUT/runs/<id> or OUT/current. An
// error means that the run could not be read; without problems and error the run is as it was
// published.
func Verify(dir string) ([]Problem, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, noRun(dir, err)
	}
	defer root.Close()
	manifest, err := readManifest(root)
	if errors.Is(err, fs.ErrNotExist) {
		return []Problem{{Path: manifestFile, Kind: Missing, Detail: "there is no manifest"}}, nil
	}
	if damage, ok := errors.AsType[*damaged](err); ok {
		return []Problem{{Path: manifestFile, Kind: Damaged, Detail: damage.Error()}}, nil
	}
	if err != nil {
		return nil, failure.Errorf(failure.IO, "reading the manifest of %s: %w", dir, err)
	}
	return compare(root, dir, manifest)
}

func compare(root *os.Root, dir string, manifest Manifest) ([]Problem, error) {
	expected := map[string]Output{}
	for _, output := range manifest.Outputs {
		expected[output.Path] = output
	}
	var problems []Problem
	err := fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() || name == manifestFile {
			return nil
		}
		output, known := expected[name]
		delete(expected, name)
		switch {
		case !known:
			problems = append(problems, Problem{name, Extra, "it is not in the manifest"})
		case !entry.Type().IsRegular():
			problems = append(problems, Problem{name, Changed, "it is not a regular file any more"})
		default:
			detail, err := difference(root, output)
			if err != nil {
				return err
			}
			if detail != "" {
				problems = append(problems, Problem{name, Changed, detail})
			}
		}
		return nil
	})
	if err != nil {
		return nil, failure.Errorf(failure.IO, "verifying %s: %w", dir, err)
	}
	for name := range expected {
		problems = append(problems, Problem{name, Missing, "it is in the manifest, but not in the run"})
	}
	slices.SortFunc(problems, func(a, b Problem) int { return strings.Compare(a.Path, b.Path) })
	return problems, nil
}

// difference says how a file is not what the manifest says, "" when it is.
func difference(root *os.Root, want Output) (string, error) {
	f, err := root.Open(want.Path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	digest, size, err := digestOf(context.Background(), f)
	switch {
	case err != nil:
		return "", err
	case size != want.Bytes:
		return fmt.Sprintf("%s, the manifest says %s", words.Count(size, "byte"), words.Number(want.Bytes)), nil
	case digest != want.SHA256:
		return fmt.Sprintf("sha256 %s, the manifest says %s", digest, want.SHA256), nil
	}
	return "", nil
}

// damaged is what is wrong with a manifest that could be read.
type damaged struct{ error }

// ReadManifest returns the manifest of a run.
func ReadManifest(dir string) (Manifest, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Manifest{}, noRun(dir, err)
	}
	defer root.Close()
	manifest, err := readManifest(root)
	if err != nil {
		return Manifest{}, failure.Errorf(failure.IO, "the manifest of %s: %w", dir, err)
	}
	return manifest, nil
}

func readManifest(root *os.Root) (Manifest, error) {
	text, err := root.ReadFile(manifestFile)
	if err != nil {
		return Manifest{}, err
	}
	manifest, err := decode(text)
	if err != nil {
		return Manifest{}, &damaged{err}
	}
	return manifest, nil
}

func noRun(dir string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return failure.Errorf(failure.Usage, "there is no run %s\nhint: `tributary runs` lists the runs of an output directory", dir)
	}
	return failure.Errorf(failure.IO, "opening the run %s: %w", dir, err)
}
