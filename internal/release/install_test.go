package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"

	"github.com/tributary-engine/tributary/internal/version"
)

var install = flag.Bool("install", false, "install the committed program as a user does, in some minutes")

const path = "github.com/tributary-engine/tributary"

// `go install PATH@VERSION` refuses a module with replace or exclude directives.
func TestTheModuleCanBeInstalled(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(repository, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", text, nil)
	if err != nil {
		t.Fatal(err)
	}
	if mod.Module.Mod.Path != path || len(mod.Replace) > 0 || len(mod.Exclude) > 0 {
		t.Errorf("the module is %s, with %d replace and %d exclude directives", mod.Module.Mod.Path, len(mod.Replace), len(mod.Exclude))
	}
}

// The committed program, packed as a module of a proxy, is installed from an empty directory, and
// runs. Without the build tag the compiler says which tag is missing.
func TestGoInstall(t *testing.T) {
	if !*install {
		t.Skip("takes minutes: make install-check")
	}
	commit := strings.TrimSpace(output(t, repository, "git", "rev-parse", "--short=12", "HEAD"))
	proxy := t.TempDir()
	v := module.Version{Path: path, Version: "v" + version.Program + "-check." + commit}
	publish(t, proxy, v)

	bin := t.TempDir()
	installed := func(flags ...string) ([]byte, error) {
		c := exec.Command("go", append(append([]string{"install"}, flags...), path+"/cmd/tributary@"+v.Version)...)
		c.Dir = t.TempDir()
		c.Env = append(os.Environ(), "GOFLAGS=", "GOBIN="+bin, "GONOSUMDB="+path, "GOPROXY=file://"+filepath.ToSlash(proxy)+","+strings.TrimSpace(output(t, ".", "go", "env", "GOPROXY")))
		return c.CombinedOutput()
	}
	if said, err := installed(); err == nil || !bytes.Contains(said, []byte("build_Tributary_with_the_tag_duckdb_arrow")) {
		t.Errorf("without the tag: %v\n%s", err, said)
	}
	if said, err := installed("-tags=duckdb_arrow"); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	program := filepath.Join(bin, "tributary")
	if help := output(t, bin, program, "--help"); !strings.Contains(help, "attribution for B2B") {
		t.Errorf("--help prints\n%s", help)
	}
	if first, _, _ := strings.Cut(output(t, bin, program, "version"), "\n"); first != "tributary "+version.Program {
		t.Errorf("version prints %q", first)
	}
	if built := output(t, bin, "go", "version", "-m", program); !strings.Contains(built, "\tmod\t"+path+"\t"+v.Version+"\t") {
		t.Errorf("the program does not know its version:\n%s", built)
	}
}

// publish writes the files of HEAD as a version of the module into the tree of a proxy.
func publish(t *testing.T, proxy string, v module.Version) {
	t.Helper()
	directory := filepath.Join(proxy, filepath.FromSlash(path), "@v")
	if err := os.MkdirAll(directory, 0o750); err != nil {
		t.Fatal(err)
	}
	info, err := json.Marshal(map[string]any{"Version": v.Version, "Time": time.Unix(0, 0).UTC()})
	if err != nil {
		t.Fatal(err)
	}
	committed := t.TempDir()
	output(t, repository, "git", "archive", "-o", filepath.Join(committed, "tar"), "HEAD")
	output(t, committed, "tar", "-xf", "tar")
	if err := os.Remove(filepath.Join(committed, "tar")); err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	if err := zip.CreateFromDir(&packed, v, committed); err != nil {
		t.Fatal(err)
	}
	mod := []byte(output(t, repository, "git", "show", "HEAD:go.mod"))
	for name, content := range map[string][]byte{
		"list": []byte(v.Version + "\n"), v.Version + ".info": info, v.Version + ".mod": mod, v.Version + ".zip": packed.Bytes(),
	} {
		if err := os.WriteFile(filepath.Join(directory, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func output(t *testing.T, directory, name string, arguments ...string) string {
	t.Helper()
	c := exec.Command(name, arguments...)
	c.Dir = directory
	c.Stderr = os.Stderr
	text, err := c.Output()
	if err != nil {
		t.Fatalf("%s %s: %v", name, strings.Join(arguments, " "), err)
	}
	return string(text)
}
