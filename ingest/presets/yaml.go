package presets

import (
	"fmt"
	"slices"
	"strings"
)

func list(texts []string) string {
	quotedTexts := make([]string, len(texts))
	for i, text := range texts {
		quotedTexts[i] = quoted(text)
	}
	return "[" + strings.Join(quotedTexts, ", ") + "]"
}

// quoted writes a text so that YAML takes it for text, in a mapping of one line too.
func quoted(text string) string {
	isPlain := text != "" && !strings.ContainsFunc(text, func(c rune) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '.' || c == '/')
	}) && !('0' <= text[0] && text[0] <= '9') && !slices.Contains([]string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}, strings.ToLower(text))
	if isPlain {
		return text
	}
	return fmt.Sprintf("%q", text)
}

// wrapped breaks a text into lines.
func wrapped(text string, width int) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines = append(lines, line)
			line = "  " + word
			continue
		}
		line = strings.TrimPrefix(line+" "+word, " ")
		if strings.HasPrefix(line, " ") {
			line = "  " + strings.TrimSpace(line)
		}
	}
	return append(lines, line)
}
