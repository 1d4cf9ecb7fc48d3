package config

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/internal/zone"
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
	t.checkCampaignFields(d.CampaignFields)
	t.checkFunnel(d.Funnel.Stages)
	t.checkGates(d)
	t.checkAlignment(d)
	t.checkCosts(d)
	t.checkActivation(d)
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
	for name, sources := range d.Tables {
		path := []string{"tables", name}
		known := contract.Find(name)
		if known == nil {
			t.reportKey(path, "unknown key", "not a table of the contract"+words.DidYouMean(name, contract.Names()))
			continue
		}
		_, isList := t.valueAt(path).([]any)
		for i, source := range sources {
			at := path
			if isList {
				at = append(slices.Clone(path), fmt.Sprint(i))
			}
			t.checkSource(*known, source, at)
		}
	}
}

func (t *tree) checkSource(table contract.Table, source Source, path []string) {
	under := func(keys ...string) []string { return append(slices.Clone(path), keys...) }
	t.checkZone(source.TimeZone, under("time_zone")...)
	t.checkFiles(source, path)
	selects := source.Select != "" || source.SelectFile != ""
	switch {
	case source.Select != "" && source.SelectFile != "":
		t.reportKey(under("select_file"), "contradiction", "give select or select_file, not both")
	case selects && len(source.From) == 0:
		t.reportKey(path, "missing key", "a SELECT needs from: the files that it reads, by the names that it calls them")
	case !selects && len(source.From) > 0:
		t.reportKey(under("from"), "missing key", "from names the files of a SELECT, and there is no select or select_file")
	case selects && (len(source.Files) > 0 || source.Pattern != nil):
		t.reportKey(path, "contradiction", "give files and columns, or from and a SELECT, not both")
	case selects && (source.Delimiter != "" || source.Encoding != "" || source.SkipRows > 0 || source.Ragged != ""):
		t.reportKey(path, "contradiction", "delimiter, encoding, skip_rows and ragged belong to the files of a SELECT\nhint: write them under from")
	}
	for name, relation := range source.From {
		t.checkFiles(relation, under("from", name))
		if len(relation.Files) == 0 && relation.Pattern == nil && len(relation.Optional) == 0 {
			t.report(under("from", name), "missing key", "names no file")
		}
		for header, c := range relation.Columns {
			t.checkColumn(c, under("from", name, "columns", header))
		}
	}
	for header, c := range source.Columns {
		at := under("columns", header)
		if !slices.Contains(table.ColumnNames(), header) {
			t.reportKey(at, "unknown key", table.Name+" has no such column"+words.DidYouMean(header, table.ColumnNames()))
			continue
		}
		t.checkColumn(c, at)
	}
	if len(source.Key) > 0 {
		switch given := source.Columns[keyColumn(table)]; {
		case keyColumn(table) == "":
			t.reportKey(under("key"), "contradiction", table.Name+" has no id that a key could stand for")
		case given.From != "" || given.Value != "":
			t.reportKey(under("key"), "contradiction", "give key, or columns."+keyColumn(table)+", not both")
		}
	}
}

// keyColumn is the id of a table's rows, "" where they have none.
func keyColumn(table contract.Table) string {
	if len(table.Key) != 1 {
		return ""
	}
	return table.Key[0]
}

// checkFiles looks at the names of the files of a source.
func (t *tree) checkFiles(source Source, path []string) {
	under := func(keys ...string) []string { return append(slices.Clone(path), keys...) }
	if given, isMapping := t.valueAt(path).(map[string]any); isMapping && given["file"] != nil && given["files"] != nil {
		t.reportKey(under("file"), "contradiction", "give file or files, not both")
	}
	if source.Pattern != nil {
		if source.Pattern.Directory != "" {
			t.checkFile(source.Pattern.Directory, under("files", "directory")...)
		}
		if strings.ContainsAny(source.Pattern.Names, "/\\") {
			t.report(under("files", "pattern"), "wrong value", quoted(source.Pattern.Names)+" is no pattern of names\nhint: name the directory under directory")
		}
		if !strings.Contains(source.Pattern.Names, "*") {
			t.report(under("files", "pattern"), "wrong value", quoted(source.Pattern.Names)+" has no *, which stands for any text\nhint: name a single file under file")
		}
		return
	}
	for i, file := range source.Files {
		switch given := t.valueAt(path).(type) {
		case []any:
			t.checkFile(file, under(fmt.Sprint(i))...)
		case map[string]any:
			if given["file"] != nil {
				t.checkFile(file, under("file")...)
			} else {
				t.checkFile(file, under("files", fmt.Sprint(i))...)
			}
		default:
			t.checkFile(file, path...)
		}
	}
}

// checkFile refuses what is no file of the input directory and no absolute path.
func (t *tree) checkFile(name string, path ...string) {
	switch {
	case strings.Contains(name, "://"):
		t.report(path, "wrong value", quoted(name)+" is a URL: only local files are read\nhint: download the file first")
	case slices.Contains(strings.Split(name, "/"), ".."):
		t.report(path, "wrong value", quoted(name)+" is outside of the input directory\nhint: set input.directory, or give the absolute path")
	case strings.HasSuffix(name, "/"):
		t.report(path, "wrong value", quoted(name)+" is a directory\nhint: name the files in it")
	}
}

func (t *tree) checkColumn(c Column, path []string) {
	under := func(key string) []string { return append(path[:len(path):len(path)], key) }
	t.checkZone(c.TimeZone, under("time_zone")...)
	if c.None && (c.From != "" || c.Value != "") {
		t.reportKey(under("none"), "contradiction", "give from, value or none, not several")
	}
	if c.Epoch != "" && len(c.Format) > 0 {
		t.reportKey(under("epoch"), "contradiction", "give format or epoch, not both")
	}
	if c.Scale != "" && powerOfTen(c.Scale) == nil {
		t.report(under("scale"), "wrong value", "the number "+c.Scale.String()+" is no power of ten such as 0.01, 0.000001 or 1000")
	}
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
	stages := map[string]string{}
	t.apart(stages, d.Opportunities.WonStages, "won_stages", "opportunities", "won_stages")
	t.apart(stages, d.Opportunities.LostStages, "lost_stages", "opportunities", "lost_stages")
	statuses := map[string]string{}
	t.apart(statuses, d.Journey.Responses, "responses", "journey", "responses")
	t.apart(statuses, d.Journey.NotResponses, "not_responses", "journey", "not_responses")
	types := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(d.Opportunities.Types)) {
		t.apart(types, d.Opportunities.Types[name], name, "opportunities", "types", name)
	}
}

// apart reports the words at path that seen knows from another place, in the form in which words are
// compared, and adds them to it.
func (t *tree) apart(seen map[string]string, words []string, place string, path ...string) {
	for i, word := range words {
		plain := contract.PlainWord(word)
		if other, twice := seen[plain]; twice && other != place {
			t.report(append(path[:len(path):len(path)], fmt.Sprint(i)), "contradiction", quoted(word)+" stands under "+other+" too")
			continue
		}
		seen[plain] = place
	}
}

// powerOfTen is the exponent of a power of ten from -18 to 9; nil where the number is none.
func powerOfTen(number json.Number) *int {
	given, ok := new(big.Rat).SetString(number.String())
	if !ok {
		return nil
	}
	power := big.NewRat(1, 1_000_000_000_000_000_000)
	for exponent := -18; exponent <= 9; exponent++ {
		if given.Cmp(power) == 0 {
			return &exponent
		}
		power.Mul(power, big.NewRat(10, 1))
	}
	return nil
}

// Exponent is that of Scale, 10 to the power of it; 0 where there is none.
func (c Column) Exponent() int {
	if exponent := powerOfTen(c.Scale); exponent != nil {
		return *exponent
	}
	return 0
}
