package main

import (
	"context"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/page"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/runs"
)

func pageCommand() *cobra.Command {
	var out, id, to string
	c := &cobra.Command{
		Use:   "page",
		Short: "Write the page of a run: its figures as charts, tables and sentences",
		Long: `Writes the page of a run, one self-contained HTML file for people who look at the figures. Every run publishes it as report.html;
this command makes it again from the reports of a run, also of one that an earlier version made. The page needs no network, and has no
e-mail and no id of a person. docs/page.md says how to read it.`,
		Example: "  tributary page --out results --to report.html\n  tributary page --out results --run 000012 > march.html",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := refuseEmpty(c, "out", "run", "to"); err != nil {
				return err
			}
			run, err := openPublished(c.Context(), out, id)
			if err != nil {
				return err
			}
			defer run.Close()
			text, err := page.Render(c.Context(), run)
			if err != nil {
				return err
			}
			if to == "" && widthOf(os.Stdout) != nil {
				return failure.Errorf(failure.Usage, "the page is HTML, and standard output is a terminal\nhint: name a file with --to, for example --to report.html")
			}
			if to == "" {
				_, err := c.OutOrStdout().Write(text)
				return writing(err)
			}
			return replaceFile(to, 0o640, func(out io.Writer) error {
				_, err := out.Write(text)
				return writing(err)
			})
		},
	}
	f := c.Flags()
	f.StringVar(&out, "out", "", "`DIR` in which runs are published")
	f.StringVar(&id, "run", "", "`RUN` to show; by default the current one")
	f.StringVar(&to, "to", "", "`FILE` to write; by default standard output")
	return c
}

// openPublished opens the reports of a published run: of the current one, if id is empty.
func openPublished(ctx context.Context, out, id string) (*published.Run, error) {
	directory, err := runDirectory(out, []string{id})
	if err != nil {
		return nil, err
	}
	manifest, err := runs.ReadManifest(directory)
	if err != nil {
		return nil, err
	}
	return published.Open(ctx, directory, manifest)
}
