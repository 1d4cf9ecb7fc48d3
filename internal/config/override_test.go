package config_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
)

func job(t *testing.T, text string) config.Job {
	t.Helper()
	j, err := config.Parse("t.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestOverrides(t *testing.T) {
	before := job(t, "reporting: {time_zone: Europe/Berlin}")
	raw := true
	after, err := before.With(config.Overrides{AsOf: "2025-01-31", Models: []string{"linear", "u_shaped"}, From: "2024-01-01", To: "2024-12-31",
		Credits: "none", Tables: "none", CSVRaw: &raw, Out: "out", TempDir: "tmp", Threads: 2, MemoryLimit: "1.5 GiB"})
	if err != nil {
		t.Fatal(err)
	}
	want := job(t, "reporting: {time_zone: Europe/Berlin, from: 2024-01-01, to: 2024-12-31}\nmodels: [linear, u_shaped]\nas_of: 2025-01-31T22:59:59.999999Z\noutput: {csv_raw: true, credits: none, tables: none}\n")
	want.Out, want.TempDir, want.Threads, want.MemoryLimit = "out", "tmp", 2, "1.5 GiB"
	if diff := cmp.Diff(want, after); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(before, job(t, "reporting: {time_zone: Europe/Berlin}")); diff != "" {
		t.Error("the job itself changed", diff)
	}
	if same, err := before.With(config.Overrides{}); err != nil || !cmp.Equal(before, same) {
		t.Error("no flags change something", err)
	}
}

// --models alone selects exactly what it names, custom models too, and config.yaml says the same.
func TestModelsFlagLeavesCustomModelsOut(t *testing.T) {
	custom := "custom_models: [{name: a, kind: time_decay, half_life_days: 7}, {name: b, kind: time_decay, half_life_days: 8}]\n"
	before := job(t, "primary_model: a\nmodels: [linear]\n"+custom)
	for _, c := range []struct {
		flag    []string
		primary string
		custom  []string
	}{
		{nil, "a", []string{"a", "b"}}, {[]string{"linear", "b"}, "linear", []string{"b"}}, {[]string{"first_touch"}, "first_touch", nil},
		{[]string{"linear", "a"}, "a", []string{"a"}},
	} {
		after, err := before.With(config.Overrides{Models: c.flag})
		if err != nil {
			t.Fatal(err)
		}
		var kept []string
		for _, m := range after.CustomModels {
			kept = append(kept, m.Name)
		}
		if after.PrimaryModel != c.primary || !slices.Equal(kept, c.custom) {
			t.Errorf("--models %q: primary model %s, custom models %q", c.flag, after.PrimaryModel, kept)
		}
		roundTrip(t, after)
	}
	if len(before.CustomModels) != 2 {
		t.Error("the job itself changed")
	}
}

func TestWrongOverrides(t *testing.T) {
	for want, o := range map[string]config.Overrides{
		`--as-of: "yesterday" is not an instant
hint: write one such as 2020-05-28T00:00:00Z, with Z or an offset, or a date such as 2020-05-28`: {AsOf: "yesterday"},
		`--as-of: "2025-02-30" is not an instant
hint: write one such as 2020-05-28T00:00:00Z, with Z or an offset, or a date such as 2020-05-28`: {AsOf: "2025-02-30"},
		`--as-of: "2025-02-03T10:00:00" is not an instant
hint: write one such as 2020-05-28T00:00:00Z, with Z or an offset, or a date such as 2020-05-28`: {AsOf: "2025-02-03T10:00:00"},
		`--as-of: "2025-02-03T10:00:00.0000001Z" is not an instant
hint: write one such as 2020-05-28T00:00:00Z, with Z or an offset, or a date such as 2020-05-28`: {AsOf: "2025-02-03T10:00:00.0000001Z"},
		`--as-of: "0001-01-01" is before 1990`: {AsOf: "0001-01-01"},
		`--from: "01/02/2025" is not a date
hint: write one that exists, such as 2020-12-31`: {From: "01/02/2025"},
		`--from, --to: the reporting period ends on 2020-05-01, before it begins on 2021-01-01`: {To: "2020-05-01"},
		"--models: \"W-shaped\" is not the name of a model (`tributary models` lists them)":     {Models: []string{"W-shaped"}},
		"--models: linear stands there twice":                                                   {Models: []string{"linear", "linear"}},
		`--credits: "some" is not one of all, none`:                                             {Credits: "some"},
		`--tables: "ALL" is not one of all, none`:                                               {Tables: "ALL"},
		`--threads: -1 is not a number from 1 to 1024`:                                          {Threads: -1},
		`--memory-limit: "80%" is not a size
hint: write one such as 512MB or 4GiB`: {MemoryLimit: "80%"},
		`--memory-limit: "4GB'; ATTACH 'x" is not a size
hint: write one such as 512MB or 4GiB`: {MemoryLimit: "4GB'; ATTACH 'x"},
	} {
		_, err := job(t, "reporting: {from: 2021-01-01}").With(o)
		if err == nil || err.Error() != want || failure.CodeOf(err) != failure.Usage {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

// A date stands for its last microsecond in the reporting zone, on days of 23, 24 and 25 hours.
func TestAsOfDates(t *testing.T) {
	for _, c := range []struct{ zone, day, want string }{
		{"UTC", "2025-03-30", "2025-03-30T23:59:59.999999Z"},
		{"Europe/Berlin", "2025-03-30", "2025-03-30T21:59:59.999999Z"},
		{"America/New_York", "2025-12-31", "2026-01-01T04:59:59.999999Z"},
		{"America/Sao_Paulo", "2017-10-14", "2017-10-15T02:59:59.999999Z"}, // the next day begins at 01:00
		{"America/Sao_Paulo", "2018-02-17", "2018-02-18T02:59:59.999999Z"}, // 23:00 to 24:00 comes twice
		{"America/Havana", "2025-11-01", "2025-11-02T03:59:59.999999Z"},    // the next day's midnight comes twice
		{"Asia/Beirut", "2022-03-26", "2022-03-26T21:59:59.999999Z"},       // the next day begins at 01:00
	} {
		j := job(t, "reporting: {time_zone: "+c.zone+"}\nas_of: "+c.day+"\n")
		if got := j.AsOf.Format(time.RFC3339Nano); got != c.want {
			t.Errorf("%s in %s: %s, want %s", c.day, c.zone, got, c.want)
		}
	}
}
