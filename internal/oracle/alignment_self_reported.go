package oracle

import (
	"cmp"
	"math/big"
	"slices"
)

// said is what people and opportunities with one answer came to.
type answerRow struct {
	leads, opportunities                           firstTouchCounts
	won                                            int
	pipeline, revenue                              big.Int
	pipelineFirstChannel, pipelineFirstGroup       big.Int
	revenueFirstChannel, revenueFirstGroup         big.Int
	pipelineCreditedChannel, pipelineCreditedGroup big.Int
	revenueCreditedChannel, revenueCreditedGroup   big.Int
	pipelineAttributed, revenueAttributed          big.Int // credited to any touch
	answer, channel, group                         string
	hasChannel                                     bool
}

// firstTouchCounts counts units by where their first touch was.
type firstTouchCounts struct{ all, sameChannel, sameGroup, otherGroup, withoutTouch int }

// answers are the words of self_reported_source, as they are shown.
type answers struct {
	shown           map[string]string // by plain word: the most frequent spelling
	channel, groups map[string]string // by plain word: the channel of that name, and its group or the group of that name
}

// groupOf is the source group of a channel.
func (a *Aligned) groupOf(channel string) string {
	if slices.ContainsFunc(a.options.SalesChannels, func(sales string) bool { return bareWord(sales) == bareWord(channel) }) {
		return SalesDepartment
	}
	return MarketingDepartment
}

// readAnswers finds the spelling of every answer: of equally frequent ones the first as bytes.
func (a *Aligned) readAnswers(channels []string) answers {
	all := answers{map[string]string{}, map[string]string{}, map[string]string{}}
	times := map[string]int{}
	for _, l := range a.given.Leads {
		times[l.SelfReportedSource]++
	}
	for _, o := range a.given.Opportunities {
		times[o.SelfReportedSource]++
	}
	for word := range times {
		plain := bareWord(word)
		if plain == "" || plain == None {
			continue
		}
		known, isKnown := all.shown[plain]
		if !isKnown || times[word] > times[known] || times[word] == times[known] && word < known {
			all.shown[plain] = word
		}
	}
	for _, group := range []string{MarketingDepartment, SalesDepartment} {
		all.groups[group] = group
	}
	for _, channel := range channels {
		plain := bareWord(channel)
		if known, isKnown := all.channel[plain]; channel != None && (!isKnown || channel < known) {
			all.channel[plain], all.groups[plain] = channel, a.groupOf(channel)
		}
	}
	return all
}

// answerOf is the plain answer of a person: of its earliest lead that has one.
func (who *person) answer() string {
	var best *Lead
	var bestAt timestamp
	bestKnown := false
	for _, l := range who.leads {
		if plain := bareWord(l.SelfReportedSource); plain == "" || plain == None {
			continue
		}
		at, known, _ := readTime(l.CreatedAt, endOfDay)
		earlier := known && !bestKnown || known == bestKnown && (at.at < bestAt.at || at.at == bestAt.at && best != nil && l.LeadID < best.LeadID)
		if best == nil || earlier {
			best, bestAt, bestKnown = &l, at, known
		}
	}
	if best == nil {
		return ""
	}
	return bareWord(best.SelfReportedSource)
}

// channelsOfData are the channels that anything names.
func (a *Aligned) channelsOfData() []string {
	var all []string
	for _, t := range a.touches {
		all = append(all, t.channel)
	}
	for _, c := range a.given.Campaigns {
		all = append(all, c.Channel)
	}
	for _, c := range a.given.Costs {
		all = append(all, c.Channel)
	}
	for _, l := range a.given.Leads {
		all = append(all, l.Source)
	}
	return slices.DeleteFunc(all, func(channel string) bool { return channel == "" })
}

// SelfReported holds what people say brought them against first touch and credit.
func (a *Aligned) SelfReported() []Cells {
	words := a.readAnswers(a.channelsOfData())
	t := newTable[answerRow]("opportunity_type", "self_reported")
	row := func(opportunityType, plain string) *answerRow {
		shown, known := words.shown[plain]
		if !known {
			shown = None
		}
		to := t.at(opportunityType, shown)
		to.answer = shown
		if known {
			to.channel, to.hasChannel = words.channel[plain]
			to.group = words.groups[plain]
		}
		return to
	}
	answerOf := func(c Conversion) string {
		if c.who != nil {
			return c.who.answer()
		}
		if plain := bareWord(a.deals[c.OpportunityID].SelfReportedSource); plain != None {
			return plain
		}
		return ""
	}
	for _, c := range a.conversions {
		if c.NotCounted == "" && a.within.holds(c.Anchor) && (c.PersonID == "" || c.Type == LeadStage) {
			row(c.OpportunityType, answerOf(c)).count(a, c)
		}
	}
	for _, c := range a.credits {
		if a.within.holds(c.conversion.Anchor) && c.TouchID != "" && c.PersonID == "" {
			minor, _ := a.primary(c)
			row(c.OpportunityType, answerOf(c.conversion)).credit(a, c, minor)
		}
	}
	return t.finish(func(s *answerRow, to Cells) { s.cells(a, to) })
}

// count counts a conversion under its answer.
func (s *answerRow) count(a *Aligned, c Conversion) {
	first := c.firstTouch().channel
	touched := first != Unattributed
	sameChannel := touched && s.hasChannel && bareWord(first) == bareWord(s.channel)
	sameGroup := touched && s.group != "" && a.groupOf(first) == s.group
	counted := &s.opportunities
	switch c.Type {
	case LeadStage:
		counted = &s.leads
	case Revenue:
		counted = &firstTouchCounts{}
		if !c.Reversal {
			s.won++
		}
	}
	if !c.Reversal {
		counted.all++
		for _, part := range []struct {
			holds bool
			n     *int
		}{{sameChannel, &counted.sameChannel}, {sameGroup, &counted.sameGroup}, {touched && s.group != "" && !sameGroup, &counted.otherGroup}, {!touched, &counted.withoutTouch}} {
			if part.holds {
				*part.n++
			}
		}
	}
	if c.Amount == nil || c.Type == LeadStage {
		return
	}
	sums := []*big.Int{&s.pipeline, &s.pipelineFirstChannel, &s.pipelineFirstGroup}
	if c.Type == Revenue {
		sums = []*big.Int{&s.revenue, &s.revenueFirstChannel, &s.revenueFirstGroup}
	}
	for i, holds := range []bool{true, sameChannel, sameGroup} {
		if holds {
			sums[i].Add(sums[i], c.Amount)
		}
	}
}

// credit counts the credit of a touch under the answer of its conversion.
func (s *answerRow) credit(a *Aligned, c CreditRow, minor *big.Int) {
	sums := []*big.Int{&s.pipelineAttributed, &s.pipelineCreditedChannel, &s.pipelineCreditedGroup}
	if c.ConversionType == Revenue {
		sums = []*big.Int{&s.revenueAttributed, &s.revenueCreditedChannel, &s.revenueCreditedGroup}
	}
	for i, holds := range []bool{true, s.hasChannel && bareWord(c.Channel) == bareWord(s.channel), s.group != "" && a.groupOf(c.Channel) == s.group} {
		if holds {
			sums[i].Add(sums[i], minor)
		}
	}
}

func (s *answerRow) cells(a *Aligned, to Cells) {
	to["channel"], to["source_group"] = s.channel, s.group
	for name, h := range map[string]firstTouchCounts{"leads": s.leads, "opportunities": s.opportunities} {
		to[name], to[name+"_same_channel"], to[name+"_same_group"] = count(h.all), count(h.sameChannel), count(h.sameGroup)
		to[name+"_other_group"], to[name+"_without_touch"] = count(h.otherGroup), count(h.withoutTouch)
	}
	to["won"] = count(s.won)
	for name, amount := range map[string]*big.Int{
		"pipeline": &s.pipeline, "pipeline_first_touch_channel": &s.pipelineFirstChannel, "pipeline_first_touch_group": &s.pipelineFirstGroup,
		"pipeline_credited_channel": &s.pipelineCreditedChannel, "pipeline_credited_group": &s.pipelineCreditedGroup,
		"revenue": &s.revenue, "revenue_first_touch_channel": &s.revenueFirstChannel, "revenue_first_touch_group": &s.revenueFirstGroup,
		"revenue_credited_channel": &s.revenueCreditedChannel, "revenue_credited_group": &s.revenueCreditedGroup,
	} {
		to[name] = a.minorText(amount)
	}
	to["agreement"] = s.agreement()
}

// agreement asks whether at least half of what touches are credited with went where the answer says.
func (s *answerRow) agreement() string {
	switch {
	case s.answer == None:
		return "no_self_report"
	case !s.hasChannel && s.group == "":
		return "not_a_source"
	}
	all, named := &s.revenueAttributed, cmp.Or(map[bool]*big.Int{true: &s.revenueCreditedChannel}[s.hasChannel], &s.revenueCreditedGroup)
	if all.Sign() <= 0 {
		all, named = &s.pipelineAttributed, cmp.Or(map[bool]*big.Int{true: &s.pipelineCreditedChannel}[s.hasChannel], &s.pipelineCreditedGroup)
	}
	switch {
	case all.Sign() <= 0:
		return "unattributed"
	case new(big.Int).Mul(named, big.NewInt(2)).Cmp(all) >= 0:
		return "agrees"
	}
	return "differs"
}
