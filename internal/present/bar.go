package present

import (
	"math"
	"strings"
)

// eighths are the blocks that fill a part of a cell.
var eighths = []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// Bar draws a value as a bar of at most so many cells, of which the greatest value fills all. The
// bar of a value below 0 is shaded. A value other than 0 has a bar that can be seen.
func Bar(value, greatest float64, cells int) string {
	if value == 0 || greatest <= 0 {
		return ""
	}
	share := math.Min(math.Abs(value)/greatest, 1) * float64(cells)
	if value < 0 {
		return strings.Repeat("░", max(1, int(math.Round(share))))
	}
	steps := max(1, int(math.Round(share*8)))
	return strings.Repeat("█", steps/8) + eighths[steps%8]
}
