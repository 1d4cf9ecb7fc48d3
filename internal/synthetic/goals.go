package synthetic

// writeTargets writes the goals of every quarter, for both departments.
func (g *generator) writeTargets() error {
	perQuarter := []struct {
		metric string
		amount int64 // millionths for each account
	}{{"leads", 200_000}, {"mqls", 80_000}, {"sqls", 35_000}, {"pipeline", 5_000_000_000}, {"revenue", 1_200_000_000}}
	for quarter := range quarters {
		for _, target := range perQuarter {
			amount := target.amount * g.company.Accounts * int64(100+2*quarter) / 100
			r := g.row.begin().on(firstOf(3*quarter)).on(firstOf(3*quarter+3)-1).add(target.metric).decimal(amount, 6)
			if err := g.write(targetsTable, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeCapacity writes how many leads everyone in sales can work in a week.
func (g *generator) writeCapacity() error {
	d := stream(g.seed, 1, ofStaff)
	for week := int64(firstDay + 2); week <= lastDay; week += 7 { // 2023-07-03 is a Monday
		for _, r := range g.staff {
			if err := g.write(capacityTable, g.row.begin().on(week).add(r.name).whole(d.between(5, 25))); err != nil {
				return err
			}
		}
	}
	return nil
}
