package job

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/runs"
)

// Every change of closed_through keeps the run before it and, where the books are closed then, the
// first one after it. Runs that flags bent keep the nearest one that none bent too.
func TestClosingsAreKept(t *testing.T) {
	const first, second = "2025-01-31", "2025-02-28"
	bent, accepted := []string{"from"}, []runs.Acceptance{{Code: "won-changed", Table: "opportunities"}}
	var list []runs.Summary
	for _, night := range []struct {
		id, closed string
		overrides  []string
		accepted   []runs.Acceptance
		damage     string
	}{
		{id: "01"}, {id: "02"}, {id: "03", overrides: bent},
		{id: "04", closed: first, overrides: bent}, {id: "05", closed: first}, {id: "06", closed: first},
		{id: "07", closed: first, damage: "it is truncated"},
		{id: "08", closed: second}, {id: "09", closed: second}, {id: "10", closed: second, accepted: accepted}, {id: "11", closed: second},
		{id: "12"}, {id: "13"},
	} {
		directory := t.TempDir()
		text := "closed_through: \"" + night.closed + "\"\n"
		if night.closed == "" {
			text = "reporting:\n  closed_through: \"2020-01-01\"\n"
		}
		if err := os.WriteFile(filepath.Join(directory, "config.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		list = append(list, runs.Summary{ID: night.id, Path: directory, Damage: night.damage, Manifest: runs.Manifest{Overrides: night.overrides, Accepted: night.accepted}})
	}
	reasons := keeping{}
	keepClosings(list, reasons)
	want := keeping{
		"02": {"the last run before the books were closed through " + first},
		"03": {"the last run before the books were closed through " + first},
		"04": {"the first run with the books closed through " + first},
		"05": {"the first run with the books closed through " + first},
		"06": {"the last run before the books were closed through " + second},
		"08": {"the first run with the books closed through " + second},
		"09": {"the last run before a change to a closed period was accepted"},
		"10": {"a change to a closed period was accepted"},
		"11": {"the last run with the books closed through " + second},
	}
	if diff := cmp.Diff(want, reasons); diff != "" {
		t.Error(diff)
	}
}

// A damaged run takes no place of a sound one, and the current run stays.
func TestNewestAreKept(t *testing.T) {
	list := []runs.Summary{{ID: "1", Current: true}, {ID: "2"}, {ID: "3", Damage: "cut"}, {ID: "4"}, {ID: "5", Damage: "cut"}, {ID: "6"}}
	for atMost, want := range map[int]struct {
		reasons keeping
		oldest  string
	}{
		1: {keeping{"1": {"current"}, "6": {AmongNewest}}, "6"},
		2: {keeping{"1": {"current"}, "4": {AmongNewest}, "5": {AmongNewest}, "6": {AmongNewest}}, "4"},
		5: {keeping{"1": {"current", AmongNewest}, "2": {AmongNewest}, "3": {AmongNewest}, "4": {AmongNewest}, "5": {AmongNewest}, "6": {AmongNewest}}, ""},
	} {
		reasons, oldest := keepNewest(list, atMost)
		if diff := cmp.Diff(want.reasons, reasons); diff != "" || oldest != want.oldest {
			t.Errorf("%d: oldest %q, %s", atMost, oldest, diff)
		}
	}
}

func TestIDsAreComparedAsNumbers(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{{"000009", "000010", true}, {"000010", "000009", false}, {"999999", "1000000", true}, {"1000000", "999999", false}, {"000001", "000001", false}} {
		if older(c.a, c.b) != c.want {
			t.Error(c)
		}
	}
}
