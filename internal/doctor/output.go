package doctor

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/internal/words"
)

// configuration reads the configuration and finds its input files.
func configuration(file string) Check {
	const topic = "configuration"
	if file == "" {
		return Check{Topic: topic, Status: OK, Message: "none is named, and the working directory has no tributary.yaml"}
	}
	settings, ignored, err := config.Load(file, "")
	if err != nil {
		message, hint := failure.Split(err.Error())
		if hint == "" {
			hint = "`tributary validate --config " + file + "` lists everything that is wrong"
		}
		return Check{topic, Problem, oneLine(message), oneLine(hint)}
	}
	text := fmt.Sprintf("%s is valid and finds files for %s", file, words.Count(len(settings.Tables), "table"))
	if len(ignored) > 0 {
		return Check{topic, Warning, text + "; no table uses " + words.List(ignored, 3), "name them under tables, or move them away"}
	}
	return Check{Topic: topic, Status: OK, Message: text}
}

// output looks at the output directory and at the disks.
func output(p Place, last summary) []Check {
	checks := []Check{checkWritable(p.Out)}
	if exists(p.Out) {
		condition, err := runs.Look(p.Out)
		checks = append(checks, checkLock(condition.Lock), checkLeftovers(condition, err))
	}
	checks = append(checks, checkTemporary(p.TempDir))
	for _, place := range []struct{ topic, path string }{{"disk of the output", nearest(p.Out)}, {"disk for spilling", p.TempDir}} {
		free, isKnown := freeSpace(place.path)
		if !isKnown {
			checks = append(checks, Check{Topic: place.topic, Status: OK, Message: "free space is not known here"})
			continue
		}
		checks = append(checks, checkDisk(place.topic, place.path, free, last.bytes()))
	}
	return checks
}

func checkWritable(out string) Check {
	const topic = "output"
	info, err := os.Stat(out)
	switch {
	case err == nil && !info.IsDir():
		return Check{topic, Problem, out + " is not a directory", "choose another --out"}
	case err == nil && isWritable(out):
		return Check{Topic: topic, Status: OK, Message: out + " is writable"}
	case err == nil:
		return Check{topic, Problem, out + " is not writable", "give this user the right to write to it, or choose another --out"}
	case !os.IsNotExist(err):
		return Check{topic, Problem, "looking at " + out + ": " + sentence(err), "choose another --out"}
	case isWritable(nearest(out)):
		return Check{Topic: topic, Status: OK, Message: out + " does not exist yet; the first run creates it"}
	}
	return Check{topic, Problem, out + " does not exist, and " + nearest(out) + " is not writable", "make it, or choose another --out"}
}

func checkLock(l runs.Lock) Check {
	c := Check{Topic: "lock", Status: OK, Message: "free"}
	switch {
	case !l.IsKnown:
		c.Message = "whether a run holds it is not known here"
	case l.IsHeld:
		c.Status, c.Message = Warning, "a run is writing"
		c.Remedy = "wait for it: another run would end with exit code 5"
		if l.Process > 0 {
			c.Message = strings.TrimSpace(fmt.Sprintf("held by process %d %s", l.Process, bracketed(l.Command)))
		}
	}
	return c
}

func checkLeftovers(condition runs.Condition, err error) Check {
	const topic = "leftovers"
	switch {
	case err != nil:
		return Check{topic, Warning, sentence(err), "look as the user of the runs"}
	case len(condition.Leftovers) == 0:
		return Check{Topic: topic, Status: OK, Message: "none: every run ended normally"}
	case condition.Lock.IsHeld:
		return Check{Topic: topic, Status: OK, Message: "none, beside the files of the run that is writing"}
	}
	return Check{topic, Warning, fmt.Sprintf("a run did not end and left %s in %s", progress.Size(condition.Bytes), words.List(condition.Leftovers, 3)),
		"find out why it was killed; the next run removes them"}
}

// checkTemporary looks for what killed commands left in the directory for temporary files.
func checkTemporary(directory string) Check {
	const topic = "temporary files"
	found, err := filepath.Glob(filepath.Join(directory, "tributary-*"))
	if err != nil || len(found) == 0 {
		return Check{Topic: topic, Status: OK, Message: "none in " + directory}
	}
	return Check{topic, Warning, fmt.Sprintf("%s in %s, of commands that are running or were killed", words.Count(len(found), "directory"), directory),
		"remove " + filepath.Join(directory, "tributary-*") + " when no command is running"}
}

// checkDisk compares free space with the size of the last run.
func checkDisk(topic, path string, free, run int64) Check {
	c := Check{Topic: topic, Status: OK, Message: progress.Size(free) + " free at " + path}
	if run > 0 {
		c.Message += "; the last run takes " + progress.Size(run)
	}
	switch {
	case free < max(run, 100<<20):
		c.Status, c.Remedy = Problem, "free space: the next run would not fit; `tributary gc` deletes old runs"
	case free < max(3*run, 1<<30):
		c.Status, c.Remedy = Warning, "free space: a run writes beside the one before it, and spills; `tributary gc` deletes old runs"
	}
	return c
}

// nearest is a path, or the directory above it that exists.
func nearest(path string) string {
	for !exists(path) && path != filepath.Dir(path) {
		path = filepath.Dir(path)
	}
	return path
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// sentence is an error without its hint, on one line.
func sentence(err error) string {
	message, _ := failure.Split(err.Error())
	return oneLine(message)
}

func oneLine(text string) string { return strings.ReplaceAll(text, "\n", "; ") }

func bracketed(text string) string {
	if text == "" {
		return ""
	}
	return "(" + text + ")"
}
