package value

// firstYear is the first year that an instant or a date may have: earlier ones are what systems
// write for "never".
const firstYear = 1990

// A Moment is an instant as it is written: a day of the calendar, a time of the day, and the zone
// if it names one.
type Moment struct {
	Year, Month, Day             int
	Hour, Minute, Second, micros int
	bare                         bool // a date without a time
	zoned                        bool // the text itself says how far from UTC
	offset                       int  // seconds east of UTC, when zoned
	isCut                        bool // it had digits below the microsecond
}

const (
	ReasonSentinel = "is before 1990, so it is a placeholder and not a date"
	ReasonTooFine  = "has more than nine digits of a second; export at most nine"
	ReasonNoZone   = "is a local time and no zone is declared; declare time_zone of the column, the table or the job"
)

// real reports whether the calendar and the clock have m: no 30 February, no 24:00, no second 60.
func (m *Moment) real() bool {
	return m.Month >= 1 && m.Month <= 12 && m.Day >= 1 && m.Day <= daysOfMonth(m.Year, m.Month) &&
		m.Year <= 9999 && m.Hour < 24 && m.Minute < 60 && m.Second < 60
}

// days counts from 1970-01-01.
func (m *Moment) days() int64 { return daysOf(m.Year, m.Month, m.Day) }

// LocalSeconds counts from 1970-01-01 00:00 on the wall clock of wherever m was written.
func (m *Moment) LocalSeconds() int64 {
	return m.days()*86400 + int64(m.Hour)*3600 + int64(m.Minute)*60 + int64(m.Second)
}

func daysOfMonth(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// daysOf counts the days from 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant,
// "chrono-Compatible Low-Level Date Algorithms", days_from_civil): years begin in March, so that
// the leap day is the last of its year.
func daysOf(year, month, day int) int64 {
	if month <= 2 {
		year--
		month += 12
	}
	era := year / 400
	yearOfEra := year - era*400
	dayOfYear := (153*(month-3)+2)/5 + day - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return int64(era)*146097 + int64(dayOfEra) - 719468
}
