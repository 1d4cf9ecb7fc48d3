package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tributary/internal/synthetic"
)

// called runs the program and wants it to be green.
func called(t *testing.T, args ...string) (stderr string) {
	t.Helper()
	var out, parts bytes.Buffer
	if code := Main(args, &out, &parts); code != 0 {
		t.Fatalf("tributary %s: exit code %d\n%s", strings.Join(args, " "), code, &parts)
	}
	return parts.String()
}

// A company of any size runs, from nothing at all on.
func TestGeneratedCompaniesRun(t *testing.T) {
	if testing.Short() {
		t.Skip("large companies")
	}
	t.Parallel()
	for _, c := range []struct{ seed, accounts, touches int }{{1, 1, 0}, {2, 1, 1}, {3, 1, 500}, {4, 2, 60}, {5, 30, 2000}, {6, 40, 0}, {7, 300, 20}, {8, 25, 9000}} {
		for _, format := range []string{"csv", "parquet"} {
			t.Run(fmt.Sprintf("%d accounts, %d touches, %s", c.accounts, c.touches, format), func(t *testing.T) {
				directory := filepath.Join(t.TempDir(), "company")
				called(t, "generate", "--seed", fmt.Sprint(c.seed), "--accounts", fmt.Sprint(c.accounts), "--touches", fmt.Sprint(c.touches), "--format", format, directory)
				called(t, "run", "--config", filepath.Join(directory, "tributary.yaml"), "--out", filepath.Join(directory, "out"),
					"--accept", "no-rows=no touch was asked for", "--accept", "nothing-attributed=few touches were asked for")
			})
		}
	}
}

// The default company is credited as its page states; as Parquet it is the same company, to the
// byte of every report and credit.
func TestGeneratedCompanyIsCreditedAsStated(t *testing.T) {
	t.Parallel()
	published := map[string]string{}
	for _, format := range []string{"csv", "parquet"} {
		directory := filepath.Join(t.TempDir(), "company")
		called(t, "generate", "--format", format, directory)
		called(t, "run", "--config", filepath.Join(directory, "tributary.yaml"), "--out", filepath.Join(directory, "out"))
		published[format] = filepath.Join(directory, "out", "current")
	}
	for _, part := range []string{"reports", "tables"} {
		if d := treeDifference(filepath.Join(published["csv"], part), filepath.Join(published["parquet"], part)); d != "" {
			t.Errorf("CSV and Parquet: %s/%s differs", part, d)
		}
	}
	var credits [][]byte
	for _, format := range []string{"csv", "parquet"} {
		text, err := os.ReadFile(filepath.Join(published[format], "credits.parquet"))
		if err != nil {
			t.Fatal(err)
		}
		credits = append(credits, text)
	}
	if !bytes.Equal(credits[0], credits[1]) {
		t.Error("CSV and Parquet: the credits differ")
	}
	attributed, total := countOfPipeline(t, filepath.Join(published["csv"], "reports", "reconciliation.csv"))
	if share := attributed / total; share < synthetic.AttributedDeals-.05 || share > synthetic.AttributedDeals+.05 {
		t.Errorf("stated %.2f of deals are credited to touches, measured %.4f", synthetic.AttributedDeals, share)
	}
}

// countOfPipeline sums the counts of deals under one model that credits every journey.
func countOfPipeline(t *testing.T, report string) (attributed, total float64) {
	t.Helper()
	f, err := os.Open(report)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	for _, row := range rows[1:] {
		if row[at["conversion_type"]] == "pipeline" && row[at["model"]] == "linear" {
			var a, n float64
			if _, err := fmt.Sscan(row[at["attributed_count"]], &a); err != nil {
				t.Fatal(err)
			}
			if _, err := fmt.Sscan(row[at["total_count"]], &n); err != nil {
				t.Fatal(err)
			}
			attributed, total = attributed+a, total+n
		}
	}
	return attributed, total
}
