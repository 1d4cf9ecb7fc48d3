package doctor

import (
	"fmt"
	"io/fs"
	"math"
	"os"
	"path"
	"strconv"
	"strings"

	"github.com/tributary-engine/tributary/internal/progress"
)

// A memory is what a machine has, in bytes; 0: not known.
type memory struct {
	available int64 // for new processes
	allowed   int64 // what the control group of the process may use
}

func readMemory() memory { return memoryOf(os.DirFS("/")) }

// memoryOf reads /proc and /sys of Linux, from the root of a file system.
func memoryOf(root fs.FS) memory {
	var m memory
	text, _ := fs.ReadFile(root, "proc/meminfo")
	for line := range strings.Lines(string(text)) {
		if rest, isIt := strings.CutPrefix(line, "MemAvailable:"); isIt {
			kib, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			m.available = kib * 1024
		}
	}
	text, _ = fs.ReadFile(root, "proc/self/cgroup")
	group := "."
	for line := range strings.Lines(string(text)) {
		if within, isIt := strings.CutPrefix(strings.TrimSpace(line), "0::/"); isIt {
			group = path.Clean(within)
		}
	}
	for { // the limit of every group above holds too
		for _, file := range []string{path.Join("sys/fs/cgroup", group, "memory.max"), path.Join("sys/fs/cgroup/memory", group, "memory.limit_in_bytes")} {
			text, err := fs.ReadFile(root, file)
			limit, notNumber := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
			if err == nil && notNumber == nil && limit < math.MaxInt64/2 && (m.allowed == 0 || limit < m.allowed) {
				m.allowed = limit
			}
		}
		if group == "." || group == "/" {
			return m
		}
		group = path.Dir(group)
	}
}

// checkMemory compares the limit of the engine with what there is.
func checkMemory(limit string, m memory) Check {
	c := Check{Topic: "memory", Status: OK, Message: "the engine may use " + limit}
	bytes := sizeOf(limit)
	switch {
	case m.available > 0:
		c.Message += ", and " + progress.Size(m.available) + " are available"
	default:
		c.Message += "; what is available is not known here"
	}
	if m.allowed > 0 {
		c.Message += "; the control group allows " + progress.Size(m.allowed)
	}
	least := m.available
	if m.allowed > 0 && (least == 0 || m.allowed < least) {
		least = m.allowed
	}
	if least > 0 && bytes > least {
		c.Status = Warning
		c.Remedy = fmt.Sprintf("give run --memory-limit %dMB, or free memory: the process needs more than the engine, see docs/runbook.md", least/2/1_000_000)
	}
	return c
}

// sizeOf reads a size as the engine writes it, such as 12.4 GiB; 0: it is none.
func sizeOf(text string) int64 {
	number, unit, _ := strings.Cut(text, " ")
	n, err := strconv.ParseFloat(number, 64)
	factor := map[string]float64{"bytes": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}[unit]
	if err != nil {
		return 0
	}
	return int64(n * factor)
}
