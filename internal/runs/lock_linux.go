package runs

import (
	"os"
	"strconv"
	"strings"
	"syscall"
)

// lockOf reads from /proc/locks who holds the lock of a file.
func lockOf(path string) Lock {
	info, err := os.Stat(path)
	if os.IsNotExist(err) {
		return Lock{IsKnown: true}
	}
	if err != nil {
		return Lock{}
	}
	stat, isStat := info.Sys().(*syscall.Stat_t)
	text, err := os.ReadFile("/proc/locks")
	if err != nil || !isStat {
		return Lock{}
	}
	// 1: FLOCK  ADVISORY  WRITE 1234 fd:01:1835017 0 EOF
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) < 6 || fields[1] != "FLOCK" || !strings.HasSuffix(fields[5], ":"+strconv.FormatUint(stat.Ino, 10)) {
			continue
		}
		l := Lock{IsKnown: true, IsHeld: true}
		l.Process, _ = strconv.Atoi(fields[4])
		if name, err := os.ReadFile("/proc/" + fields[4] + "/comm"); err == nil {
			l.Command = strings.TrimSpace(string(name))
		}
		return l
	}
	return Lock{IsKnown: true}
}
