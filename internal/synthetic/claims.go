package synthetic

// A platform is how an advertising platform bills, and what it reports beside the cost. It counts
// as its own what other channels brought too: it claims more than any model credits.
type platform struct {
	perThousand   int64 // cents of a thousand impressions
	clicks        int64 // of ten thousand impressions
	perConversion int64 // whole units of the currency for each conversion that it claims
	value         int64 // of each of them, which the advertiser has set
}

// platforms are those of the channels that are billed every week.
var platforms = map[string]platform{
	"Paid Search": {perThousand: 20_000, clicks: 330, perConversion: 640, value: 1500},
	"Paid Social": {perThousand: 6_000, clicks: 60, perConversion: 330, value: 1500},
	"Display":     {perThousand: 500, clicks: 10, perConversion: 190, value: 900},
}

// A claim is what a platform reports of a row of costs; conversions are in hundredths.
type claim struct {
	impressions, clicks, conversions, value int64
}

// report draws what a platform reports for an amount in millionths.
func (p platform) report(d *draws, millionths int64) *claim {
	var c claim
	c.impressions = millionths / 10 / p.perThousand * d.between(80, 120) / 100
	c.clicks = c.impressions * p.clicks * d.between(80, 120) / 1_000_000
	c.conversions = min(millionths/10_000/p.perConversion*d.between(60, 140)/100, 100*c.clicks)
	c.value = c.conversions * p.value
	return &c
}

// reported adds what a platform reports to a row of costs; nil of an invoice.
func (r *record) reported(c *claim) *record {
	if c == nil {
		return r.none().none().none().none()
	}
	return r.whole(c.impressions).whole(c.clicks).decimal(c.conversions, 2).decimal(c.value, 2)
}
