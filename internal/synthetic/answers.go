package synthetic

// answer is what somebody says brought it (self_reported_source): the channel of its source, or what
// it remembers better; "" if it was not asked.
func answer(d *draws, source int) string {
	switch {
	case !d.chance(answered):
		return ""
	case d.chance(sourcesAnswered):
		return channels[source].name
	}
	return oneOf(d, otherAnswers)
}

// answerOf is the answer on a deal: that of its first person.
func answerOf(d *draws, x deal, people []person) string {
	if len(x.people) == 0 {
		return ""
	}
	return answer(d, people[x.people[0]].source)
}
