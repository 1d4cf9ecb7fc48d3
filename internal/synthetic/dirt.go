package synthetic

// A table loses at most one row in so many to the quarantine, so that a company of any size is
// accepted.
const fewestRowsPerBad = 1000

func (g *generator) write(table int, r *record) error {
	g.rows[table]++
	return g.sink.write(table, r)
}

// writeMore writes the row at hand, which no fault befalls and which does not count among those of
// which so many may be bad: rows like it change nothing about which others are.
func (g *generator) writeMore(table int) error {
	g.more[table]++
	return g.sink.write(table, &g.row)
}

// spoils reports whether count more rows of a table may be bad.
func (g *generator) spoils(table int, count int64) bool {
	if (g.bad[table]+count)*fewestRowsPerBad > g.rows[table] {
		return false
	}
	g.bad[table] += count
	return true
}

// writeOrSpoil writes the row at hand, or rarely a bad one in its place: with this text in that
// column.
func (g *generator) writeOrSpoil(table, column int, text string) error {
	if g.dirt.chance(badRows) && g.spoils(table, 1) {
		g.row.set(column, text)
	}
	return g.write(table, &g.row)
}

// writeKeyed writes the row at hand of a table with a key and, rarely, copies of it: equal ones, or
// a newer one in which a column (-1: none) reads otherwise. The last column is updated_at.
func (g *generator) writeKeyed(table, column int, text string) error {
	switch {
	case table == contactsTable && g.dirt.chance(badRows) && g.spoils(table, 1):
		g.row.set(4, "31/12/2024")
	case table == leadsTable && g.dirt.chance(badRows) && g.spoils(table, 1):
		g.row.set(5, "(all)")
	}
	if err := g.write(table, &g.row); err != nil {
		return err
	}
	if g.dirt.chance(copiedRows) {
		if err := g.write(table, &g.row); err != nil {
			return err
		}
	}
	if column < 0 || !g.dirt.chance(changedRows) {
		return nil
	}
	g.row.set(column, text)
	g.row.set(len(g.tables[table].Columns)-1, newer)
	return g.write(table, &g.row)
}

// newer is an updated_at after every other one.
const newer = "2026-06-30T22:00:00Z"

// A heldRow waits to be written a little later, as copies do in exports.
type heldRow struct {
	row  record
	full bool
}

// hold keeps a copy of the row at hand for later, and writes the one that waited.
func (g *generator) hold() error {
	if err := g.release(); err != nil {
		return err
	}
	g.held.row.text, g.held.row.ends = append(g.held.row.text[:0], g.row.text...), append(g.held.row.ends[:0], g.row.ends...)
	g.held.full = true
	return nil
}

func (g *generator) release() error {
	if !g.held.full {
		return nil
	}
	g.held.full = false
	return g.write(touchpointsTable, &g.held.row)
}

// Columns of touchpoints.
const (
	touchOccurredAt = 1
	touchPersonFrom = 2 // contact_id, lead_id, email, anonymous_id
	touchPersonTo   = 5
	touchChannel    = 6
	touchStatus     = 12
	touchUpdatedAt  = 13
)

// badTouch spoils the row at hand in one of the ways that exports do.
func (g *generator) badTouch() {
	switch g.dirt.below(5) {
	case 0:
		g.row.set(touchOccurredAt, "2024-02-30T10:00:00Z")
	case 1:
		g.row.set(touchOccurredAt, "1970-01-01T00:00:00Z")
	case 2:
		g.row.set(touchOccurredAt, "03/04/2025 10:00")
	case 3:
		for i := touchPersonFrom; i <= touchPersonTo; i++ {
			g.row.set(i, "")
		}
	case 4:
		g.row.set(touchChannel, "(all)")
	}
}

// writeTouch writes the row at hand, and rarely what goes wrong with touches.
func (g *generator) writeTouch() error {
	d := g.dirt
	if d.chance(badTouches) && g.spoils(touchpointsTable, 1) {
		g.badTouch()
		return g.write(touchpointsTable, &g.row)
	}
	undecided := d.chance(undecidedCopies) && g.spoils(touchpointsTable, 2)
	if undecided {
		g.row.set(touchUpdatedAt, "")
	}
	if err := g.write(touchpointsTable, &g.row); err != nil {
		return err
	}
	switch {
	case undecided:
		g.row.set(touchStatus, "Unsubscribed")
	case d.chance(exactCopies):
	case d.chance(conflictingCopies):
		g.row.set(touchStatus, "Responded")
		g.row.set(touchUpdatedAt, newer)
	default:
		return nil
	}
	return g.hold()
}
