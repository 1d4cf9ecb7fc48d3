package channel

import (
	"regexp"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/tributary-engine/tributary/internal/contract"
)

var hostPart = regexp.MustCompile(contract.HostPattern)

// Host returns the host of a URL or a host, in lower case and without a dot at its end.
func Host(referrer string) string {
	found := hostPart.FindStringSubmatch(present(fold(referrer)))
	return strings.TrimRight(found[1], ". ")
}

// entries are hosts. One stands for its subdomains too; name.* for the name under every public
// suffix, alone or after www. or m.
type entries struct {
	hosts map[string]bool
	names map[string]bool
}

func (e *entries) add(entry string) {
	if name, isName := strings.CutSuffix(entry, ".*"); isName {
		if e.names == nil {
			e.names = map[string]bool{}
		}
		e.names[name] = true
		return
	}
	if e.hosts == nil {
		e.hosts = map[string]bool{}
	}
	e.hosts[entry] = true
}

func (e *entries) match(host string) bool {
	if !strings.Contains(host, ".") {
		return false
	}
	for rest := host; ; {
		if e.hosts[rest] {
			return true
		}
		_, after, more := strings.Cut(rest, ".")
		if !more {
			break
		}
		rest = after
	}
	if len(e.names) == 0 {
		return false
	}
	host = strings.TrimPrefix(strings.TrimPrefix(host, "www."), "m.")
	name, suffix, _ := strings.Cut(host, ".")
	if !e.names[name] {
		return false
	}
	public, _ := publicsuffix.PublicSuffix(host)
	return public == suffix
}
