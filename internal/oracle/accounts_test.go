package oracle

import (
	"strings"
	"testing"
)

// methods writes the match method of every touch of one conversion: "t1 contact_account".
func methods(r Result, conversionType, opportunity string) string {
	var parts []string
	for _, c := range r.Credits {
		if c.ConversionType == conversionType && c.OpportunityID == opportunity && c.TouchID != "" {
			parts = append(parts, c.TouchID+" "+c.MatchMethod)
		}
	}
	return strings.Join(parts, ", ")
}

// accountDeal is one opportunity of a1 without roles.
func accountDeal(touches ...Touchpoint) World {
	w := oneDeal(touches...)
	w.OpportunityContacts = nil
	return w
}

func TestAccountsOfTheRecords(t *testing.T) {
	// one person with contacts at a1 and a2 and a lead at a3 serves all three
	w := accountDeal(touchAt("t1", "2025-02-01"))
	w.Contacts = append(w.Contacts, Contact{ContactID: "c2", AccountID: "a2", CreatedAt: "2025-01-01"})
	w.Leads = []Lead{{LeadID: "l1", AccountID: "a3", CreatedAt: "2025-01-01", ConvertedContactID: "c2"}}
	w.IdentityMap = []IdentityLink{{FromID: "c1", ToID: "c2"}}
	for account, want := range map[string]string{"a1": "t1 contact_account", "a2": "t1 contact_account", "a3": "t1 lead_account", "a4": ""} {
		w.Opportunities[0].AccountID = account
		expect(t, account, methods(run(t, w), Pipeline, "o1"), want)
	}
	// the label is still that of the newest contact
	read, _, err := readWorld(w)
	if err != nil {
		t.Fatal(err)
	}
	who := read.people.of[node{contactKind, "c1"}]
	expect(t, "label", who.account+" by "+who.matchMethod, "a2 by contact_account")

	w.Opportunities[0].AccountID = "a1"
	w.Leads[0].AccountID = "a1"
	expect(t, "contacts before leads", methods(run(t, w), Pipeline, "o1"), "t1 contact_account")
	w.OpportunityContacts = []OpportunityContact{{OpportunityID: "o1", ContactID: "c2"}}
	expect(t, "a role", methods(run(t, w), Pipeline, "o1"), "t1 role")
	w.Options.BuyingGroup = AccountGroup
	expect(t, "by account alone", methods(run(t, w), Pipeline, "o1"), "t1 contact_account")
}

func TestDatedMembership(t *testing.T) {
	w := accountDeal(touchAt("before", "2025-01-09T23:59:59.999999Z"), touchAt("first", "2025-01-10T00:00:00Z"), touchAt("last", "2025-01-20T23:59:59.999999Z"),
		touchAt("past", "2025-01-21T00:00:00Z"), touchAt("bare", "2025-01-20"))
	w.AccountContacts = []AccountContact{{AccountID: "a1", ContactID: "c1", StartsOn: "2025-01-10", EndsOn: "2025-01-20"}}
	expect(t, "both ends", touched(run(t, w), Pipeline, "o1"), "first=33333 bare=33334 last=33333")
	expect(t, "method", methods(run(t, w), Pipeline, "o1"), "first contact_account, bare contact_account, last contact_account")
	w.AccountContacts[0].StartsOn = ""
	expect(t, "open start", touched(run(t, w), Pipeline, "o1"), "before=25000 first=25000 bare=25000 last=25000")
	w.AccountContacts[0].StartsOn, w.AccountContacts[0].EndsOn = "2025-01-20", ""
	expect(t, "open end", touched(run(t, w), Pipeline, "o1"), "bare=33333 last=33334 past=33333")
	w.AccountContacts = []AccountContact{{"a1", "c1", "2025-01-21", ""}, {"a1", "c1", "", "2025-01-09"}}
	expect(t, "two stays", touched(run(t, w), Pipeline, "o1"), "before=50000 past=50000")

	// rows of another account alone: the contact's own account no longer counts
	w.AccountContacts = []AccountContact{{AccountID: "a2", ContactID: "c1"}}
	expect(t, "elsewhere", touched(run(t, w), Pipeline, "o1"), "no_people=100000")
	w.Leads = []Lead{{LeadID: "l1", AccountID: "a1", CreatedAt: "2025-01-01", ConvertedContactID: "c1"}}
	expect(t, "a lead counts by itself", methods(run(t, w), Pipeline, "o1")[:19], "before lead_account")
	w.Leads[0].AccountID = ""
	w.Contacts = append(w.Contacts, Contact{ContactID: "c2", AccountID: "a1"})
	w.IdentityMap = []IdentityLink{{FromID: "c1", ToID: "c2"}}
	expect(t, "so does another contact", methods(run(t, w), Pipeline, "o1")[:22], "before contact_account")
}

func TestReasonsOfDatedMembership(t *testing.T) {
	w := accountDeal(touchAt("t1", "2025-02-01"))
	w.AccountContacts = []AccountContact{{AccountID: "a1", ContactID: "c1", StartsOn: "2025-02-02"}}
	expect(t, "no touch inside", touched(run(t, w), Pipeline, "o1"), NoTouches+"=100000")
	w.Touchpoints = append(w.Touchpoints, touchAt("t2", "2025-05-01"))
	expect(t, "inside only later", touched(run(t, w), Pipeline, "o1"), AfterConversionOnly+"=100000")
	w.Touchpoints[1].Status = "Sent"
	expect(t, "inside only excluded", touched(run(t, w), Pipeline, "o1"), OnlyExcluded+"=100000")
	// a role serves on every day
	w.OpportunityContacts = []OpportunityContact{{OpportunityID: "o1", ContactID: "c1"}}
	for _, mode := range []string{RolesElseAccount, Roles, RolesAndAccount} {
		w.Options.BuyingGroup = mode
		expect(t, mode, touched(run(t, w), Pipeline, "o1"), "t1=100000")
	}
}

func TestDomainsOfAccounts(t *testing.T) {
	w := accountDeal(touchAt("t1", "2025-02-01"))
	w.Contacts[0].AccountID, w.Contacts[0].Email = "", "ann@branch.example"
	expect(t, "an unknown domain", touched(run(t, w), Pipeline, "o1"), NoPeople+"=100000")
	w.AccountDomains = []AccountDomain{{"a1", "https://www.Branch.example"}}
	w.AccountDomains[0].Domain = "www.Branch.example"
	expect(t, "a further domain", methods(run(t, w), Pipeline, "o1"), "t1 email_domain")
	w.AccountDomains = append(w.AccountDomains, AccountDomain{"a1", "branch.example"}, AccountDomain{"a1", "acme1.example"})
	expect(t, "twice the same account", methods(run(t, w), Pipeline, "o1"), "t1 email_domain")
	w.AccountDomains = append(w.AccountDomains, AccountDomain{"a2", "branch.example"})
	expect(t, "a domain of two accounts", touched(run(t, w), Pipeline, "o1"), NoPeople+"=100000")
	w.Contacts[0].Email = "ann@acme1.example"
	w.Leads = []Lead{{LeadID: "l1", AccountID: "a9", CreatedAt: "2025-01-01", ConvertedContactID: "c1"}}
	expect(t, "where no record names an account", touched(run(t, w), Pipeline, "o1"), NoPeople+"=100000")
	w.Leads[0].AccountID = ""
	expect(t, "now none does", methods(run(t, w), Pipeline, "o1"), "t1 email_domain")
	w.AccountContacts = []AccountContact{{AccountID: "a9", ContactID: "c1", EndsOn: "2020-01-01"}}
	expect(t, "a row of account_contacts names one, whenever", touched(run(t, w), Pipeline, "o1"), NoPeople+"=100000")
}

func TestLabelByAccountContacts(t *testing.T) {
	open := stay{-1 << 63, 1<<63 - 1}
	stays := map[string][]stayAt{"c1": {{"old", open}, {"a", stay{10, 20}}, {"b", stay{10, 30}}}, "c2": {{"other", stay{9, 99}}}}
	who := &person{contactIDs: map[string]bool{"c1": true, "c2": true}, leads: []Lead{{LeadID: "l1", AccountID: "lead"}}}
	if err := who.findAccount(nil, stays); err != nil {
		t.Fatal(err)
	}
	expect(t, "greatest start, then greater account", who.account+" by "+who.matchMethod, "b by contact_account")
	who.contacts = []Contact{{ContactID: "c3", AccountID: "own"}}
	if err := who.findAccount(nil, stays); err != nil {
		t.Fatal(err)
	}
	expect(t, "a contact's own", who.account, "own")
}
