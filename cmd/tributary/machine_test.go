package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/acceptance"
	"github.com/tributary-engine/tributary/internal/oracle"
)

// Nor do they depend on the zone or the language of the machine.
func TestBytesDoNotDependOnZoneOrLocale(t *testing.T) {
	acceptance.Nightly(t, "six runs")
	for i := range 2 {
		s := uint64(i + 1)
		w := oracle.Random(rand.New(rand.NewPCG(s, 7)))
		in := filepath.Join(t.TempDir(), "in")
		if err := os.Mkdir(in, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := w.Write(in, nil); err != nil {
			t.Fatal(err)
		}
		options := []string{"--as-of", "2026-01-01"}
		if w.Options.ReportingCurrency != "" {
			file := filepath.Join(t.TempDir(), "job.yaml")
			if err := os.WriteFile(file, []byte("reporting: {currency: "+w.Options.ReportingCurrency+"}\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			options = append(options, "--config", file)
		}
		var first map[string]string
		for _, machine := range [][2]string{{"UTC", "C"}, {"Asia/Kathmandu", "tr_TR.UTF-8"}, {"America/St_Johns", "de_DE.UTF-8"}} {
			t.Setenv("TZ", machine[0])
			t.Setenv("LC_ALL", machine[1])
			t.Setenv("LANG", machine[1])
			out := filepath.Join(t.TempDir(), "out")
			command := append([]string{"run", "--input", in, "--out", out, "--quiet"}, options...)
			runTributary(t, command...)
			files := acceptance.FilesOf(t, filepath.Join(out, "runs", "000001"))
			if first == nil {
				first = files
			}
			acceptance.WantSameFiles(t, fmt.Sprintf("seed %d, TZ %s, LC_ALL %s", s, machine[0], machine[1]), files, first)
		}
	}
}

// runTributary runs the program as a process of its own, with the environment of the test: Go reads
// TZ only once. TestMain has put it on the PATH.
func runTributary(t testing.TB, args ...string) {
	t.Helper()
	if output, err := exec.CommandContext(t.Context(), "tributary", args...).CombinedOutput(); err != nil {
		t.Fatalf("tributary %s: %v\n%s", strings.Join(args, " "), err, output)
	}
}
