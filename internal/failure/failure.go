// Package failure has errors with an exit code for schedulers, and a message with hints for people.
package failure

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
)

// A Code is the exit code of the program. docs/runbook.md says what to do about each.
type Code int

const (
	Internal    Code = 1   // a defect of the program
	Usage       Code = 2   // flags or configuration
	Contract    Code = 3   // an input breaks the input contract
	Check       Code = 4   // a check failed, nothing was published
	Locked      Code = 5   // another run holds the output directory
	Resources   Code = 6   // memory, disk or time
	IO          Code = 7   // reading or writing failed, or an input changed meanwhile
	Refused     Code = 8   // a gate refused: the input can be read, but looks wrong; nothing was published
	Warned      Code = 9   // published, with warnings that --fail-on names
	Differences Code = 10  // diff found differences
	Interrupted Code = 130 // SIGINT
	Terminated  Code = 143 // SIGTERM
)

// An Error is an error that knows its exit code. Its text is lines; one that begins with "hint: "
// says what to do about the line before.
type Error struct {
	Code Code
	Err  error
}

func (e *Error) Error() string { return e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }

// Errorf formats as fmt.Errorf does, %w included, and attaches the exit code.
func Errorf(code Code, format string, args ...any) error {
	return &Error{Code: code, Err: fmt.Errorf(format, args...)}
}

// Writing gives an error of writing its code: Resources when the disk is full, IO otherwise.
func Writing(format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return &Error{Code: Resources, Err: fmt.Errorf("%w\nhint: free space there, or choose another directory", err)}
	}
	return &Error{Code: IO, Err: err}
}

// hint begins a line of an error's text that says what to do. All other lines say what happened.
const hint = "hint: "

// Print is the text of an error for a person: each line that says what happened begins with "error:
// ", unless it is indented and goes on with the line before it; what to do is on lines of its own.
func Print(err error) string {
	var lines []string
	for line := range strings.SplitSeq(err.Error(), "\n") {
		if line != "" && !strings.HasPrefix(line, hint) && !strings.HasPrefix(line, " ") {
			line = "error: " + line
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// Split takes the hints out of the text of an error.
func Split(text string) (message, hints string) {
	var parts, todo []string
	for line := range strings.SplitSeq(text, "\n") {
		if what, isHint := strings.CutPrefix(line, hint); isHint {
			todo = append(todo, what)
		} else {
			parts = append(parts, line)
		}
	}
	return strings.Join(parts, "\n"), strings.Join(todo, "\n")
}

// CodeOf returns the exit code of the outermost Error in err, 0 for nil and Internal for an error
// without a code.
func CodeOf(err error) Code {
	if err == nil {
		return 0
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	if errors.Is(err, context.Canceled) {
		return Interrupted
	}
	return Internal
}
