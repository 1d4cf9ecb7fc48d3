package synthetic

// theForgotten is the persona for which there is no content once sales has accepted a lead.
const theForgotten = "Plant manager"

// What people read, see and attend, by the kind of touch: before a person is a lead, until sales
// accepts it, and after that.
var content = map[string][3][]string{
	"visit": {{"Home page", "Blog", "Product tour", "Buyer's guide"}, {"Product tour", "Case study: Tarnwick", "Blog", "ROI calculator"},
		{"Pricing page", "ROI calculator", "Case study: Tarnwick", "Security overview"}},
	"form":     {{"Buyer's guide", "Benchmark report", "ROI calculator"}, {"Benchmark report", "Demo request", "ROI calculator"}, {"Demo request", "ROI calculator"}},
	"download": {{"Buyer's guide", "Benchmark report"}, {"Benchmark report", "Whitepaper: planned downtime"}, {"Implementation guide", "Case study: Tarnwick"}},
	"video":    {{"Product tour", "Customer story: Fennholt"}, {"Customer story: Fennholt", "Product tour"}, {"Customer story: Fennholt"}},
	"webinar":  {{"Cost of downtime"}, {"Cost of downtime", "Product clinic"}, {"Product clinic"}},
	"event":    {{"Booth demo"}, {"Booth demo", "Executive dinner"}, {"Executive dinner", "Booth demo"}},
	"meeting":  {{"Booth demo"}, {"Booth demo"}, {"Proof of concept", "Booth demo"}},
	"email":    {{"Newsletter", "Buyer's guide"}, {"Newsletter", "Case study: Tarnwick", "Benchmark report"}, {"Case study: Tarnwick", "Newsletter", "Implementation guide"}},
}

// asset is the content of a touch, "" where it has none: calls and introductions, and what the
// forgotten persona gets late in the funnel.
func (t *touching) asset(x touch) string {
	part, persona := 0, ""
	if x.person >= 0 {
		p := &t.people[x.person]
		persona = p.persona
		for _, s := range p.course {
			switch {
			case s.at > x.at:
			case s.stage == "SAL" || s.stage == "SQL":
				part = 2
			default:
				part = 1
			}
		}
	}
	list := content[x.kind][part]
	if len(list) == 0 {
		return ""
	}
	asset := oneOf(t.content, list)
	if persona == theForgotten && part == 2 {
		return ""
	}
	return asset
}
