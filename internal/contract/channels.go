package contract

// WebGroupsVersion is the version of the shipped channel groups (attribution/channel/web.yaml). A
// run publishes it with its configuration.
const WebGroupsVersion = 1

// HostPattern is the pattern by which the host of a referrer in lower case is found: its first
// group. Reading in SQL and rules of channels in Go use the same one, in the syntax of RE2.
const HostPattern = `^\s*(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/?#@]*@)?([^/?#:]*)`
