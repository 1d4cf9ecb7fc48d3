package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

// A helpGroup is a heading of the help and the commands below it.
type helpGroup struct {
	id, title string
	commands  []string
}

// helpGroups are the commands by what people want to do.
var helpGroups = []helpGroup{
	{"start", "Start:", []string{"demo", "init", "presets", "validate"}},
	{"nightly", "Run every night:", []string{"run", "doctor"}},
	{"read", "Read the numbers:", []string{"report", "page", "workbook", "query"}},
	{"explain", "Explain and compare:", []string{"explain", "lead", "compare", "diff", "what-if", "plan"}},
	{"keep", "Keep and repair:", []string{"runs", "verify", "gc"}},
	{"tools", "For other tools:", []string{"open", "mcp", "schema", "models", "tables", "generate", "completion", "version", "help"}},
}

// arrange puts every command below its heading, and completes the help of the commands that cobra
// adds.
func arrange(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	known := map[string]*cobra.Command{}
	for _, c := range root.Commands() {
		known[c.Name()] = c
	}
	for _, group := range helpGroups {
		root.AddGroup(&cobra.Group{ID: group.id, Title: group.title})
		for _, name := range group.commands {
			if c := known[name]; c != nil {
				c.GroupID = group.id
			}
		}
	}
	help := known["help"]
	help.Use, help.Short, help.Long = "help [COMMAND]", "Help about a command", "Prints the help of a command, as --help after its name does."
	help.Example = "  tributary help\n  tributary help report"
	help.Run, help.RunE = nil, func(c *cobra.Command, given []string) error {
		of, rest, err := root.Find(given)
		if err != nil || len(rest) > 0 {
			return noCommand(root, given[0])
		}
		of.InitDefaultHelpFlag()
		of.InitDefaultVersionFlag()
		return of.Help()
	}
	completion := known["completion"]
	completion.Short = "Write a script that completes commands, flags and values in your shell"
	completion.Long = `Writes a script with which your shell completes commands, flags, and values of the current run: names of reports, columns, models,
runs, opportunities, and what --where can be. To load it in every new shell:

  bash        tributary completion bash > ~/.local/share/bash-completion/completions/tributary
  zsh         tributary completion zsh > "${fpath[1]}/_tributary"
  fish        tributary completion fish > ~/.config/fish/completions/tributary.fish
  powershell  tributary completion powershell >> $PROFILE`
	completion.Args = cobra.ArbitraryArgs
	completion.RunE = func(c *cobra.Command, given []string) error {
		if len(given) == 0 {
			return c.Help()
		}
		shells := []string{"bash", "zsh", "fish", "powershell"}
		return failure.Errorf(failure.Usage, "%q is not a shell%s\nhint: the shells are %s", given[0], words.DidYouMean(given[0], shells), strings.Join(shells, ", "))
	}
	completion.Example = "  tributary completion bash\n  tributary completion zsh\n  tributary completion fish\n  tributary completion powershell"
}

// flagError is the error of flags that cobra could not read, with the flag that was probably meant.
func flagError(c *cobra.Command, err error) error {
	root := c.Root()
	if c == root && c.Flags().NArg() > 0 { // a flag of a command that does not exist
		return noCommand(root, c.Flags().Arg(0))
	}
	if c == root {
		return failure.Errorf(failure.Usage, "%w before the command: write the flags of a command after it\nhint: see `tributary --help`", err)
	}
	near := ""
	if unknown, isUnknown := errors.AsType[*pflag.NotExistError](err); isUnknown {
		var names []string
		c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if meant := words.Nearest(unknown.GetSpecifiedName(), names); meant != "" {
			near = " (did you mean --" + meant + "?)"
		}
	}
	return failure.Errorf(failure.Usage, "%w%s\nhint: see `%s --help`", err, near, c.CommandPath())
}

// argumentError says in words what cobra says of the number of arguments.
func argumentError(c *cobra.Command, given []string, err error) error {
	if err == nil {
		return nil
	}
	for _, limit := range []string{"", "at most "} {
		var wanted, received int
		if n, _ := fmt.Sscanf(err.Error(), "accepts "+limit+"%d arg(s), received %d", &wanted, &received); n == 2 {
			err = fmt.Errorf("%s takes %s%s, and %d %s given", c.Name(), limit, words.Count(wanted, "argument"), received, words.Choose(received, "was", "were"))
		}
	}
	if strings.HasPrefix(err.Error(), "unknown command") {
		err = fmt.Errorf("%s takes no argument, but %q was given", c.Name(), given[0])
	}
	return failure.Errorf(failure.Usage, "%w\nhint: see `%s --help`", err, c.CommandPath())
}

// noCommand is the error of a word that is no command.
func noCommand(root *cobra.Command, word string) error {
	var names []string
	for _, c := range root.Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
	}
	return failure.Errorf(failure.Usage, "%q is not a command%s\nhint: see `tributary --help`", word, words.DidYouMean(word, names))
}
