package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tributary/internal/config"
	"tributary/internal/job"
)

// BenchmarkRun is the whole job over 200,000 touches of 20,000 people, 4,000 opportunities and a year of costs, with every
// table and credit row written.
func BenchmarkRun(b *testing.B) {
	in := b.TempDir()
	if err := writeCompany(in, 200_000); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		settings, _, err := config.FromDirectory(in)
		if err != nil {
			b.Fatal(err)
		}
		if settings, err = settings.With(config.Overrides{Out: filepath.Join(b.TempDir(), "out"), AsOf: "2025-02-01"}); err != nil {
			b.Fatal(err)
		}
		if _, err := job.Run(b.Context(), settings, job.Options{Now: time.Now}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(200_000/b.Elapsed().Seconds()*float64(b.N), "touches/s")
}

// writeCompany writes two years of a company with as many touches, ten to a person, five people to an opportunity's account.
func writeCompany(directory string, touches int) error {
	r := rand.New(rand.NewPCG(1, 1))
	begin := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
	instant := func(from, days int) string {
		return begin.AddDate(0, 0, from).Add(time.Duration(r.IntN(days*86400)) * time.Second).Format(time.RFC3339)
	}
	people := touches / 10
	accounts := people / 10
	channels := []string{"search", "social", "email", "events", "direct"}
	for name, rows := range map[string]func(w io.Writer){
		"touchpoints.csv": func(w io.Writer) {
			fmt.Fprintln(w, "touch_id,occurred_at,contact_id,email,channel,campaign_id,status")
			for i := range touches {
				person, campaign := r.IntN(people), r.IntN(100)
				contact, email := fmt.Sprintf("c%d", person), ""
				if i%5 == 0 {
					contact, email = "", fmt.Sprintf("p%d@acme%d.example", person, person%accounts)
				}
				fmt.Fprintf(w, "t%d,%s,%s,%s,%s,k%d,\n", i, instant(0, 730), contact, email, channels[campaign%len(channels)], campaign)
			}
		},
		"contacts.csv": func(w io.Writer) {
			fmt.Fprintln(w, "contact_id,account_id,email,created_at")
			for i := range people {
				fmt.Fprintf(w, "c%d,a%d,p%d@acme%d.example,%s\n", i, i%accounts, i, i%accounts, instant(0, 730))
			}
		},
		"opportunities.csv": func(w io.Writer) {
			fmt.Fprintln(w, "opportunity_id,account_id,created_at,closed_at,stage,amount,currency")
			for i := range accounts * 2 {
				fmt.Fprintf(w, "o%d,a%d,%s,%s,%s,%d.%02d,USD\n", i, i%accounts, instant(200, 400), instant(600, 130)[:10], []string{"Closed Won", "Closed Lost"}[r.IntN(2)], r.IntN(100_000), r.IntN(100))
			}
		},
		"costs.csv": func(w io.Writer) {
			fmt.Fprintln(w, "starts_on,ends_on,campaign_id,amount,currency")
			for i := range 100 {
				fmt.Fprintf(w, "2024-01-01,2024-12-31,k%d,%d.123456,USD\n", i, r.IntN(100_000))
			}
		},
	} {
		f, err := os.Create(filepath.Join(directory, name))
		if err != nil {
			return err
		}
		w := bufio.NewWriter(f)
		rows(w)
		if err := w.Flush(); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}
