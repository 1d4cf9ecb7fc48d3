package presets

import (
	"strings"

	"github.com/tributary-engine/tributary/ingest/value"
)

// numbersOf finds the marks with which every number of a column is read, as keys of a column: the
// empty text for plain decimals. Several answers are several readings. example is a value that is no
// plain decimal, or empty where all of them are.
func numbersOf(file File, column int) (marks []string, example string, err error) {
	if file.types != nil {
		return nil, "", nil
	}
	var values []string
	seen := map[string]bool{}
	err = file.values([]int{column}, func(row []string) {
		if text := strings.TrimSpace(row[0]); text != "" && strings.ContainsAny(text, "0123456789") && !seen[text] && len(values) < 20_000 {
			seen[text] = true
			values = append(values, text)
		}
	})
	if err != nil || len(values) == 0 {
		return nil, "", err
	}
	plain := value.Marks{Decimal: []byte(".")}
	for _, text := range values {
		if _, reason := plain.Read([]byte(text)); reason != "" {
			example = text
			break
		}
	}
	if example == "" {
		return []string{""}, "", nil
	}
	for _, decimal := range value.DecimalMarks {
		for _, thousands := range append([]string{""}, value.ThousandsMarks...) {
			if thousands == decimal {
				continue
			}
			k := value.Marks{Decimal: []byte(decimal), Thousands: []byte(thousands)}
			uses := false
			fits := true
			for _, text := range values {
				if _, reason := k.Read([]byte(text)); reason != "" {
					fits = false
					break
				}
				uses = uses || thousands != "" && strings.Contains(text, thousands)
			}
			if !fits || thousands != "" && !uses {
				continue
			}
			keys := `decimal: "` + decimal + `"`
			if thousands != "" {
				keys += `, thousands: "` + thousands + `"`
			}
			marks = append(marks, keys)
		}
	}
	return marks, example, nil
}
