package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tributary/internal/contract"
	"tributary/internal/words"
	"tributary/internal/zone"
)

// check reports what a schema cannot say: zones and days that do not exist, names that are not of
// the contract, values that contradict each other.
func (t *tree) check(d document) {
	t.checkReporting(d)
	t.checkModels(d)
	t.checkZone(d.Input.TimeZone, "input", "time_zone")
	t.checkTables(d)
	t.checkControlTotals(d)
	for name := range d.Quarantine {
		if contract.Find(name) == nil {
			t.reportKey([]string{"quarantine", name}, "unknown key", "not a table of the contract"+words.DidYouMean(name, contract.Names()))
		}
	}
	t.checkSpellings(d)
	t.checkChannels(d.Channels)
	t.checkFunnel(d.Funnel.Stages)
	t.checkGates(d)
}

func (t *tree) checkReporting(d document) {
	t.checkZone(d.Reporting.TimeZone, "reporting", "time_zone")
	days := true
	for key, day := range map[string]string{"from": d.Reporting.From, "to": d.Reporting.To} {
		if day == "" {
			continue
		}
		if _, err := date(day); err != nil {
			t.report([]string{"reporting", key}, "wrong value", err.Error())
			days = false
		}
	}
	if days && d.Reporting.To != "" && d.Reporting.From > d.Reporting.To {
		t.report([]string{"reporting", "to"}, "wrong value", endsBeforeItBegins(d.Reporting))
	}
	if d.AsOf == "" {
		return
	}
	if _, err := zone.Load(d.Reporting.TimeZone); err != nil {
		return // reported above
	}
	if _, err := parseAsOf(d.AsOf, d.Reporting.TimeZone); err != nil {
		t.report([]string{"as_of"}, "wrong value", err.Error())
	}
}

func endsBeforeItBegins(r Reporting) string {
	return fmt.Sprintf("the reporting period ends on %s, before it begins on %s", r.To, r.From)
}

func (t *tree) checkZone(name string, path ...string) {
	if name == "" {
		return
	}
	if _, err := zone.Load(name); err != nil {
		t.report(path, "wrong value", err.Error())
	}
}

func (t *tree) checkTables(d document) {
	for name, source := range d.Tables {
		path := []string{"tables", name}
		known := contract.Find(name)
		if known == nil {
			t.reportKey(path, "unknown key", "not a table of the contract"+words.DidYouMean(name, contract.Names()))
			continue
		}
		t.checkZone(source.TimeZone, "tables", name, "time_zone")
		if source.File != "" && len(source.Files) > 0 {
			t.reportKey([]string{"tables", name, "file"}, "contradiction", "give file or files, not both")
		}
		if source.File != "" {
			t.checkFile(source.File, "tables", name, "file")
		}
		for i, file := range source.Files {
			t.checkFile(file, "tables", name, "files", fmt.Sprint(i))
		}
		for header, c := range source.Columns {
			path := []string{"tables", name, "columns", header}
			if !slices.Contains(known.ColumnNames(), header) {
				t.reportKey(path, "unknown key", name+" has no such column"+words.DidYouMean(header, known.ColumnNames()))
				continue
			}
			t.checkColumn(c, path)
		}
	}
}

// checkFile refuses what is no file of the input directory and no absolute path.
func (t *tree) checkFile(name string, path ...string) {
	switch {
	case strings.Contains(name, "://"):
		t.report(path, "wrong value", quoted(name)+" is a URL: only local files are read\nhint: download the file first")
	case slices.Contains(strings.Split(name, "/"), ".."):
		t.report(path, "wrong value", quoted(name)+" leaves the input directory\nhint: set input.directory, or give the absolute path")
	case strings.HasSuffix(name, "/"):
		t.report(path, "wrong value", quoted(name)+" is a directory\nhint: name the files in it")
	}
}

func (t *tree) checkColumn(c column, path []string) {
	under := func(key string) []string { return append(path[:len(path):len(path)], key) }
	t.checkZone(c.TimeZone, under("time_zone")...)
	if c.From != "" && c.Value != "" {
		t.reportKey(under("value"), "contradiction", "give from or value, not both")
	}
	if c.Thousands != "" && (c.Thousands == c.Decimal || c.Decimal == "" && c.Thousands == ".") {
		t.report(under("thousands"), "contradiction", quoted(c.Thousands)+" is the decimal mark too\nhint: set decimal to the other one")
	}
	for i, word := range c.False {
		if slices.Contains(c.True, word) {
			t.report(append(under("false"), fmt.Sprint(i)), "contradiction", quoted(word)+" means true as well")
		}
	}
}

// checkSpellings refuses a word of the CRM that would mean two things, in the form in which words
// are compared.
func (t *tree) checkSpellings(d document) {
	// apart reports the words at path that seen knows from another place, and adds them to it.
	apart := func(seen map[string]string, words []string, place string, path ...string) {
		for i, word := range words {
			plain := contract.PlainWord(word)
			if other, twice := seen[plain]; twice && other != place {
				t.report(append(path[:len(path):len(path)], fmt.Sprint(i)), "contradiction", quoted(word)+" stands under "+other+" too")
				continue
			}
			seen[plain] = place
		}
	}
	stages := map[string]string{}
	apart(stages, d.Opportunities.WonStages, "won_stages", "opportunities", "won_stages")
	apart(stages, d.Opportunities.LostStages, "lost_stages", "opportunities", "lost_stages")
	statuses := map[string]string{}
	apart(statuses, d.Journey.Responses, "responses", "journey", "responses")
	apart(statuses, d.Journey.NotResponses, "not_responses", "journey", "not_responses")
	types := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(d.Opportunities.Types)) {
		apart(types, d.Opportunities.Types[name], name, "opportunities", "types", name)
	}
}
