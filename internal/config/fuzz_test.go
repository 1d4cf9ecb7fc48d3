package config_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
)

// Whatever the file holds, it is refused with exit code 2, or it is a job that Marshal and Parse
// agree on.
func FuzzParse(f *testing.F) {
	for _, c := range wrongFiles {
		f.Add([]byte(c.file))
	}
	example, err := os.ReadFile("testdata/example.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(example)
	f.Add([]byte("sales_channels: ['~', \"\\x01\\r\\n\\u2028\\U0001F600\", '010', 'true', '1e3', ' - a', \"a: b # c\", '&x', '*y', '!z', '2020-01-01', |-\n  two\n  lines\n ]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		job, err := config.Parse("t.yaml", text)
		if err != nil {
			if failure.CodeOf(err) != failure.Usage {
				t.Fatalf("exit code %d: %v", failure.CodeOf(err), err)
			}
			return
		}
		written, err := job.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		again, err := config.Parse("config.yaml", written)
		if err != nil {
			t.Fatalf("%v in\n%s", err, written)
		}
		if diff := cmp.Diff(job, again, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s in\n%s", diff, written)
		}
	})
}
