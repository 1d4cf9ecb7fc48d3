package runs

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/failure"
)

// refuse keeps one run as refused.
func refuse(t *testing.T, out string) string {
	t.Helper()
	r, err := Begin(t.Context(), out)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Abandon()
	if err := os.WriteFile(filepath.Join(r.Staging(), "findings.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir, err := r.Refuse(context.Background(), Manifest{Refused: []string{"rows-fell:costs"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// A refused run leaves current alone, is whole and private, and takes an id that no other run gets.
func TestRefuse(t *testing.T) {
	out := t.TempDir()
	if err := publish(out, "one", openDisk); err != nil {
		t.Fatal(err)
	}
	dir := refuse(t, out)
	if want := filepath.Join(out, "refused", "000002"); dir != want {
		t.Errorf("kept in %s, want %s", dir, want)
	}
	if got := state(t, out); got != "one" {
		t.Errorf("current holds %q", got)
	}
	if problems, err := Verify(dir); err != nil || len(problems) > 0 {
		t.Error(err, problems)
	}
	if info, err := os.Stat(filepath.Dir(dir)); err != nil || info.Mode().Perm() != 0o700 {
		t.Error(info.Mode(), err)
	}
	if err := publish(out, "three", openDisk); err != nil {
		t.Fatal(err)
	}
	for range 11 {
		refuse(t, out)
	}
	var ids []string
	list, err := List(out)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := ListRefused(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range append(list, kept...) {
		ids = append(ids, fmt.Sprintf("%s %t %t", run.ID, run.Current, run.Refused))
	}
	want := []string{"000001 false false", "000003 true false"}
	for id := 5; id <= 14; id++ { // the last ten
		want = append(want, fmt.Sprintf("%06d false true", id))
	}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Error(diff)
	}
	if found, err := Directory(out, "000014"); err != nil || found != kept[9].Path {
		t.Error(found, err)
	}
}

// Every operation of a refusal fails once, in turn: current stays, every refused run that is there
// is whole, and the next run begins.
func TestEveryOperationOfARefusalFails(t *testing.T) {
	refuseOn := func(out string, open opener) error {
		r, err := begin(t.Context(), out, open)
		if err != nil {
			return err
		}
		defer r.Abandon()
		if err := os.WriteFile(filepath.Join(r.Staging(), "findings.json"), []byte("{}"), 0o600); err != nil {
			return err
		}
		_, err = r.Refuse(t.Context(), Manifest{Refused: []string{"rows-fell:costs"}}, nil)
		return err
	}
	for tested, reached := 0, true; reached; tested++ {
		out := filepath.Join(t.TempDir(), "out")
		if err := publish(out, "old", openDisk); err != nil {
			t.Fatal(err)
		}
		n := tested + 1
		err := refuseOn(out, failing(&n, func() error { return syscall.EIO }))
		reached = n <= 0
		if !reached && err != nil || err != nil && failure.CodeOf(err) != failure.IO {
			t.Fatalf("operation %d: %v", tested+1, err)
		}
		if state(t, out) != "old" {
			t.Fatalf("operation %d: current moved", tested+1)
		}
		swept(t, out, 1)
		kept, err := ListRefused(out)
		if err != nil {
			t.Fatal(err)
		}
		for _, run := range kept {
			if problems, err := Verify(run.Path); err != nil || len(problems) > 0 {
				t.Errorf("operation %d: %s: %v %v", tested+1, run.ID, problems, err)
			}
		}
		if err := refuseOn(out, openDisk); err != nil || state(t, out) != "old" {
			t.Fatalf("operation %d: the next refusal: %v", tested+1, err)
		}
	}
}

// What bent the period or the models is no baseline, nor is what came before an accepted run.
func TestBaselines(t *testing.T) {
	out := t.TempDir()
	publishAs := func(m Manifest) {
		r, err := Begin(t.Context(), out)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Publish(t.Context(), m, nil); err != nil {
			t.Fatal(err)
		}
	}
	if found, err := FindBaselines(filepath.Join(out, "none")); err != nil || len(found.Sound)+len(found.Damaged) > 0 {
		t.Error(found, err)
	}
	publishAs(Manifest{})
	publishAs(Manifest{Accepted: []Acceptance{{Code: "rows-fell", Table: "costs", Reason: "a new account"}}})
	for range 3 {
		publishAs(Manifest{})
	}
	publishAs(Manifest{Overrides: []string{"as-of"}})
	refuse(t, out)
	found, err := FindBaselines(out)
	var ids []string
	for _, run := range found.Sound {
		ids = append(ids, run.ID)
	}
	if diff := cmp.Diff([]string{"000005", "000004", "000003", "000002"}, ids); err != nil || diff != "" {
		t.Error(err, diff)
	}
	for range 12 {
		publishAs(Manifest{})
	}
	if found, err = FindBaselines(out); err != nil || len(found.Sound) != 10 || found.Sound[0].ID != "000019" {
		t.Error(len(found.Sound), err)
	}
}

// A damaged run is passed over, and named with what is wrong; files that are not asked about do not
// matter.
func TestDamagedBaselines(t *testing.T) {
	out := t.TempDir()
	for range 5 {
		if err := publish(out, "content", openDisk); err != nil {
			t.Fatal(err)
		}
	}
	in := func(id, name string) string { return filepath.Join(out, published, id, name) }
	if err := errors.Join(os.Truncate(in("000005", "credits.parquet"), 3), os.Remove(in("000004", "credits.parquet")),
		os.Truncate(in("000003", manifestFile), 100), os.Remove(in("000002", "reports/a.csv"))); err != nil {
		t.Fatal(err)
	}
	found, err := FindBaselines(out, "credits.parquet", "what.earlier.versions.had.not")
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for _, run := range found.Sound {
		parts = append(parts, run.ID)
	}
	for _, run := range found.Damaged {
		parts = append(parts, run.ID+" "+run.What)
	}
	want := []string{"000002", "000001", "000005 credits.parquet: 3 bytes, the manifest says 7", "000004 credits.parquet: it is missing"}
	if diff := cmp.Diff(want, parts[:4]); diff != "" || !strings.HasPrefix(parts[4], "000003 ") || !strings.Contains(parts[4], "it is truncated") {
		t.Error(diff, parts)
	}
}
