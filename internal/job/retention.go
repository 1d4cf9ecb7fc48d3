package job

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/tributary-engine/tributary/gates"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/runs"
)

// A Retention says which runs of an output directory stay and which go.
type Retention struct {
	Out     string     `json:"out"`
	Keep    int        `json:"keep"`
	Bytes   int64      `json:"bytes"` // of the runs that go
	Deleted []Retained `json:"deleted"`
	Kept    []Retained `json:"kept"`

	gone []runs.Summary
}

// A Retained run is one line of a Retention. Bytes are those of a run that goes, Reasons those of
// one that stays.
type Retained struct {
	Run     string   `json:"run"`
	Refused bool     `json:"refused"`
	AsOf    string   `json:"as_of,omitempty"`
	Damage  string   `json:"damage,omitempty"`
	Bytes   int64    `json:"bytes,omitempty"`
	Reasons []string `json:"reasons,omitempty"`
}

// Retain says what would be deleted if the newest runs, keep of them, were kept.
func Retain(out string, keep int) (Retention, error) {
	r := Retention{Out: out, Keep: keep, Deleted: []Retained{}, Kept: []Retained{}}
	if keep < 1 {
		return r, failure.Errorf(failure.Usage, "--keep: %d is not a number of runs from 1\nhint: the current run is always kept", keep)
	}
	published, err := runs.List(out)
	if err != nil {
		return r, err
	}
	refused, err := runs.ListRefused(out)
	if err != nil {
		return r, err
	}
	reasons, oldest := keepNewest(published, keep)
	keepClosings(published, reasons)
	if err := keepBaselines(out, reasons); err != nil {
		return r, err
	}
	for _, run := range published {
		if err := r.add(run, reasons[run.ID]); err != nil {
			return r, err
		}
	}
	for _, run := range refused {
		var why []string
		if oldest == "" || !older(run.ID, oldest) {
			why = []string{"not older than the runs that are kept"}
		}
		if err := r.add(run, why); err != nil {
			return r, err
		}
	}
	return r, nil
}

// Collect deletes what Retain says, under the lock. It tells what goes before it deletes anything.
func Collect(ctx context.Context, out string, keep int, tell func(Retention) error) error {
	if _, err := Retain(out, keep); err != nil { // no output directory is made
		return err
	}
	return runs.Delete(ctx, out, func() ([]runs.Summary, error) {
		r, err := Retain(out, keep)
		if err != nil {
			return nil, err
		}
		return r.gone, tell(r)
	})
}

// add adds a run, which stays if there is a reason.
func (r *Retention) add(run runs.Summary, reasons []string) error {
	line := Retained{Run: run.ID, Refused: run.Refused, AsOf: run.Manifest.AsOf, Damage: run.Damage, Reasons: reasons}
	if len(reasons) > 0 {
		r.Kept = append(r.Kept, line)
		return nil
	}
	var err error
	if line.Bytes, err = run.Size(); err != nil {
		return err
	}
	r.Bytes += line.Bytes
	r.Deleted, r.gone = append(r.Deleted, line), append(r.gone, run)
	return nil
}

// older reports whether an id is less than another.
func older(a, b string) bool { return len(a) < len(b) || len(a) == len(b) && a < b }

// AmongNewest is the reason of the newest runs.
const AmongNewest = "among the newest"

// A keeping is why runs stay, by id.
type keeping map[string][]string

func (k keeping) keep(run runs.Summary, reason string) {
	if !slices.Contains(k[run.ID], reason) {
		k[run.ID] = append(k[run.ID], reason)
	}
}

// keepNewest keeps the current run, the newest sound ones and the damaged ones among these. A
// damaged run takes no place of a sound one. oldest is the oldest of the newest; empty if there are
// not as many.
func keepNewest(published []runs.Summary, atMost int) (reasons keeping, oldest string) {
	reasons = keeping{}
	sound := 0
	for _, run := range slices.Backward(published) {
		if run.Current {
			reasons.keep(run, "current")
		}
		if sound == atMost {
			continue
		}
		reasons.keep(run, AmongNewest)
		if run.Damage == "" {
			if sound++; sound == atMost {
				oldest = run.ID
			}
		}
	}
	return reasons, oldest
}

// closedPeriod are the findings whose acceptance changes the figures of a closed period.
var closedPeriod = []string{"closed-period", "won-changed"}

// keepClosings keeps the figures of closed periods: of every change of closed_through the run before
// it and the first run after it, and of every run in which a change to a closed period was accepted
// that run and the one before it.
func keepClosings(published []runs.Summary, reasons keeping) {
	var sound []runs.Summary
	var closed []string
	for _, run := range published {
		if run.Damage == "" {
			sound, closed = append(sound, run), append(closed, closedThrough(run.Path))
		}
	}
	for i, run := range sound {
		through, before := closed[i], ""
		if i > 0 {
			before = closed[i-1]
		}
		if through != before {
			keepLike(sound, closed, i, 1, reasons, afterClosing(through))
			keepLike(sound, closed, i-1, -1, reasons, beforeClosing(through, before))
		}
		if i > 0 && through != "" && slices.ContainsFunc(run.Manifest.Accepted, func(a runs.Acceptance) bool { return slices.Contains(closedPeriod, a.Code) }) {
			reasons.keep(run, "a change to a closed period was accepted")
			reasons.keep(sound[i-1], "the last run before a change to a closed period was accepted")
		}
	}
}

func afterClosing(through string) string {
	if through == "" {
		return ""
	}
	return "the first run with the books closed through " + through
}

func beforeClosing(through, before string) string {
	if through == "" {
		return "the last run with the books closed through " + before
	}
	return "the last run before the books were closed through " + through
}

// keepLike keeps the run at a place. If flags bent its period or its models, it also keeps the
// nearest run in a direction that none bent, as long as closed_through is the same.
func keepLike(sound []runs.Summary, closed []string, at, step int, reasons keeping, reason string) {
	if reason == "" {
		return
	}
	for i := at; i >= 0 && i < len(sound) && closed[i] == closed[at]; i += step {
		isBent := len(sound[i].Manifest.Overrides) > 0
		if i == at || !isBent {
			reasons.keep(sound[i], reason)
		}
		if !isBent {
			return
		}
	}
}

// keepBaselines keeps the runs with which the next run is compared.
func keepBaselines(out string, reasons keeping) error {
	baselines, err := gates.FindBaselines(out)
	if err != nil {
		return err
	}
	for _, run := range baselines.Sound {
		reasons.keep(run, "the next run is compared with it")
	}
	return nil
}

// closedLine is how Marshal writes closed_through.
var closedLine = regexp.MustCompile(`^closed_through: "?([0-9]{4}-[0-9]{2}-[0-9]{2})"?$`)

// closedThrough is the day up to which the books were closed when a run was made; empty: none. Only
// its line is read, so that the configuration may be that of any version.
func closedThrough(directory string) string {
	f, err := os.Open(filepath.Join(directory, "config.yaml"))
	if err != nil {
		return ""
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if found := closedLine.FindStringSubmatch(lines.Text()); found != nil {
			return found[1]
		}
	}
	return ""
}
