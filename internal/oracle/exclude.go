package oracle

import "slices"

// exclude marks the touches that never count. It runs once persons are settled. Touches are in
// journey order.
func exclude(touches []*touch, o Options) {
	for _, t := range touches {
		t.excluded = t.who.internal || !o.countsType(t.kind) || !o.isResponse(t.status) || o.Direct == DirectExclude && t.direct()
	}
	excludeBursts(touches, o.BotBurst)
	excludeRepeats(touches, o.DedupeWindowMinutes)
}

// countsType reports whether a touch type is allowed. A blank type is not among those that a list
// allows.
func (o Options) countsType(kind string) bool {
	return len(o.TouchTypes) == 0 || kind != "" && holdsWord(o.TouchTypes, kind)
}

// isResponse reports whether a status is a response: a blank one is, and so is every status that is
// not known to be none.
func (o Options) isResponse(status string) bool {
	switch {
	case status == "":
		return true
	case holdsWord(o.NotResponses, status):
		return false
	case holdsWord(o.Responses, status):
		return true
	}
	switch bareWord(status) {
	case "sent", "delivered", "invited", "planned", "queued", "bounced", "unsubscribed", "noshow":
		return false
	}
	return true
}

func holdsWord(list []string, word string) bool {
	return slices.ContainsFunc(list, func(known string) bool { return bareWord(known) == bareWord(word) })
}

// excludeBursts marks every touch in a stretch of so many seconds, both ends included, that holds
// enough touches of one person. Touches that are excluded for another reason do not count: mail
// that was sent is no sign of a bot.
func excludeBursts(touches []*touch, b BotBurst) {
	if b.Touches == 0 {
		return
	}
	var inBurst []*touch
	for _, first := range touches {
		var stretch []*touch
		for _, t := range touches {
			if !t.excluded && !first.excluded && t.who == first.who && t.at >= first.at && t.at-first.at <= int64(b.Seconds)*1_000_000 {
				stretch = append(stretch, t)
			}
		}
		if len(stretch) >= b.Touches {
			inBurst = append(inBurst, stretch...)
		}
	}
	for _, t := range inBurst {
		t.excluded = true
	}
}

// excludeRepeats marks a touch that follows, within the window, the last kept touch of the same
// person, channel, campaign and type. Touches that are excluded for another reason neither repeat
// nor are repeated.
func excludeRepeats(touches []*touch, minutes int) {
	if minutes == 0 {
		return
	}
	type repeat struct {
		who                     *person
		channel, campaign, kind string
	}
	kept := map[repeat]int64{}
	for _, t := range touches {
		if t.excluded {
			continue
		}
		key := repeat{t.who, t.channel, t.campaign, t.kind}
		if last, known := kept[key]; known && t.at-last <= int64(minutes)*microsPerMinute {
			t.excluded = true
			continue
		}
		kept[key] = t.at
	}
}
