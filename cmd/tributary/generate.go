package main

import (
	"github.com/spf13/cobra"

	"tributary/internal/failure"
	"tributary/synthetic"
)

func generateCommand() *cobra.Command {
	var company synthetic.Company
	var format string
	c := &cobra.Command{
		Use:   "generate DIR",
		Short: "Write a synthetic company of any size, the same bytes for the same seed",
		Long: `Writes a made-up company as DIR, which must not exist yet: every table of the input contract over three years, with what real
exports hold (duplicates, late and missing facts, several people on a deal, two currencies), and a tributary.yaml that runs on
it. The same flags give the same bytes on every machine. docs/generated_company.md states its rates.

Memory does not grow with the number of touches.`,
		Example: "  tributary generate company\n  tributary generate --seed 2 --accounts 100000 --touches 10000000 --format parquet large",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			say, err := newLog(c)
			if err != nil {
				return err
			}
			defer say.show.Close()
			if err := checkCompany(company, format, args[0]); err != nil {
				return err
			}
			written, err := synthetic.Generate(c.Context(), company, synthetic.Format(format), args[0], say.show)
			if err != nil {
				return err
			}
			for _, table := range written {
				say.say("%s.%s: %d rows", table.Table, format, table.Rows)
			}
			say.say("wrote the company to %s", args[0])
			return nil
		},
	}
	f := c.Flags()
	f.Uint64Var(&company.Seed, "seed", 1, "which company: another `NUMBER` gives another one")
	f.Int64Var(&company.Accounts, "accounts", 2000, "`NUMBER` of accounts, beside one for tests")
	f.Int64Var(&company.Touches, "touches", 200_000, "`NUMBER` of distinct touches; copies come on top")
	f.StringVar(&format, "format", string(synthetic.CSV), "how tables are written: `csv` or parquet")
	return c
}

// The sizes are bounded so that every sum of them stays within 64 bits.
const (
	mostAccounts = 10_000_000
	mostTouches  = 100_000_000_000
)

func checkCompany(company synthetic.Company, format, directory string) error {
	switch {
	case company.Accounts < 1 || company.Accounts > mostAccounts:
		return failure.Errorf(failure.Usage, "--accounts: %d is not a number from 1 to %d", company.Accounts, mostAccounts)
	case company.Touches < 0 || company.Touches > mostTouches:
		return failure.Errorf(failure.Usage, "--touches: %d is not a number from 0 to %d", company.Touches, mostTouches)
	case format != string(synthetic.CSV) && format != string(synthetic.Parquet):
		return failure.Errorf(failure.Usage, "--format: %q is not csv or parquet", format)
	case directory == "":
		return failure.Errorf(failure.Usage, "DIR is empty: where should the company be written?")
	}
	return nil
}
