package present

import (
	"regexp"
	"strings"
)

// Address is the regular expression of what could be an e-mail, also as a part of a URL, in the syntax
// of RE2. The domain ends in a dot and letters: "Talks@Scale" is a name. HiddenAddress stands in its
// place where persons are not shown.
const (
	Address       = `[^\s@<>",;:()\[\]=&]+(@|%40)[^\s@<>"',;:()\[\]=&]*\.\pL[\pL\pN-]+`
	HiddenAddress = "(e-mail hidden)"
)

var address = regexp.MustCompile(Address)

// WithoutAddresses hides e-mails in a text, also in names that people gave to campaigns and channels.
func WithoutAddresses(text string) string {
	if !strings.Contains(text, "@") && !strings.Contains(text, "%40") {
		return text
	}
	return address.ReplaceAllString(text, HiddenAddress)
}
