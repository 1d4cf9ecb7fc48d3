package contract

import "regexp"

// ModelName is what the name of a model has to be: lower_snake_case, of at most 40 characters. It
// becomes part of the names of columns.
var ModelName = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// IsModelName reports whether a model may be called so.
func IsModelName(name string) bool { return len(name) <= 40 && ModelName.MatchString(name) }
