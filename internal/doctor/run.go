package doctor

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/internal/words"
)

// A summary is the current run, and the sound runs up to it, the newest first.
type summary struct {
	runs.Summary
	history []runs.Summary
}

// bytes is the size of the run.
func (s summary) bytes() int64 {
	var sum int64
	for _, output := range s.Manifest.Outputs {
		sum += output.Bytes
	}
	return sum
}

// lastRun finds the current run; it has no ID where there is none.
func lastRun(out string) (summary, error) {
	directory, err := runs.Current(out)
	if err != nil {
		return summary{}, err
	}
	list, err := runs.List(out)
	if err != nil {
		return summary{}, err
	}
	var s summary
	for _, run := range list {
		if run.Damage == "" {
			s.history = append([]runs.Summary{run}, s.history...)
		}
		if run.ID == filepath.Base(directory) {
			s.Summary = run
			break
		}
	}
	return s, nil
}

// published judges the current run: whether it is whole, how old it is, and what is stale in it.
func published(ctx context.Context, eng *engine.Engine, p Place, last summary) []Check {
	checks := []Check{checkAge(last.Ended, p.Now, last.ID), checkAsOf(last.Manifest.AsOf, p.Now, p.MaxAge), checkFiles(last)}
	checks = append(checks, checkWarnings(last))
	if refused, err := runs.ListRefused(p.Out); err == nil {
		checks = append(checks, checkRefused(last.ID, refused))
	}
	checks = append(checks, checkInputs(last.history))
	return append(checks, rates(ctx, eng, last)...)
}

// checkAge warns of a nightly job that no longer runs.
func checkAge(ended, now time.Time, id string) Check {
	c := Check{Topic: "last run", Status: OK, Message: fmt.Sprintf("%s ended at %s, %s", id, ended.UTC().Format("2006-01-02 15:04Z"), ago(now.Sub(ended)))}
	if now.Sub(ended) > 48*time.Hour {
		c.Status = Warning
		c.Remedy = "find out whether the scheduler runs the job, and with which exit code: a night that ends with 1 to 7, such as 3 for a broken export, often leaves nothing here but a message in the log of the job"
	}
	return c
}

// checkAsOf warns of figures that are old because the data is.
func checkAsOf(asOf string, now time.Time, maxAge int) Check {
	const topic = "as of"
	at, err := time.Parse(time.RFC3339Nano, asOf)
	if err != nil {
		return Check{topic, Problem, fmt.Sprintf("the manifest has the as-of %q, which is not an instant", asOf), "run again"}
	}
	c := Check{Topic: topic, Status: OK, Message: fmt.Sprintf("the figures are as of %s, %s", at.Format("2006-01-02 15:04Z"), ago(now.Sub(at)))}
	if now.Sub(at) > time.Duration(maxAge)*24*time.Hour {
		c.Status = Warning
		c.Remedy = "check whether new exports arrive, and whether as_of is set in the configuration; --max-age sets another limit"
	}
	return c
}

// checkFiles compares the names and sizes of the files of the run with its manifest.
func checkFiles(last summary) Check {
	const topic = "files"
	var wrong []string
	for _, output := range last.Manifest.Outputs {
		if info, err := os.Stat(filepath.Join(last.Path, filepath.FromSlash(output.Path))); err != nil || info.Size() != output.Bytes {
			wrong = append(wrong, output.Path)
		}
	}
	if len(wrong) > 0 {
		return Check{topic, Problem, fmt.Sprintf("%s of run %s %s missing or changed: %s", words.Count(len(wrong), "file"), last.ID, words.Choose(len(wrong), "is", "are"), words.List(wrong, 3)),
			"do not use the figures of this run; run again, or restore the files from a backup"}
	}
	return Check{Topic: topic, Status: OK, Message: fmt.Sprintf("the manifest and the sizes of %s match (`tributary verify` compares every byte)", words.Count(len(last.Manifest.Outputs), "file"))}
}

// checkWarnings counts the warnings that the run had and the one before it had not.
func checkWarnings(last summary) Check {
	const topic = "warnings"
	records, err := findings.Read(last.Path)
	if err != nil {
		return Check{topic, Warning, sentence(err), "look at findings.json of the run"}
	}
	var fresh []string
	known := 0
	for _, r := range records.Findings {
		switch {
		case r.Severity != "warn":
		case r.KnownSince == last.ID:
			name := r.Code
			if r.Table != findings.Run {
				name += " of " + r.Table
			}
			fresh = append(fresh, name)
		default:
			known++
		}
	}
	if len(fresh) > 0 {
		return Check{topic, Warning, fmt.Sprintf("%s: %s; %s known", words.Count(len(fresh), "new warning"), words.List(fresh, 5), words.Number(known)),
			"read them: `tributary report findings --where severity=warn`"}
	}
	return Check{Topic: topic, Status: OK, Message: fmt.Sprintf("none new, %s known", words.Number(known))}
}

// checkRefused warns of runs that were refused after the current one was published.
func checkRefused(current string, refused []runs.Summary) Check {
	const topic = "refused runs"
	var since, why []string
	for _, run := range refused {
		if len(run.ID) > len(current) || len(run.ID) == len(current) && run.ID > current {
			since = append(since, run.ID)
			why = append(why, run.Manifest.Refused...)
		}
	}
	if len(since) == 0 {
		return Check{Topic: topic, Status: OK, Message: "none since the last run"}
	}
	slices.Sort(why)
	return Check{topic, Warning, fmt.Sprintf("%s since the last one that was published: %s", words.Count(len(since), "refused run"), words.List(slices.Compact(why), 5)),
		"correct the input, or accept the finding with `tributary run --accept`"}
}

// unchangedRuns is how many runs an input file stays the same until that is a warning.
const unchangedRuns = 3

// checkInputs warns of input files that are the same in the last runs: an export that no longer runs.
func checkInputs(history []runs.Summary) Check {
	const topic = "inputs"
	if len(history) < unchangedRuns {
		return Check{Topic: topic, Status: OK, Message: fmt.Sprintf("too few runs to tell whether files still change (fewer than %d)", unchangedRuns)}
	}
	var same []string
	for _, in := range history[0].Manifest.Inputs {
		isSame := true
		for _, before := range history[1:unchangedRuns] {
			isSame = isSame && slices.ContainsFunc(before.Manifest.Inputs, func(old runs.Input) bool {
				return old.Table == in.Table && old.File == in.File && old.SHA256 == in.SHA256
			})
		}
		if isSame {
			same = append(same, in.File)
		}
	}
	if len(same) > 0 {
		return Check{topic, Warning, fmt.Sprintf("%s the same in the last %d runs: %s", words.Count(len(same), "file")+words.Choose(len(same), " is", " are"), unchangedRuns, words.List(same, 5)),
			"check whether their exports still run"}
	}
	return Check{Topic: topic, Status: OK, Message: fmt.Sprintf("no file is the same in the last %d runs", unchangedRuns)}
}

// rates finds the currencies whose exchange rates end before as-of.
func rates(ctx context.Context, eng *engine.Engine, last summary) []Check {
	file := filepath.Join(last.Path, "tables", "exchange_rates.parquet")
	if !exists(file) {
		return nil
	}
	ends, err := eng.Texts(ctx, "SELECT currency || ' ' || CAST(MAX(effective_on) AS VARCHAR) FROM read_parquet("+engine.Text(file)+") GROUP BY currency ORDER BY currency")
	if err != nil {
		return []Check{{"exchange rates", Warning, "their table cannot be read: " + sentence(err), "check the run with `tributary verify`"}}
	}
	if len(ends) == 0 {
		return nil
	}
	return []Check{checkRates(ends, last.Manifest.AsOf)}
}

// rateDays is how many days before as-of the newest rate of a currency may be: rates are often
// monthly.
const rateDays = 35

// checkRates warns of currencies whose last rate, given as "EUR 2025-03-01", is old.
func checkRates(ends []string, asOf string) Check {
	const topic = "exchange rates"
	at, err := time.Parse(time.RFC3339Nano, asOf)
	var old []string
	for _, end := range ends {
		_, day, _ := strings.Cut(end, " ")
		if last, notDay := time.Parse(time.DateOnly, day); err == nil && notDay == nil && at.Sub(last) > rateDays*24*time.Hour {
			old = append(old, end)
		}
	}
	if len(old) > 0 {
		return Check{topic, Warning, "the last rate is old: " + words.List(old, 5), "export newer exchange_rates: amounts are converted at the last rate before their day"}
	}
	return Check{Topic: topic, Status: OK, Message: "the last ones: " + words.List(ends, 5)}
}

// ago is a duration in words, to the hour or the day.
func ago(d time.Duration) string {
	switch hours := int(d.Hours()); {
	case hours < 1:
		return "less than an hour ago"
	case hours < 48:
		return words.Count(hours, "hour") + " ago"
	default:
		return words.Count(hours/24, "day") + " ago"
	}
}
