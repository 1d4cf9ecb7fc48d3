package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/acceptance"
	"github.com/tributary-engine/tributary/internal/csvtest"
	"github.com/tributary-engine/tributary/internal/synthetic"
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
	acceptance.Nightly(t, "large companies")
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
	acceptance.Nightly(t, "200,000 touchpoints, twice")
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
	handoffIsAsStated(t, filepath.Join(published["csv"], "reports"))
}

// handoffIsAsStated holds the reports of the handoff against the true rates of the company: each
// rate of a report, of all its deliveries, has the stated one in its interval, widened by what the
// rate is held to; and one rep is found to be worse than the others.
func handoffIsAsStated(t *testing.T, directory string) {
	t.Helper()
	stated, slacker := map[string]synthetic.Rate{}, ""
	for _, r := range synthetic.Rates() {
		stated[r.Property] = r
	}
	for _, f := range synthetic.Facts(synthetic.Company{Seed: 1, Accounts: 2000}) {
		if f.Property == "rep who does not follow up" {
			slacker = f.Value
		}
	}
	of := func(property string) float64 {
		r, found := stated[property]
		if !found {
			t.Fatalf("%s is not stated", property)
		}
		return r.Stated
	}
	worked, owned := of("MQLs worked by sales, of reps who follow up"), 1-of("MQLs that nobody in sales has")
	quick := of("first calls on MQLs within four office hours, of reps who follow up")
	said := map[string]map[string]string{} // by owner and measure
	for _, row := range csvtest.Rows(t, filepath.Join(directory, "rep_follow_up.csv")) {
		if row["period_type"] == "all" {
			said[row["owner"]+" "+row["measure"]] = row
		}
	}
	near := func(what, got string, want, by float64) {
		t.Helper()
		var x float64
		if _, err := fmt.Sscan(got, &x); err != nil || x < want-by || x > want+by {
			t.Errorf("%s: the report says %s, and it is %.3f", what, got, want)
		}
	}
	near("worked, of others", said[slacker+" worked"]["rest_rate"], worked*owned, .03)
	near("worked, of the one who does not follow up", said[slacker+" worked"]["rate"], of("MQLs worked by sales, of the one who does not"), .1)
	near("within the service level, of others", said[slacker+" within_service_level"]["rest_rate"], worked*owned*quick, .03)
	for _, measure := range []string{"worked", "within_service_level", "accepted", "expired", "sql"} {
		if answer := said[slacker+" "+measure]["answer"]; answer != "worse" {
			t.Errorf("%s of %s is %q", measure, slacker, answer)
		}
	}
	blank, all := 0., 0.
	for _, row := range csvtest.Rows(t, filepath.Join(directory, "handoff_reasons.csv")) {
		if row["period_type"] != "all" || row["outcome"] != "rejected" && row["outcome"] != "recycled" {
			continue
		}
		if row["campaign_id"] != "(all)" || row["owner"] != "(all)" || row["reason"] == "(all)" {
			continue
		}
		var n float64
		if _, err := fmt.Sscan(row["deliveries"], &n); err != nil {
			t.Fatal(err)
		}
		all += n
		if row["reason"] == "(no reason)" {
			blank += n
		}
	}
	near("without a reason", fmt.Sprint(blank/all), of("rejected and recycled MQLs without a reason"), .03)
	nobody := 0
	for _, row := range csvtest.Rows(t, filepath.Join(directory, "jurisdiction.csv")) {
		if row["department"] == "(nobody)" && row["stage"] == "On hold" {
			nobody++
		}
	}
	if nobody != 1 {
		t.Errorf("jurisdiction has %d rows of On hold that are nobody's", nobody)
	}
}

// countOfPipeline sums the counts of deals under one model that credits every journey.
func countOfPipeline(t *testing.T, report string) (attributed, total float64) {
	t.Helper()
	for _, row := range csvtest.Rows(t, report) {
		if row["conversion_type"] == "pipeline" && row["model"] == "linear" {
			var a, n float64
			if _, err := fmt.Sscan(row["attributed_count"], &a); err != nil {
				t.Fatal(err)
			}
			if _, err := fmt.Sscan(row["total_count"], &n); err != nil {
				t.Fatal(err)
			}
			attributed, total = attributed+a, total+n
		}
	}
	return attributed, total
}
