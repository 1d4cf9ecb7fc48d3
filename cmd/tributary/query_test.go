package main

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/tributary-engine/tributary/internal/acceptance"
	"github.com/tributary-engine/tributary/internal/csvtest"
)

// mustRun runs the program in this process, and returns what it prints.
func mustRun(t *testing.T, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, parts bytes.Buffer
	if code := Main(args, &out, &parts); code != 0 {
		t.Fatalf("%q: exit code %d\n%s", args, code, &parts)
	}
	return out.String(), parts.String()
}

func TestQueriesOfTheMadeUpCompany(t *testing.T) {
	acceptance.Nightly(t, "many queries")
	out := madeUp(t)
	t.Run("questions of the docs", func(t *testing.T) { questionsOfTheDocs(t, out) })
	t.Run("persons stay hidden", func(t *testing.T) { personsOfTheCompanyStayHidden(t, out) })
	t.Run("mcp over stdio", func(t *testing.T) { mcpOverStdio(t, out) })
}

// Every query of docs/query.md answers with rows, has a value in every column, and
// needs no note.
func questionsOfTheDocs(t *testing.T, out string) {
	questions := fenced(t, filepath.Join(repository, "docs", "query.md"), "sql")
	if len(questions) < 10 {
		t.Errorf("only %d queries were found", len(questions))
	}
	for _, question := range questions {
		stdout, stderr := mustRun(t, "query", question, "--out", out, "--format", "csv")
		rows := csvtest.Parse(t, stdout)
		if len(rows) < 2 || stderr != "" {
			t.Errorf("%s\n%s%s", question, stdout, stderr)
			continue
		}
		for column, name := range rows[0] {
			isEmpty := true
			for _, row := range rows[1:] {
				isEmpty = isEmpty && row[column] == ""
			}
			if isEmpty {
				t.Errorf("%s\nhas nothing in %s", question, name)
			}
		}
	}
}

// No cell of a view has an id of a person, alone or in a text, or an e-mail.
func personsOfTheCompanyStayHidden(t *testing.T, out string) {
	ids := map[string]bool{}
	for _, question := range []string{"SELECT id FROM person_ids", "SELECT person_id FROM people", "SELECT email FROM contacts", "SELECT email FROM leads"} {
		stdout, _ := mustRun(t, "query", question, "--out", out, "--format", "csv", "--csv-raw", "--personal")
		for id := range strings.Lines(stdout) {
			ids[strings.TrimSpace(id)] = true
		}
	}
	delete(ids, "")
	if len(ids) < 500 {
		t.Fatalf("only %d ids", len(ids))
	}
	var views []listedView
	stdout, _ := mustRun(t, "query", "--out", out, "--format", "json")
	if err := json.Unmarshal([]byte(stdout), &views); err != nil {
		t.Fatal(err)
	}
	apart := func(r rune) bool { return strings.ContainsRune(" ,;`'\"()\n", r) }
	for _, view := range views {
		stdout, _ := mustRun(t, "query", `SELECT DISTINCT * FROM "`+view.Name+`"`, "--out", out, "--format", "csv", "--csv-raw")
		for _, word := range strings.FieldsFunc(stdout, apart) {
			if ids[word] && word != "id" && word != "person_id" && word != "email" || strings.Contains(word, "@") {
				t.Errorf("%s shows %s", view.Name, word)
				break
			}
		}
	}
}

// An assistant starts the program, and asks it.
func mcpOverStdio(t *testing.T, out string) {
	command := exec.Command("tributary", "mcp", "--out", out)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.CommandTransport{Command: command}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for tool, arguments := range map[string]map[string]any{
		"list_reports":       {},
		"read_report":        {"report": "channel_performance", "where": map[string]any{"basis": []string{"period"}, "model": []string{"w_shaped"}}},
		"explain_conversion": {"opportunity": "O-1-1"},
		"query":              {"sql": "SELECT COUNT(*) AS n FROM credits"},
	} {
		result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
		if err != nil || result.IsError {
			t.Errorf("%s: %v, %+v", tool, err, result)
			continue
		}
		if text := result.Content[0].(*mcp.TextContent).Text; !strings.HasPrefix(text, `{"run":"000001","as_of":"2026-`) {
			t.Errorf("%s: %.300s", tool, text)
		}
	}
	if err := session.Close(); err != nil || stderr.Len() > 0 {
		t.Errorf("%v\n%s", err, &stderr)
	}
}
