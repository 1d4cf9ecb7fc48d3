package attribution

import (
	"slices"
	"testing"

	"github.com/tributary-engine/tributary/internal/contract"
)

// What a relation reads has been made before it: by this list, or by reading.
func TestRelationsAreMadeBeforeTheyAreRead(t *testing.T) {
	made := map[string]bool{}
	for _, name := range append(contract.Names(), "currencies", "touch_kinds", "touch_names", "touch_rows") {
		made[name] = true
	}
	for _, r := range Relations() {
		if made[r.Name] {
			t.Errorf("%s is made twice", r.Name)
		}
		for _, read := range r.Reads {
			if !made[read] {
				t.Errorf("%s reads %s, which is made later or never", r.Name, read)
			}
		}
		made[r.Name] = true
		if r.Grain == "" || r.MadeBy == "" {
			t.Errorf("%s has no grain or no maker: %+v", r.Name, r)
		}
	}
}

// Every SQL file that makes a relation is a task, and begins with the name and the grain of what it
// makes.
func TestEveryFileIsATask(t *testing.T) {
	entries, err := files.ReadDir("sql")
	if err != nil {
		t.Fatal(err)
	}
	var made []string
	for _, r := range Relations() {
		made = append(made, r.MadeBy)
	}
	for _, e := range entries {
		if name := e.Name(); !e.IsDir() && name != "functions.sql" && !slices.Contains(made, "attribution/sql/"+name) {
			t.Errorf("nothing runs sql/%s", name)
		}
	}
}
