package synthetic

import "strconv"

// A record is one row: its cells as text, in the order of the contract's columns. An empty cell is
// NULL.
type record struct {
	calendar *calendar
	text     []byte
	ends     []int // of each cell in text
}

func (r *record) begin() *record {
	r.text, r.ends = r.text[:0], r.ends[:0]
	return r
}

func (r *record) end() *record {
	r.ends = append(r.ends, len(r.text))
	return r
}

// cell is the text of column i.
func (r *record) cell(i int) []byte {
	if i == 0 {
		return r.text[:r.ends[0]]
	}
	return r.text[r.ends[i-1]:r.ends[i]]
}

// set replaces the text of column i.
func (r *record) set(i int, text string) {
	copied := record{calendar: r.calendar}
	for j := range r.ends {
		if j == i {
			copied.add(text)
		} else {
			copied.add(string(r.cell(j)))
		}
	}
	r.text, r.ends = append(r.text[:0], copied.text...), append(r.ends[:0], copied.ends...)
}

func (r *record) add(text string) *record {
	r.text = append(r.text, text...)
	return r.end()
}

func (r *record) none() *record { return r.end() }

// id is a prefix, a number and, unless it is 0, a second number.
func (r *record) id(prefix string, number int64, within int) *record {
	r.text = append(r.text, prefix...)
	r.text = strconv.AppendInt(r.text, number, 10)
	if within > 0 {
		r.text = append(r.text, '-')
		r.text = strconv.AppendInt(r.text, int64(within), 10)
	}
	return r.end()
}

// when is an instant, to the second or, where it has a part of one, to the millisecond.
func (r *record) when(t instant) *record {
	on := t.day()
	ms := int64(t - instant(on)*day)
	s := ms / 1000
	r.text = append(r.text, r.calendar.date(on)...)
	r.text = append(r.text, 'T')
	r.digits(s/3600, 2)
	r.text = append(r.text, ':')
	r.digits(s/60%60, 2)
	r.text = append(r.text, ':')
	r.digits(s%60, 2)
	if ms%1000 != 0 {
		r.text = append(r.text, '.')
		r.digits(ms%1000, 3)
	}
	r.text = append(r.text, 'Z')
	return r.end()
}

func (r *record) on(day int64) *record { return r.add(r.calendar.date(day)) }

func (r *record) whole(n int64) *record {
	r.text = strconv.AppendInt(r.text, n, 10)
	return r.end()
}

// decimal writes n x 10^-places with all of its places.
func (r *record) decimal(n int64, places int) *record {
	if n < 0 {
		r.text, n = append(r.text, '-'), -n
	}
	unit := int64(1)
	for range places {
		unit *= 10
	}
	r.text = strconv.AppendInt(r.text, n/unit, 10)
	r.text = append(r.text, '.')
	r.digits(n%unit, places)
	return r.end()
}

func (r *record) truth(b bool) *record {
	if b {
		return r.add("true")
	}
	return r.add("false")
}

// digits appends n in so many digits.
func (r *record) digits(n int64, count int) {
	at := len(r.text)
	for range count {
		r.text = append(r.text, '0')
	}
	for i := at + count - 1; i >= at; i-- {
		r.text[i] = byte('0' + n%10)
		n /= 10
	}
}
