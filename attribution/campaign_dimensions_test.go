package attribution

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
)

// campaignsFor makes the tables from which dimensions of campaigns come.
func campaignsFor(t *testing.T, rows string) *engine.Engine {
	t.Helper()
	eng, err := engine.Open(t.Context(), engine.Options{Threads: 1, TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { eng.Close() })
	for _, statement := range []string{
		`CREATE TABLE campaigns AS SELECT campaign_id, CAST(name AS VARCHAR) AS name, CAST(parent_campaign_id AS VARCHAR) AS parent_campaign_id FROM (VALUES ` + rows + `) AS v(campaign_id, name, parent_campaign_id)`,
		`CREATE TABLE campaign_keys AS
		SELECT CAST(ROW_NUMBER() OVER (ORDER BY campaign_id) AS INTEGER) AS campaign_key, campaign_id, name AS campaign_name FROM campaigns
		UNION ALL SELECT 0, '(none)', NULL UNION ALL SELECT -1, '(unattributed)', NULL`,
	} {
		if err := eng.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	return eng
}

// A campaign is its own value in the levels below it. A parent without a row is the top of its
// children. A name that does not match has no fields, nor has a group that matched nothing.
func TestCampaignDimensions(t *testing.T) {
	eng := campaignsFor(t, `
		('A', 'EU_Search', NULL), ('B', 'US_', 'A'), ('C', 'Brand week', 'B'), ('D', '(other)_x', 'GONE'), ('E', NULL, NULL)`)
	if err := describeCampaigns(t.Context(), eng, `^(?P<region>[A-Z]+|\(other\))_(?P<kind>.*)$`); err != nil {
		t.Fatal(err)
	}
	got, err := eng.Texts(t.Context(), `
		SELECT campaign_id || ' ' || dimension || ' ' || value FROM campaign_dimensions ORDER BY campaign_key, dimension`)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, line := range []string{
		"(unattributed): (unattributed) (unattributed) (unattributed) (unattributed) (unattributed)", "(none): (none) (none) (none) (none) (none)",
		"A: A A A Search EU", "B: A B B (none) US", "C: A B C (no match)* (no match)*", "D: GONE D D x (none)", "E: E E E (no match)* (no match)*",
	} {
		id, values, _ := strings.Cut(line, ": ")
		for i, value := range strings.Fields(strings.ReplaceAll(values, "(no match)*", "(no~match)")) {
			dimension := []string{"campaign_level_1", "campaign_level_2", "campaign_level_3", "field_kind", "field_region"}[i]
			want = append(want, id+" "+dimension+" "+strings.ReplaceAll(value, "~", " "))
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Without parents and fields there is nothing to add campaigns up to.
func TestCampaignsWithoutDimensions(t *testing.T) {
	eng := campaignsFor(t, `('A', 'EU_Search', NULL)`)
	if err := describeCampaigns(t.Context(), eng, ""); err != nil {
		t.Fatal(err)
	}
	if got, err := eng.Texts(t.Context(), `SELECT dimension FROM campaign_dimensions`); err != nil || len(got) > 0 {
		t.Errorf("%v, %v", got, err)
	}
}

func TestCampaignTreesThatAreRefused(t *testing.T) {
	deep := []string{"('K000', NULL, NULL)"}
	for i := 1; i <= mostLevels; i++ {
		deep = append(deep, "('K"+three(i)+"', NULL, 'K"+three(i-1)+"')")
	}
	for _, c := range []struct{ rows, want string }{
		{"('A', NULL, 'C'), ('B', NULL, 'A'), ('C', NULL, 'B'), ('D', NULL, 'A')",
			`campaigns: parent_campaign_id: these campaigns are their own parents: "A" -> "C" -> "B" -> "A"`},
		{"('A', NULL, 'A')", `their own parents: "A" -> "A"`},
		{strings.Join(deep, ", "), `"K100" has 100 campaigns above it; at most 100 levels are supported`},
	} {
		err := describeCampaigns(context.Background(), campaignsFor(t, c.rows), "")
		if err == nil || !strings.Contains(err.Error(), c.want) || failure.CodeOf(err) != failure.Contract {
			t.Errorf("%v; want %s", err, c.want)
		}
	}
	if err := describeCampaigns(t.Context(), campaignsFor(t, strings.Join(deep[:mostLevels], ", ")), ""); err != nil {
		t.Error(err)
	}
}

func three(n int) string {
	return string([]byte{'0' + byte(n/100), '0' + byte(n/10%10), '0' + byte(n%10)})
}

func TestTreeTops(t *testing.T) {
	tree := tree{ids: []string{"a", "b", "c", "d", "e"}, parents: []int32{1, 2, -1, 1, -1}}
	if got := tree.tops(); !slices.Equal(got, []int32{2, 2, 2, 2, 4}) {
		t.Errorf("tops are %v", got)
	}
}
