package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Every command stands below a heading of the help, and has examples whose commands and flags exist;
// every flag says what it does.
func TestEveryCommandHasHelp(t *testing.T) {
	for _, c := range documented(command(standing, nil)) {
		if c.HasParent() && c.GroupID == "" {
			t.Errorf("%s is below no heading: name it in helpGroups", c.Name())
		}
		if c.Short == "" || c.Long == "" && c.Name() != "version" {
			t.Errorf("%s has no description", c.CommandPath())
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Usage == "" {
				t.Errorf("%s --%s says nothing", c.CommandPath(), f.Name)
			}
		})
		if c.Example == "" {
			t.Errorf("%s has no example", c.CommandPath())
		}
		for line := range strings.SplitSeq(c.Example, "\n") {
			if err := wantExample(c, line); err != nil {
				t.Errorf("%s: the example %q: %v", c.CommandPath(), line, err)
			}
		}
	}
}

// wantExample wants an example to be a command line of the program, of this command unless it is of
// the program, whose flags can be read.
func wantExample(c *cobra.Command, line string) error {
	args, isIt := strings.CutPrefix(line, "  tributary")
	if !isIt {
		return fmt.Errorf("want two blanks and tributary")
	}
	found, rest, err := command(standing, nil).Find(strings.Fields(strings.ReplaceAll(args, "'", "")))
	switch {
	case err != nil:
		return err
	case c.HasParent() && found.Name() != c.Name() && found.Parent().Name() != c.Name():
		return fmt.Errorf("it is of %s", found.Name())
	}
	return found.ParseFlags(rest)
}

// The reference of commands is what the help says. UPDATE_DOCS=1 writes it.
func TestTheReferenceDescribesEveryCommand(t *testing.T) {
	var want strings.Builder
	root := command(standing, nil)
	for _, group := range root.Groups() {
		fmt.Fprintf(&want, "\n## %s\n", strings.TrimSuffix(group.Title, ":"))
		for _, c := range documented(root)[1:] {
			if c.GroupID == group.ID {
				want.WriteString(reference(c))
			}
		}
	}
	wantBlock(t, "docs/reference/commands.md", "commands", want.String())
}

// reference is a command in the reference of commands.
func reference(c *cobra.Command) string {
	text := &strings.Builder{}
	fmt.Fprintf(text, "\n### %s\n\n%s.\n\n```text\n%s\n```\n", c.Name(), c.Short, c.UseLine())
	if c.Long != "" && c.Long != c.Short {
		fmt.Fprintf(text, "\n%s\n", c.Long)
	}
	if c.Name() == "help" || c.Name() == "completion" {
		return text.String()
	}
	flags := &strings.Builder{}
	c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		name, usage := pflag.UnquoteUsage(f)
		if f.Name == "help" {
			return
		}
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" && f.DefValue != "0" {
			usage += " (default: " + f.DefValue + ")"
		}
		fmt.Fprintf(flags, "| `%s` | %s |\n", strings.TrimSpace("--"+f.Name+" "+name), strings.ReplaceAll(usage, "|", `\|`))
	})
	if flags.Len() > 0 {
		fmt.Fprintf(text, "\n| flag | meaning |\n|---|---|\n%s", flags)
	}
	fmt.Fprintf(text, "\n```text\n%s\n```\n", strings.ReplaceAll(strings.TrimPrefix(c.Example, "  "), "\n  ", "\n"))
	return text.String()
}

// Man pages do not depend on the clock, and there is one for every command.
func TestManPagesAreTheSame(t *testing.T) {
	later := func() time.Time { return standing().AddDate(3, 0, 0) }
	first, second := t.TempDir(), filepath.Join(t.TempDir(), "man", "man1")
	for directory, now := range map[string]func() time.Time{first: standing, second: later} {
		var stdout, stderr bytes.Buffer
		if code := mainBy(now, nil, []string{"man", directory}, &stdout, &stderr); code != 0 || stdout.Len() > 0 {
			t.Fatalf("exit code %d\n%s%s", code, &stdout, &stderr)
		}
	}
	if d := treeDifference(first, second); d != "" {
		t.Errorf("they differ: %s", d)
	}
	for _, c := range documented(command(standing, nil)) {
		page, err := os.ReadFile(filepath.Join(first, strings.ReplaceAll(c.CommandPath(), " ", "-")+".1"))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(page, []byte(".SH EXAMPLE")) || bytes.Contains(page, []byte("Jan 0001")) || bytes.Contains(page, []byte("Auto generated")) {
			t.Errorf("%s:\n%s", c.CommandPath(), page)
		}
	}
}
