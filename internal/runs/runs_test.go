package runs

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/failure"
)

func TestPublish(t *testing.T) {
	out := filepath.Join(t.TempDir(), "de ep", "Größe 😀\nx")
	for _, content := range []string{"one", "two"} {
		if err := publish(out, content, openDisk); err != nil {
			t.Fatal(err)
		}
	}
	link, err := os.Readlink(filepath.Join(out, current))
	if err != nil || link != "runs/000002" || state(t, out) != "two" {
		t.Error(link, err)
	}
	runs, err := List(out)
	if err != nil || len(runs) != 2 || runs[0].ID != "000001" || runs[0].Current || !runs[1].Current || runs[1].Damage != "" {
		t.Errorf("%+v %v", runs, err)
	}
	want, err := os.ReadFile("testdata/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(out, "runs/000002/manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestModesWhateverTheUmask(t *testing.T) {
	for _, umask := range []int{0, 0o077} {
		before := syscall.Umask(umask)
		out := filepath.Join(t.TempDir(), "out")
		err := publish(out, "x", openDisk)
		syscall.Umask(before)
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]fs.FileMode{".staging": 0o700, ".lock": 0o600, "runs/000001": 0o750, "runs/000001/reports": 0o750,
			"runs/000001/tables": 0o700, "runs/000001/quarantine": 0o700, "runs/000001/reports/a.csv": 0o640, "runs/000001/credits.parquet": 0o640,
			"runs/000001/manifest.json": 0o640, "runs/000001/tables/touches.parquet": 0o600, "runs/000001/quarantine/touches.csv": 0o600} {
			info, err := os.Stat(filepath.Join(out, name))
			if err != nil {
				t.Fatal(err)
			}
			if info.Mode().Perm() != want {
				t.Errorf("umask %o: %s is %o, want %o", umask, name, info.Mode().Perm(), want)
			}
		}
		for _, name := range []string{".", "runs"} {
			if info, err := os.Stat(filepath.Join(out, name)); err != nil || info.Mode().Perm() != 0o750&^fs.FileMode(umask) {
				t.Errorf("umask %o: %s: %v %v", umask, name, info.Mode(), err)
			}
		}
	}
}

func TestSecondRunIsLocked(t *testing.T) {
	out := t.TempDir()
	first, err := Begin(context.Background(), out)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Begin(context.Background(), out); failure.CodeOf(err) != failure.Locked || !strings.HasPrefix(err.Error(), "another run is writing to "+out) {
		t.Error(err)
	}
	if err := Delete(context.Background(), out, nil); failure.CodeOf(err) != failure.Locked {
		t.Error(err)
	}
	if _, err := os.Stat(first.TempDir()); err != nil {
		t.Error("the second run swept what the first one writes:", err)
	}
	first.Abandon()
	first.Abandon()
	second, err := Begin(context.Background(), out)
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Publish(context.Background(), Manifest{}, nil); err != nil {
		t.Fatal(err)
	}
	second.Abandon()
	if err := second.Publish(context.Background(), Manifest{}, nil); failure.CodeOf(err) != failure.Internal {
		t.Error("published twice:", err)
	}
	if _, err := Current(out); err != nil {
		t.Error(err)
	}
}

func TestIDs(t *testing.T) {
	for _, c := range []struct {
		names []string
		link  string
		want  string
	}{
		{nil, "", "000001"},
		{[]string{"000007", "000003", "000009.tmp", "10", "x"}, "", "000008"},
		{[]string{"999999"}, "", "1000000"},
		{[]string{"999999", "1000000"}, "", "1000001"},
		{[]string{"000001"}, "runs/000004", "000005"}, // a reader may have seen it
	} {
		out := t.TempDir()
		for _, name := range c.names {
			if err := os.MkdirAll(filepath.Join(out, published, name), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if c.link != "" {
			if err := os.Symlink(c.link, filepath.Join(out, current)); err != nil {
				t.Fatal(err)
			}
		}
		r, err := Begin(context.Background(), out)
		if err != nil {
			t.Fatal(err)
		}
		if r.ID() != c.want {
			t.Errorf("%v: %s, want %s", c.names, r.ID(), c.want)
		}
		r.Abandon()
	}
}

// What could not be published at the end is refused at the start.
func TestRefusedBeforeAnyWork(t *testing.T) {
	for name, c := range map[string]struct {
		make func(out string) error
		want string
		code failure.Code
	}{
		"a file":             {func(out string) error { return os.WriteFile(out, nil, 0o600) }, "the output OUT is not a directory\nhint: choose another --out", failure.Usage},
		"current is no link": {func(out string) error { return os.MkdirAll(filepath.Join(out, current), 0o700) }, "OUT/current is not a symbolic link: move it away, or choose another --out", failure.IO},
		"runs is no directory": {func(out string) error {
			return errors.Join(os.Mkdir(out, 0o700), os.Symlink("/tmp", filepath.Join(out, published)))
		}, "OUT/runs is not a directory: move it away, or choose another --out", failure.IO},
		"staging leads away": {func(out string) error {
			return errors.Join(os.Mkdir(out, 0o700), os.Symlink("/tmp", filepath.Join(out, staging)))
		}, "OUT/.staging is not a directory: move it away, or choose another --out", failure.IO},
		"not writable": {func(out string) error { return os.Mkdir(out, 0o500) }, "locking OUT/.lock: permission denied\nhint: make it writable, or choose another --out", failure.IO},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "not writable" && os.Geteuid() == 0 {
				t.Skip("root may write everywhere")
			}
			out := filepath.Join(t.TempDir(), "out")
			if err := c.make(out); err != nil {
				t.Fatal(err)
			}
			_, err := Begin(context.Background(), out)
			if err == nil || strings.ReplaceAll(err.Error(), out, "OUT") != c.want || failure.CodeOf(err) != c.code {
				t.Error(err)
			}
		})
	}
}

func TestReadOnlyFileSystem(t *testing.T) {
	_, err := Begin(context.Background(), "/proc/self/fdinfo") // no one may write there, not even root
	if failure.CodeOf(err) != failure.IO {
		t.Error(err)
	}
}

func TestNotPublished(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for name, c := range map[string]struct {
		ctx      context.Context
		manifest Manifest
		stage    func(dir string) error
		code     failure.Code
	}{
		"a failed check":   {context.Background(), Manifest{Checks: []Check{{Name: "sums", OK: false}}}, nil, failure.Check},
		"lost rows":        {context.Background(), Manifest{Inputs: []Input{{File: "a.csv", RowsIn: 3, Loaded: 2}}}, nil, failure.Internal},
		"cancelled":        {cancelled, Manifest{}, nil, failure.Interrupted},
		"a link":           {context.Background(), Manifest{}, func(dir string) error { return os.Symlink("/etc/passwd", filepath.Join(dir, "reports/x")) }, failure.Internal},
		"a manifest there": {context.Background(), Manifest{}, func(dir string) error { return os.WriteFile(filepath.Join(dir, "manifest.json"), nil, 0o600) }, failure.Internal},
	} {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			r, err := Begin(context.Background(), out)
			if err != nil {
				t.Fatal(err)
			}
			if c.stage != nil {
				if err := c.stage(r.Staging()); err != nil {
					t.Fatal(err)
				}
			}
			if err := r.Publish(c.ctx, c.manifest, nil); failure.CodeOf(err) != c.code {
				t.Error(err)
			}
			r.Abandon()
			if state(t, out) != "" {
				t.Error("published")
			}
			swept(t, out, 0)
		})
	}
}
