package progress

import "time"

// A StageTime is how long the work of one stage took.
type StageTime struct {
	Stage string        // the name under which the stage was begun; stages of one name are added up
	Wall  time.Duration // by the clock of the display
	CPU   time.Duration // of all threads of the process while the stage was under way; 0 where Options.CPU is not given
}

// Times returns the stages so far in the order in which they began, the stage under way as far as
// it has come.
func (d *Display) Times() []StageTime {
	if d == nil {
		return nil
	}
	d.lock.Lock()
	defer d.lock.Unlock()
	times := append([]StageTime(nil), d.times...)
	if d.current != nil {
		times = added(times, d.current.taken(d.options.Now(), d.cpu()))
	}
	return times
}

// added adds the time of a stage to that of an earlier one of the same name, if there is one.
func added(times []StageTime, t StageTime) []StageTime {
	for i := range times {
		if times[i].Stage == t.Stage {
			times[i].Wall += t.Wall
			times[i].CPU += t.CPU
			return times
		}
	}
	return append(times, t)
}

// cpu is the processor time of the process so far, if it is measured.
func (d *Display) cpu() time.Duration {
	if d.options.CPU == nil {
		return 0
	}
	return d.options.CPU()
}

// taken is what the stage has taken so far.
func (c *Counter) taken(now time.Time, cpu time.Duration) StageTime {
	return StageTime{Stage: c.name, Wall: max(0, now.Sub(c.began)), CPU: max(0, cpu-c.cpuBegan)}
}
