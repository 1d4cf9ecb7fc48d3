package synthetic

// How money is spent on a channel.
type spending int

const (
	nothing      spending = iota
	everyWeek             // campaign by campaign, in rows of seven days, as ad platforms bill: to the millionth
	onceEach              // one row to each campaign, over its days
	everyMonth            // on the channel as a whole
	eachCampaign          // campaign by campaign, in rows of a month
)

// A channel: where touches come from, by phase of a journey, and what it costs. A quality above 100
// says that it is met more often in journeys that end in a win: last touches and first touches
// differ by channel, and so does ROI.
type channel struct {
	name       string
	early      int64 // weight among touches before a person is a lead
	middle     int64 // and while a deal comes up
	late       int64 // and while it is open
	quality    int64 // percent
	spend      int64 // thousandths of the budget
	spending   spending
	aQuarter   int // campaigns that begin in a quarter
	kinds      []string
	source     string
	medium     string
	statuses   []string   // the first ones are responses
	unanswered share      // of its touches: the last status, which is no response
	web        bool       // a visit: known by a cookie before the person is known
	touchless  bool       // there are costs and never a touch
	tactic     string     // what the names of its campaigns call it
	offers     [][]string // what its campaigns offer: those of the first one of a quarter, of the second, ...
}

var channels = []channel{
	{name: "Paid Search", early: 150, middle: 90, late: 50, quality: 115, spend: 230, spending: everyWeek, aQuarter: 3,
		kinds: []string{"visit", "form", "download"}, source: "google", medium: "cpc", web: true, tactic: "Search",
		offers: [][]string{{"Brand"}, {"Maintenance software", "Downtime calculator", "Spare parts"}, {"Product tour", "Buyer's guide", "Free trial"}}},
	{name: "Paid Social", early: 130, middle: 80, late: 30, quality: 70, spend: 150, spending: everyWeek, aQuarter: 2,
		kinds: []string{"visit", "form", "video"}, source: "linkedin", medium: "paid_social", web: true, tactic: "Social",
		offers: [][]string{{"Customer stories", "Benchmark report", "Product tour"}, {"Downtime calculator", "Buyer's guide"}}},
	{name: "Display", early: 90, middle: 50, late: 20, quality: 45, spend: 90, spending: everyWeek, aQuarter: 1,
		kinds: []string{"visit"}, source: "display_network", medium: "banner", web: true, tactic: "Display",
		offers: [][]string{{"Retargeting", "Benchmark report", "Product tour"}}},
	{name: "Content Syndication", early: 70, middle: 50, late: 10, quality: 60, spend: 80, spending: everyMonth, aQuarter: 1,
		kinds: []string{"download"}, source: "partner_sites", medium: "syndication", statuses: []string{"Downloaded"}, tactic: "Syndication",
		offers: [][]string{{"Benchmark report", "Buyer's guide", "Planned downtime"}}},
	{name: "Webinar", early: 60, middle: 130, late: 60, quality: 130, spend: 80, spending: onceEach, aQuarter: 3,
		kinds: []string{"webinar"}, source: "webinar", medium: "event", statuses: []string{"Attended", "Registered", "No Show"}, unanswered: 2500, tactic: "Webinar",
		offers: [][]string{{"Cost of downtime", "Planned maintenance"}, {"Product clinic", "Spare parts"}, {"Customer stories", "Audit season"}}},
	{name: "Event", early: 40, middle: 80, late: 90, quality: 160, spend: 170, spending: onceEach, aQuarter: 1,
		kinds: []string{"event", "meeting"}, source: "trade_fair", medium: "event", statuses: []string{"Attended", "Visited booth", "No Show"}, unanswered: 2000, tactic: "Trade fair",
		offers: [][]string{{"Industry summit", "Operations expo", "Plant days"}}},
	{name: "Email", early: 60, middle: 200, late: 200, quality: 95, spend: 40, spending: eachCampaign, aQuarter: 2,
		kinds: []string{"email"}, source: "newsletter", medium: "email", statuses: []string{"Clicked", "Opened", "Sent"}, unanswered: 3000, tactic: "Newsletter",
		offers: [][]string{{"Plant news", "Benchmark report"}, {"Product update", "Customer stories", "Buyer's guide"}}},
	{name: "Organic Search", early: 200, middle: 120, late: 90, quality: 105, kinds: []string{"visit", "form"}, source: "google", medium: "organic", web: true},
	{name: "Direct", early: 100, middle: 120, late: 210, quality: 110, kinds: []string{"visit"}, source: "(direct)", medium: "(none)", web: true},
	{name: "Referral", early: 70, middle: 40, late: 30, quality: 140, kinds: []string{"visit", "form"}, source: "partner_blog", medium: "referral", web: true},
	{name: "Partner", early: 30, middle: 40, late: 60, quality: 170, spend: 40, spending: everyMonth, aQuarter: 1,
		kinds: []string{"introduction"}, source: "partner", medium: "partner", statuses: []string{"Responded"}, tactic: "Partner",
		offers: [][]string{{"Integrator day", "Joint demo", "Referral bonus"}}},
	{name: "Outbound", early: 40, middle: 90, late: 180, quality: 100, kinds: []string{"call", "email"}, source: "sales", medium: "outbound",
		statuses: []string{"Responded", "Connected"}},
	{name: "TV", spend: 70, spending: everyMonth, touchless: true},
	{name: "Billboard", spend: 50, spending: everyMonth, touchless: true},
}

// outbound is the channel of sales; the configuration lists it under source_groups.
const outbound = "Outbound"

// A phase of a journey.
type phase int

const (
	early phase = iota
	middle
	late
)

// A mixture is the weights of the channels in a phase, of a journey that is won, lost or neither.
type mixture [3][2][]int64

// newMixture turns the qualities into weights: where nothing is won, good channels are met less.
func newMixture() (m mixture) {
	for p := range m {
		for won := range m[p] {
			for _, c := range channels {
				weight := [3]int64{c.early, c.middle, c.late}[p] * 100
				if won == 1 {
					weight = weight * c.quality / 100
				} else if c.quality > 0 {
					weight = weight * 100 / c.quality
				}
				m[p][won] = append(m[p][won], weight)
			}
		}
	}
	return m
}

var assets = []string{"Buyer's guide", "Pricing page", "ROI calculator", "Case study: Tarnwick", "Product tour", "Whitepaper: planned downtime", "Home page", "Blog"}
