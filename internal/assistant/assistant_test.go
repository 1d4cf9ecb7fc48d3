package assistant_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/tributary-engine/tributary/internal/assistant"
	"github.com/tributary-engine/tributary/internal/query"
	"github.com/tributary-engine/tributary/internal/query/querytest"
)

// connect is a client of a server, over memory.
func connect(t *testing.T, directory string, personal bool) *mcp.ClientSession {
	t.Helper()
	server := assistant.Server(func() (*query.Run, error) {
		return query.Open(directory, query.Options{Personal: personal, MemoryLimit: "500MB"})
	})
	there, here := mcp.NewInMemoryTransports()
	if _, err := server.Connect(t.Context(), there, nil); err != nil {
		t.Fatal(err)
	}
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), here, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { session.Close() })
	return session
}

// call is the text of an answer, and whether it is an error.
func call(t *testing.T, session *mcp.ClientSession, tool string, arguments any) (text string, isError bool) {
	t.Helper()
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		return err.Error(), true
	}
	return result.Content[0].(*mcp.TextContent).Text, result.IsError
}

type arguments = map[string]any

func TestAssistant(t *testing.T) {
	directory, _ := querytest.Run(t)
	session, personal := connect(t, directory, false), connect(t, directory, true)
	t.Run("every tool only reads", func(t *testing.T) { onlyReads(t, session) })
	t.Run("figures have their context", func(t *testing.T) { figuresHaveTheirContext(t, session) })
	t.Run("rows are limited", func(t *testing.T) { rowsAreLimited(t, session) })
	t.Run("errors help", func(t *testing.T) { errorsHelp(t, session) })
	t.Run("persons stay hidden", func(t *testing.T) { personsStayHidden(t, session, personal) })
}

func onlyReads(t *testing.T, session *mcp.ClientSession) {
	tools, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tool := range tools.Tools {
		names = append(names, tool.Name)
		if !tool.Annotations.ReadOnlyHint || *tool.Annotations.OpenWorldHint {
			t.Errorf("%s: %+v", tool.Name, tool.Annotations)
		}
	}
	if got := strings.Join(names, " "); got != "describe_report explain_conversion list_reports query read_report" {
		t.Error(got)
	}
}

// No answer can be read without its run, as-of, currency, models, grain and units.
func figuresHaveTheirContext(t *testing.T, session *mcp.ClientSession) {
	for _, c := range []struct {
		tool      string
		arguments any
		models    []string
		want      []string
	}{
		{"list_reports", arguments{}, nil, []string{`"name":"channel_performance"`, `"name":"credits"`}},
		{"describe_report", arguments{"report": "channel_performance"}, nil, []string{`{"name":"roi","type":"DECIMAL(38,6)","unit":"ratio","meaning":"return on investment`, `"is_key":true`}},
		{"read_report", arguments{"report": "channel_performance", "columns": []string{"revenue"}, "where": arguments{"basis": []string{"period"}, "model": []string{"linear"}}, "sort": "revenue", "limit": 1}, []string{"linear"},
			[]string{`"grain":"one row per basis, `, `{"name":"revenue","unit":"money","meaning":"`, `"USD","Email",500.00]`}},
		{"read_report", arguments{"report": "channel_performance", "columns": []string{"channel"}, "where": arguments{"basis": []string{"period"}, "model": []string{"linear"}, "revenue": []string{"500"}}, "limit": 1}, []string{"linear"}, []string{`"Email"`}},
		{"query", arguments{"sql": "SELECT SUM(linear_minor) AS minor FROM credits WHERE conversion_type = 'revenue'"}, []string{"linear"},
			[]string{`"grain":"as the query groups these rows; credits: one row per conversion and touchpoint`, `{"name":"minor","unit":"computed by the query, or not declared"}`, `"rows":[[100000]]`}},
		{"query", arguments{"sql": "SELECT channel, revenue FROM channel_performance"}, nil, []string{`"the query does not name these columns of the key of channel_performance: basis (2 values), model (14 values).`}},
		{"explain_conversion", arguments{"opportunity": "o1"}, nil, []string{`"grain":"one entry per conversion`, `"units":{`, `"why":"counts"`, `"person_id":"person 1"`}},
	} {
		text, isError := call(t, session, c.tool, c.arguments)
		var answer struct {
			Run          string   `json:"run"`
			AsOf         string   `json:"as_of"`
			Currency     string   `json:"reporting_currency"`
			PrimaryModel string   `json:"primary_model"`
			Models       []string `json:"models"`
		}
		if err := json.Unmarshal([]byte(text), &answer); err != nil || isError {
			t.Fatalf("%s %v: %v %s", c.tool, c.arguments, err, text)
		}
		if answer.Run != "000001" || !strings.HasPrefix(answer.AsOf, "2025-") || answer.Currency != "USD" || answer.PrimaryModel != "w_shaped" {
			t.Errorf("%s: %+v", c.tool, answer)
		}
		if got := strings.Join(answer.Models, " "); c.models != nil && got != strings.Join(c.models, " ") || c.models == nil && len(answer.Models) != 14 {
			t.Errorf("%s %v: models %s", c.tool, c.arguments, got)
		}
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s %v: no %s in %s", c.tool, c.arguments, want, text)
			}
		}
	}
}

func rowsAreLimited(t *testing.T, session *mcp.ClientSession) {
	for _, c := range []struct {
		arguments arguments
		want      string
	}{
		{arguments{"sql": "SELECT * FROM range(2000)"}, `"notes":["1,950 rows are left out: these are the first 50. Their sum is not the total"]`},
		{arguments{"sql": "SELECT * FROM range(2000)", "limit": 1000}, `"rows_shown":1000,"rows_in_all":2000,`},
		{arguments{"sql": "SELECT * FROM range(2000)", "limit": 1001}, "limit: 1001 is not a number of rows from 1 to 1,000"},
		{arguments{"sql": "SELECT 1 AS a WHERE FALSE"}, `"notes":["no row matches"]`},
	} {
		if text, _ := call(t, session, "query", c.arguments); !strings.Contains(text, c.want) {
			t.Errorf("%v: %.500s", c.arguments, text)
		}
	}
}

func errorsHelp(t *testing.T, session *mcp.ClientSession) {
	for _, c := range []struct {
		tool      string
		arguments arguments
		want      string
	}{
		{"read_report", arguments{"report": "chanel_performance"}, "(did you mean channel_performance?)\nhint: list_reports lists them"},
		{"read_report", arguments{"report": "channel_performance", "columns": []string{"revnue"}}, "(did you mean revenue?)\nhint: describe_report"},
		{"read_report", arguments{"report": "channel_performance", "where": arguments{"x' OR TRUE --": []string{"1"}}}, "is not a column of channel_performance"},
		{"read_report", arguments{"report": "channel_performance", "where": arguments{"channel": []string{}}}, "where: channel has no values"},
		{"read_report", arguments{"report": "channel_performance", "sort": "x"}, "is not a column"},
		{"query", arguments{"sql": "COPY (SELECT 1) TO 'x'"}, "want one SELECT"},
		{"query", arguments{"sql": "SELECT * FROM read_text('/etc/passwd')"}, "calls read_text"},
		{"query", arguments{"sql": "SELECT * FROM contacts"}, "--personal shows it"},
		{"explain_conversion", arguments{"opportunity": "o99"}, `has no opportunity "o99" that it can explain`},
		{"write_report", arguments{}, "write_report"},
	} {
		if text, isError := call(t, session, c.tool, c.arguments); !isError || !strings.Contains(text, c.want) {
			t.Errorf("%s %v: %v, %s", c.tool, c.arguments, isError, text)
		}
	}
	// A value is a value, whatever is in it.
	text, isError := call(t, session, "read_report", arguments{"report": "channel_performance", "where": arguments{"channel": []string{"' OR TRUE --"}}})
	if isError || !strings.Contains(text, `"rows":[]`) {
		t.Error(text)
	}
}

func personsStayHidden(t *testing.T, session, personal *mcp.ClientSession) {
	for _, c := range []struct {
		tool      string
		arguments arguments
	}{
		{"explain_conversion", arguments{"opportunity": "o1"}},
		{"explain_conversion", arguments{"opportunity": "contact:whispered1"}},
		{"read_report", arguments{"report": "findings", "limit": 1000}},
		{"read_report", arguments{"report": "data_quality", "limit": 1000}},
	} {
		given, _ := json.Marshal(c.arguments)
		text, _ := call(t, session, c.tool, c.arguments)
		if strings.Contains(strings.ReplaceAll(text, "contact:whispered1", ""), querytest.Secret) {
			t.Errorf("%s %s: %s", c.tool, given, text)
		}
		if text, isError := call(t, personal, c.tool, c.arguments); isError || !strings.Contains(text, querytest.Secret) {
			t.Errorf("with persons, %s %s: %s", c.tool, given, text)
		}
	}
}
