package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// shared is the directory of what several tests read and none of them changes.
var shared = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "tributary-shared-") })

// tests are the tests of the package; what they share is removed after them.
type tests struct{ *testing.M }

func (m tests) Run() int {
	defer func() {
		if directory, err := shared(); err == nil {
			os.RemoveAll(directory)
		}
	}()
	return m.M.Run()
}

// madeUp is where the company of init has its one run, which tests must not change: its
// configuration is in the directory above.
func madeUp(t *testing.T) (out string) {
	t.Helper()
	out, err := madeUpOnce()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var madeUpOnce = sync.OnceValues(func() (string, error) {
	directory, err := shared()
	if err != nil {
		return "", err
	}
	company := filepath.Join(directory, "company")
	out := filepath.Join(company, "out")
	run := []string{"run", "--config", filepath.Join(company, "tributary.yaml"), "--out", out, "--working-tables", filepath.Join(company, "working.duckdb")}
	for _, args := range [][]string{{"init", company}, run} {
		var stdout, stderr bytes.Buffer
		if code := Main(args, &stdout, &stderr); code != 0 {
			return "", fmt.Errorf("%q: exit code %d\n%s", args, code, &stderr)
		}
	}
	return out, nil
})
