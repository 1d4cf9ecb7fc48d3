package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strconv"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/synthetic"
	"github.com/tributary-engine/tributary/internal/words"
)

func generateCommand(now func() time.Time) *cobra.Command {
	var company synthetic.Company
	var format string
	var rates, asJSON bool
	c := &cobra.Command{
		Use:   "generate DIR",
		Short: "Write a synthetic company of any size",
		Long: `Writes the input files of a synthetic company to DIR, which must not exist or must be empty: every table of the input contract over
three years, and a tributary.yaml for it. The data has the faults of real exports: duplicates, late and missing facts, several
people on an opportunity, two currencies. The last line is the command that runs it.

The same flags write the same bytes on every machine. Memory use does not depend on the number of touchpoints.

With --rates it writes no files. It prints the true rates of such a company, and who and what stands out in it, to compare the
reports with: who in sales does not follow up, which competitor wins on price, and so on.`,
		Example: "  tributary generate company\n  tributary generate --seed 2 --accounts 100000 --touches 10000000 --format parquet large\n  tributary generate --rates",
		Args: func(c *cobra.Command, args []string) error {
			if rates {
				return cobra.NoArgs(c, args)
			}
			return cobra.ExactArgs(1)(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			say, err := newLog(c, now)
			if err != nil {
				return err
			}
			defer say.show.Close()
			switch {
			case rates:
				return printRates(c.OutOrStdout(), company, asJSON)
			case asJSON:
				return failure.Errorf(failure.Usage, "--json needs --rates\nhint: the files of a company are CSV or Parquet (--format)")
			case format != string(synthetic.CSV) && format != string(synthetic.Parquet):
				return failure.Errorf(failure.Usage, "--format: %q is not csv or parquet", format)
			case args[0] == "":
				return failure.Errorf(failure.Usage, "DIR is empty\nhint: name the directory for the company")
			}
			written, err := synthetic.Generate(c.Context(), company, synthetic.Format(format), args[0], say.show)
			if err != nil {
				return err
			}
			for _, table := range written {
				say.say("%s.%s: %s", table.Table, format, words.Count(table.Rows, "row"))
			}
			say.say("wrote the company to %s", args[0])
			_, err = fmt.Fprintf(c.OutOrStdout(), "tributary run --config %s --out %s\n",
				shellWord(filepath.Join(args[0], "tributary.yaml")), shellWord(filepath.Join(args[0], "out")))
			return writing(err)
		},
	}
	c.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		if e, ok := errors.AsType[*failure.Error](err); ok {
			return e // it names the flag
		}
		return c.Root().FlagErrorFunc()(c, err)
	})
	company = synthetic.Company{Seed: 1, Accounts: 2000, Touches: 200_000}
	f := c.Flags()
	f.Var(&numberFlag[uint64]{"seed", &company.Seed, 0, math.MaxUint64}, "seed", "seed of the random numbers: each `NUMBER` gives another company")
	f.Var(&numberFlag[int64]{"accounts", &company.Accounts, 1, mostAccounts}, "accounts", "`NUMBER` of accounts, besides one test account")
	f.Var(&numberFlag[int64]{"touches", &company.Touches, 0, mostTouches}, "touches", "`NUMBER` of distinct touchpoints; copies are added to it")
	f.StringVar(&format, "format", string(synthetic.CSV), "file format of the tables: `csv` or parquet")
	f.BoolVar(&rates, "rates", false, "print the true rates of the company instead of writing it")
	f.BoolVar(&asJSON, "json", false, "with --rates: print them as JSON")
	return c
}

// printRates prints what is true of a company.
func printRates(out io.Writer, company synthetic.Company, asJSON bool) error {
	facts, rates := synthetic.Facts(company), synthetic.Rates()
	if asJSON {
		return printJSON(out, map[string]any{"facts": facts, "rates": rates})
	}
	told := newTable("What stands out")
	for _, f := range facts {
		told.AppendRow(table.Row{f.Property, f.Value})
	}
	stated := newTable("True rates")
	stated.AppendHeader(table.Row{"property", "rate", "a large company has"})
	for _, r := range rates {
		stated.AppendRow(table.Row{r.Property, r.Shown(r.Stated), r.Shown(r.Low()) + " to " + r.Shown(r.High())})
	}
	_, err := fmt.Fprintf(out, "%s\n\n%s\n", told.Render(), stated.Render())
	return writing(err)
}

// The sizes are bounded so that every sum of them stays within 64 bits.
const (
	mostAccounts = 10_000_000
	mostTouches  = 100_000_000_000
)

// A numberFlag is a flag that takes a whole number within bounds.
type numberFlag[T int64 | uint64] struct {
	name     string
	value    *T
	from, to T
}

func (f *numberFlag[T]) Type() string   { return "number" }
func (f *numberFlag[T]) String() string { return fmt.Sprint(*f.value) }

func (f *numberFlag[T]) Set(text string) error {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil || n < uint64(f.from) || n > uint64(f.to) {
		return failure.Errorf(failure.Usage, "--%s: %q is not a whole number from %d to %d", f.name, text, f.from, f.to)
	}
	*f.value = T(n)
	return nil
}
