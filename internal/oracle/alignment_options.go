package oracle

import (
	"slices"
	"time"
)

// Departments. Nobody has the words that no vocabulary lists.
const (
	MarketingDepartment = "marketing"
	SalesDepartment     = "sales"
	Nobody              = "(nobody)"
)

// Alignment are the settings of the reports that marketing and sales share.
type Alignment struct {
	Delivered                    string // name of the stage of persons whose entry hands the lead over
	Accepted, Rejected, Recycled []string
	ExpiresAfterDays             int
	Vocabulary                   map[string]string // words outside of the funnel, and whose they are
	ServiceLevel                 ServiceLevel
	FitGood, FitBad              []string
	InterestHigh                 string            // at least, a decimal
	Ratings                      map[string]string // words of sales_rating, and their numbers
	DealSizes                    []string          // lower bounds of the bands above the first, in whole units
	WeekStartsOn                 string            // mon to sun
	FiscalYearStartsIn           int               // 1 to 12
	PrimaryModel                 string
	TopPaths                     int // that paths tells apart
}

// ServiceLevel is what sales promises for a delivery, and when it works.
type ServiceLevel struct {
	AssignmentMinutes, FirstResponseMinutes int
	Opens, Closes                           string // 09:00
	Weekdays                                []string
	Holidays                                []string
	Zone                                    string // "" is the reporting zone
	Activities                              []string
}

// DefaultAlignment are the settings of a run without a configuration.
func DefaultAlignment() Alignment {
	return Alignment{
		Delivered: "MQL", Accepted: []string{"SAL", "SQL"}, Rejected: []string{"Rejected", "Disqualified"},
		Recycled: []string{"Recycled", "Nurture"}, ExpiresAfterDays: 14,
		Vocabulary: map[string]string{"Recycled": MarketingDepartment, "Nurture": MarketingDepartment, "Rejected": MarketingDepartment,
			"Disqualified": MarketingDepartment, "Working": SalesDepartment},
		ServiceLevel: ServiceLevel{AssignmentMinutes: 60, FirstResponseMinutes: 240, Opens: "09:00", Closes: "17:00",
			Weekdays: []string{"mon", "tue", "wed", "thu", "fri"}, Activities: []string{"call", "email", "meeting"}},
		FitGood: []string{"A", "B"}, FitBad: []string{"C", "D"}, InterestHigh: "50",
		DealSizes: []string{"10000", "50000", "250000"}, WeekStartsOn: "mon", FiscalYearStartsIn: 1, PrimaryModel: "w_shaped", TopPaths: 1000,
	}
}

// delivered is the place of the stage whose entry hands a lead over.
func (o Options) delivered() int {
	return slices.IndexFunc(o.Funnel, func(s Stage) bool { return s.Unit == PersonUnit && s.means(o.Alignment.Delivered) })
}

// isPersonStage reports whether a place of the funnel is one of persons.
func (o Options) isPersonStage(place int) bool {
	return place >= 0 && place < len(o.Funnel) && o.Funnel[place].Unit == PersonUnit
}

// ofWord is the department of a word that is no stage.
func (a Alignment) ofWord(plain string) string {
	for word, department := range a.Vocabulary {
		if bareWord(word) == plain {
			return department
		}
	}
	return Nobody
}

// department is whose a stage or a word is.
func (o Options) department(s standing) string {
	if s.place < 0 {
		return o.Alignment.ofWord(s.word)
	}
	if owner := o.Funnel[s.place].Owner; owner != "" {
		return owner
	}
	return Nobody
}

// calendar is the working time of the service level.
type calendar struct {
	zone          *time.Location
	opens, closes time.Duration
	works         map[time.Weekday]bool
	holidays      map[string]bool
}

var weekdays = map[string]time.Weekday{"mon": time.Monday, "tue": time.Tuesday, "wed": time.Wednesday, "thu": time.Thursday,
	"fri": time.Friday, "sat": time.Saturday, "sun": time.Sunday}

func (s ServiceLevel) calendar() (calendar, error) {
	c := calendar{zone: time.UTC, works: map[time.Weekday]bool{}, holidays: map[string]bool{}}
	var err error
	if s.Zone != "" {
		if c.zone, err = time.LoadLocation(s.Zone); err != nil {
			return c, err
		}
	}
	for text, to := range map[string]*time.Duration{s.Opens: &c.opens, s.Closes: &c.closes} {
		if text == "24:00" {
			*to = 24 * time.Hour
			continue
		}
		clock, err := time.Parse("15:04", text)
		if err != nil {
			return c, err
		}
		*to = time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute
	}
	for _, day := range s.Weekdays {
		c.works[weekdays[day]] = true
	}
	for _, day := range s.Holidays {
		c.holidays[day] = true
	}
	return c, nil
}

// businessTime is how much of the time between two instants lies inside the working hours, in
// microseconds. Both ends of a day's hours are read off the wall clock of the zone; what passes
// between them is real time, so that a day on which the clocks change is shorter or longer.
func (c calendar) businessTime(from, to int64) int64 {
	total := int64(0)
	first, last := time.UnixMicro(from).In(c.zone), time.UnixMicro(to).In(c.zone)
	for day := time.Date(first.Year(), first.Month(), first.Day()-1, 12, 0, 0, 0, time.UTC); ; day = day.AddDate(0, 0, 1) {
		if day.Format(time.DateOnly) > last.Format(time.DateOnly) {
			return total
		}
		if !c.works[day.Weekday()] || c.holidays[day.Format(time.DateOnly)] {
			continue
		}
		opens, closes := c.wall(day, c.opens), c.wall(day, c.closes)
		total += max(0, min(closes, to)-max(opens, from))
	}
}

// wall is the instant at which the clocks of the zone show a time of a day.
func (c calendar) wall(day time.Time, clock time.Duration) int64 {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, int(clock/time.Minute), 0, 0, c.zone).UnixMicro()
}

// lengthOf is the length of a day of the zone, whatever the working hours.
func (c calendar) lengthOf(day int64) int64 {
	first := time.UnixMicro(day * microsPerDay).UTC()
	return c.wall(first.AddDate(0, 0, 1), 0) - c.wall(first, 0)
}
