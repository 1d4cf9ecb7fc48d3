package present

import (
	"regexp"
	"strings"
)

// Address is the regular expression of what could be an e-mail, in the syntax of RE2, and
// HiddenAddress stands in its place where persons are not shown.
const (
	Address       = `[^\s@<>"',;:()\[\]=&]+@[^\s@<>"',;:()\[\]=&]+`
	HiddenAddress = "(e-mail hidden)"
)

var address = regexp.MustCompile(Address)

// WithoutAddresses hides e-mails in a text, also in names that people gave to campaigns and channels.
func WithoutAddresses(text string) string {
	if !strings.Contains(text, "@") {
		return text
	}
	return address.ReplaceAllString(text, HiddenAddress)
}
