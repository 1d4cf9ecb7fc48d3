package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/acceptance"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/reports"
)

const repository = "../.."

// fenced returns the contents of a page's code blocks of a kind.
func fenced(t *testing.T, page, kind string) []string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for _, found := range regexp.MustCompile("(?s)```"+kind+"\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		blocks = append(blocks, found[1])
	}
	return blocks
}

// Every command of the pages runs as it stands, in the order in which it stands, beside a copy of
// the bundled export, and no report that it prints is empty. What a page runs again, with the same
// files and flags, is copied from the first time.
func TestCommandsOfTheDocsRun(t *testing.T) {
	acceptance.Nightly(t, "many runs")
	pages, err := filepath.Glob(filepath.Join(repository, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	references, err := filepath.Glob(filepath.Join(repository, "docs", "reference", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	pages = append(pages, references...)
	for i, page := range pages {
		if pages[i], err = filepath.Abs(page); err != nil {
			t.Fatal(err)
		}
	}
	readme, err := filepath.Abs(filepath.Join(repository, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile(filepath.Join(repository, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	beside := t.TempDir()
	if err := os.CopyFS(filepath.Join(beside, "testdata"), os.DirFS(filepath.Join(repository, "testdata"))); err != nil {
		t.Fatal(err)
	}
	t.Chdir(beside)
	commands, made := 0, madeRuns{copies: map[string]string{}, last: map[string]string{}}
	company := madeUp(t)
	made.keep(t, runCommandLine{config: filepath.Join(filepath.Dir(company), "tributary.yaml"), out: company})
	for _, page := range append([]string{readme}, pages...) {
		for _, block := range fenced(t, page, "sh") {
			for _, line := range commandsOf(block) {
				words := shellWords(line)
				if words[0] == "make" {
					for _, target := range words[1:] {
						if !bytes.Contains(makefile, []byte("\n"+target+":")) {
							t.Errorf("%s: %s: the Makefile has no target %s", page, line, target)
						}
					}
					continue
				}
				if filepath.Base(words[0]) != "tributary" {
					t.Errorf("%s: %q is neither make nor tributary", page, line)
					continue
				}
				commands++
				run, isRun := asRun(words[1:])
				if isRun && made.copied(t, run) {
					continue
				}
				var stdout, stderr bytes.Buffer
				if code := Main(words[1:], &stdout, &stderr); code != 0 && !(words[1] == "diff" && code == int(failure.Differences)) {
					t.Errorf("%s: %s: exit code %d\n%s", page, line, code, &stderr)
				}
				if strings.HasSuffix(stdout.String(), ": no rows\n") {
					t.Errorf("%s: %s prints no rows", page, line)
				}
				if isRun {
					made.keep(t, run)
				}
			}
		}
	}
	if commands < 10 {
		t.Errorf("only %d commands were found", commands)
	}
}

// shellWords splits a command as a shell does, as far as the docs need it: quotes of both kinds hold
// spaces together.
func shellWords(line string) []string {
	var words []string
	for _, found := range regexp.MustCompile(`(?:[^\s'"]|'[^']*'|"[^"]*")+`).FindAllString(line, -1) {
		words = append(words, regexp.MustCompile(`'([^']*)'|"([^"]*)"`).ReplaceAllString(found, "$1$2"))
	}
	return words
}

// commandsOf joins lines that a backslash continues, and drops comments and blank lines.
func commandsOf(block string) []string {
	var commands []string
	for line := range strings.Lines(strings.ReplaceAll(block, "\\\n", " ")) {
		line, _, _ = strings.Cut(line, " # ")
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			commands = append(commands, line)
		}
	}
	return commands
}

// The table of the tutorial is what the company of init gives, rounded to two decimals.
func TestFiguresOfTheFirstReport(t *testing.T) {
	page := filepath.Join(repository, "docs", "first_report.md")
	marks, tables := markedTables(t, page, "first report")
	out := madeUp(t)
	for i, mark := range marks {
		conditions := map[string][]string{}
		for _, condition := range mark {
			column, value, _ := strings.Cut(condition, "=")
			conditions[column] = []string{value}
		}
		published := readGrid(t, filepath.Join(out, "current", "reports", "channel_performance.csv")).where(conditions)
		for _, shown := range tables[i].rows {
			rows := published.where(map[string][]string{"channel": {shown["channel"]}}).rows
			if len(rows) != 1 {
				t.Fatalf("%s: %d rows have the channel %s", page, len(rows), shown["channel"])
			}
			for column, figure := range shown {
				want := rows[0][column]
				if exact, err := strconv.ParseFloat(want, 64); err == nil {
					want = strconv.FormatFloat(exact, 'f', 2, 64)
				}
				if figure = strings.NewReplacer(",", "", "−", "-").Replace(figure); figure != want {
					t.Errorf("%s: %s of %s is %s, not %s", page, column, shown["channel"], want, figure)
				}
			}
		}
	}
}

// The sample rows of the input contract are a data set that runs.
func TestSamplesOfTheInputContractRun(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(repository, "docs", "input.md"))
	if err != nil {
		t.Fatal(err)
	}
	in := t.TempDir()
	samples := regexp.MustCompile("(?s)<!-- sample: ([a-z_]+\\.csv) -->\n```csv\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	for _, s := range samples {
		if err := os.WriteFile(filepath.Join(in, s[1]), []byte(s[2]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if len(samples) < 10 {
		t.Errorf("only %d samples were found", len(samples))
	}
	var stdout, stderr bytes.Buffer
	if code := Main([]string{"run", "--input", in, "--out", filepath.Join(t.TempDir(), "out")}, &stdout, &stderr); code != 0 {
		t.Errorf("exit code %d\n%s", code, &stderr)
	}
}

// The marked examples of the configuration are what the schema and its checks accept.
func TestConfigurationsOfTheDocsParse(t *testing.T) {
	for _, name := range []string{"input.md", "agree_on_a_vocabulary.md"} {
		page := filepath.Join(repository, "docs", name)
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		examples := regexp.MustCompile("(?s)<!-- config: (tributary\\.yaml) -->\n```yaml\n(.*?)```").FindAllStringSubmatch(string(text), -1)
		if marks := strings.Count(string(text), "<!-- config: tributary.yaml -->"); marks == 0 || len(examples) != marks {
			t.Errorf("%s: %d marks, %d of them before an example", page, marks, len(examples))
		}
		for _, e := range examples {
			if _, err := config.Parse(e[1], []byte(e[2])); err != nil {
				t.Errorf("%s: %v\n%s", page, err, e[2])
			}
		}
	}
}

// Every code that the configuration and --accept take stands in docs/findings.md.
func TestFindingsAreDocumented(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "findings.md"))
	if err != nil {
		t.Fatal(err)
	}
	var missing []string
	for _, code := range job.FindingCodes() {
		if !strings.Contains(string(text), "`"+code+"`") {
			missing = append(missing, "`"+code+"`")
		}
	}
	if len(missing) > 0 {
		t.Errorf("docs/findings.md does not name %s", strings.Join(missing, ", "))
	}
}

// Every relative link of the pages leads to a file, and its fragment to a heading of that file.
func TestLinksOfTheDocsResolve(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	checked := 0
	err := filepath.WalkDir(repository, func(page string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".git":
			return filepath.SkipDir
		case filepath.Ext(page) != ".md":
			return nil
		}
		text, err := os.ReadFile(page)
		if err != nil {
			return err
		}
		for _, found := range link.FindAllStringSubmatch(withoutCode(string(text)), -1) {
			if strings.Contains(found[1], "://") {
				continue
			}
			checked++
			path, fragment, _ := strings.Cut(found[1], "#")
			target := page
			if path != "" {
				target = filepath.Join(filepath.Dir(page), path)
			}
			to, err := os.Stat(target)
			if err != nil {
				t.Errorf("%s: the link %s leads to no file", page, found[1])
			} else if fragment != "" && !to.IsDir() && !slices.Contains(headings(t, target), fragment) {
				t.Errorf("%s: the link %s leads to no heading", page, found[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if checked < 50 {
		t.Errorf("only %d links were found", checked)
	}
}

// withoutCode drops the fenced code blocks of a page.
func withoutCode(text string) string {
	return regexp.MustCompile("(?ms)^ *```.*?^ *```").ReplaceAllString(text, "")
}

// headings returns the fragments by which a page's headings are linked, as GitHub makes them of
// their text.
func headings(t *testing.T, page string) []string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var fragments []string
	for _, found := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(withoutCode(string(text)), -1) {
		plain := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(found[1]), "")
		fragments = append(fragments, strings.ReplaceAll(plain, " ", "-"))
	}
	return fragments
}

// ARCHITECTURE.md shows the relations that a run makes. UPDATE_DOCS=1 writes them anew.
func TestArchitectureListsTheRelations(t *testing.T) {
	var want strings.Builder
	want.WriteString("| name | grain | made by | reads |\n|---|---|---|---|\n")
	for _, r := range job.Relations() {
		reads := "`" + strings.Join(r.Reads, "`, `") + "`"
		if len(r.Reads) == 0 {
			reads = ""
		}
		fmt.Fprintf(&want, "| `%s` | %s | `%s` | %s |\n", r.Name, r.Grain, r.MadeBy, reads)
	}
	wantBlock(t, "ARCHITECTURE.md", "relations", want.String())
}

// A folder with Go files is in the table of folders.
func TestArchitectureListsTheFolders(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(repository, "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	folders := map[string]bool{}
	err = filepath.WalkDir(repository, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".go") {
			folders[filepath.Dir(path)] = true
		}
		return err
	})
	if err != nil || len(folders) == 0 {
		t.Fatalf("%d folders: %v", len(folders), err)
	}
	for folder := range folders {
		name, err := filepath.Rel(repository, folder)
		if err != nil {
			t.Fatal(err)
		}
		if name = filepath.ToSlash(name); !regexp.MustCompile("\n\\| `" + regexp.QuoteMeta(name) + "/?` \\|").Match(text) {
			t.Errorf("ARCHITECTURE.md does not list the folder %s", name)
		}
	}
}

// The reference of reports shows the columns as the files of the reports describe them.
// UPDATE_DOCS=1 writes them anew.
func TestTheReferenceDescribesEveryColumn(t *testing.T) {
	for _, r := range reports.All() {
		var want strings.Builder
		want.WriteString("| column | unit | meaning |\n|---|---|---|\n")
		for _, c := range r.Columns {
			key := ""
			if slices.Contains(r.Grain, c.Name) {
				key = "key; "
			}
			fmt.Fprintf(&want, "| `%s` | %s | %s%s |\n", c.Name, c.Unit, key, c.Description)
		}
		wantBlock(t, "docs/reference/reports.md", "columns of "+r.Name, want.String())
	}
}

// wantBlock wants a page to have this text between the comments "<!-- name -->" and "<!-- end -->".
// UPDATE_DOCS=1 writes it.
func wantBlock(t *testing.T, page, name, want string) {
	t.Helper()
	path := filepath.Join(repository, page)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), "<!-- "+name+" -->\n")
	got, after, ended := strings.Cut(rest, "<!-- end -->")
	if !found || !ended {
		t.Fatalf("%s has no block %s", page, name)
	}
	if got == want {
		return
	}
	if os.Getenv("UPDATE_DOCS") == "" {
		t.Errorf("%s: the block %s is out of date: run the test with UPDATE_DOCS=1", page, name)
		return
	}
	if err := os.WriteFile(path, []byte(before+"<!-- "+name+" -->\n"+want+"<!-- end -->"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
