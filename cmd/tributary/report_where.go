package main

import (
	"encoding/csv"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

// A condition keeps rows by the value of a column.
type condition struct {
	column, operator string
	value            string // as it was given
}

var conditionForm = regexp.MustCompile(`(?s)^([^=!<>]+)(!=|>=|<=|=|>|<)(.*)$`)

// parseCondition reads COLUMN=VALUE, COLUMN!=VALUE, COLUMN>=VALUE and so on.
func parseCondition(given string) (condition, error) {
	found := conditionForm.FindStringSubmatch(given)
	if found == nil {
		return condition{}, failure.Errorf(failure.Usage, "--where: %q is not COLUMN=VALUE\nhint: for example --where basis=period, --where channel=webinar,email or --where 'revenue>=1000'", given)
	}
	return condition{strings.TrimSpace(found[1]), found[2], found[3]}, nil
}

// isEquality reports whether the condition names values, rather than bounds.
func (c condition) isEquality() bool { return c.operator == "=" || c.operator == "!=" }

// list is the values of the condition: those between commas. A value in quotes can hold a comma.
func (c condition) list() []string {
	if !c.isEquality() {
		return []string{strings.TrimSpace(c.value)}
	}
	reader := csv.NewReader(strings.NewReader(c.value))
	reader.LazyQuotes = true
	values, err := reader.Read()
	if _, more := reader.Read(); err != nil || more == nil {
		return []string{c.value}
	}
	return values
}

// A reportColumn is a column of a report's file.
type reportColumn struct{ name, sqlType string }

func (c reportColumn) isText() bool { return c.sqlType == "VARCHAR" }

// typeName is what the column holds, for those who compare with it.
func (c reportColumn) typeName() string {
	switch {
	case c.isText():
		return "text"
	case c.sqlType == "BOOLEAN":
		return "yes or no"
	case c.sqlType == "DATE":
		return "days"
	case strings.HasPrefix(c.sqlType, "TIMESTAMP"):
		return "moments"
	}
	return "numbers"
}

// holds is the condition in SQL, over the values of the list. Values are quoted, and checked
// against the type of the column.
func (c reportColumn) holds(operator string, values []string) (string, error) {
	name := engine.Name(c.name)
	if c.typeName() == "yes or no" && operator != "=" && operator != "!=" {
		return "", failure.Errorf(failure.Usage, "--where: %s contains yes or no, which %s cannot compare\nhint: use = or !=", c.name, operator)
	}
	var either []string
	for _, value := range values {
		literal, err := c.literal(value)
		switch {
		case err != nil:
			return "", err
		case value == "" && operator != "=" && operator != "!=":
			return "", failure.Errorf(failure.Usage, "--where: %s%s has no value to compare with\nhint: give a value; `%s=` keeps the rows in which the column is empty", c.name, operator, c.name)
		case c.isText() && (operator == "=" || operator == "!="):
			either = append(either, "COALESCE("+name+", '') = "+literal)
		case value == "":
			either = append(either, name+" IS NULL")
		case operator == "=" || operator == "!=":
			either = append(either, name+" IS NOT DISTINCT FROM "+literal)
		default:
			either = append(either, name+" "+operator+" "+literal)
		}
	}
	if operator == "!=" {
		return "NOT (" + strings.Join(either, " OR ") + ")", nil
	}
	return "(" + strings.Join(either, " OR ") + ")", nil
}

// literal is a value in SQL, in the type of the column.
func (c reportColumn) literal(value string) (string, error) {
	wrong := func(expected string) error {
		return failure.Errorf(failure.Usage, "--where: %s contains %s, but %q is not %s", c.name, c.typeName(), value, expected)
	}
	switch {
	case c.isText() || value == "":
		return engine.Text(value), nil
	case c.typeName() == "yes or no":
		switch strings.ToLower(value) {
		case "true", "yes":
			return "TRUE", nil
		case "false", "no":
			return "FALSE", nil
		}
		return "", wrong("yes or no")
	case c.typeName() == "days":
		if _, err := time.Parse(time.DateOnly, value); err != nil {
			return "", wrong("a day such as 2026-03-31")
		}
		return "CAST(" + engine.Text(value) + " AS DATE)", nil
	case c.typeName() == "moments":
		for _, form := range []string{time.DateOnly, "2006-01-02 15:04", time.DateTime, "2006-01-02T15:04:05"} {
			if at, err := time.Parse(form, value); err == nil {
				return "CAST(" + engine.Text(at.Format(time.DateTime)) + " AS " + c.sqlType + ")", nil
			}
		}
		return "", wrong("a moment such as 2026-03-31 14:05")
	}
	number, ok := new(big.Rat).SetString(value)
	if !ok || strings.ContainsAny(value, "/eExXpPoObB_") {
		return "", wrong("a number")
	}
	exact := number.FloatString(12)
	if again, _ := new(big.Rat).SetString(exact); again.Cmp(number) != 0 || len(exact) > 34 {
		return "", wrong("a number of at most 20 digits and 12 decimals")
	}
	return "CAST(" + engine.Text(exact) + " AS DECIMAL(38, 12))", nil
}

// unknownColumn is the error about a name that is not among the columns of the report.
func unknownColumn(name string, known []string) error {
	return fmt.Errorf("%q is not a column of this report%s\nhint: the columns are %s", name, words.DidYouMean(name, known), strings.Join(known, ", "))
}

// unknownValue says that a column does not have a value, and which it has.
func unknownValue(column, value string, known []string) string {
	var shown []string
	for _, k := range known {
		if k != "" {
			shown = append(shown, oneLine(k))
		}
	}
	slices.Sort(shown)
	text := fmt.Sprintf("no row has %s=%s%s", column, oneLine(value), oneLine(words.DidYouMean(value, known)))
	if len(shown) > 0 {
		text += "\nhint: its values are " + words.List(shown, 12)
	}
	return text
}
