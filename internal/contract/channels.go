package contract

// WebGroupsVersion is the version of the shipped channel groups (attribution/channel/web.yaml). A
// run publishes it with its configuration.
const WebGroupsVersion = 1
