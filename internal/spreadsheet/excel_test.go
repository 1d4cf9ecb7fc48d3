package spreadsheet

import "testing"

func TestExcelKeepsFifteenDigits(t *testing.T) {
	for decimal, want := range map[string]bool{
		"0": true, "-0.50": true, "999999999999999": true, "-1234567890123.45": true, "123456789012345000": true, "0.000000123456789012345": true,
		"1000000000000001": false, "9999999999999.999": false, "-1000000000.000001": false,
	} {
		if got := Keeps(decimal); got != want {
			t.Errorf("Keeps(%s) is %v", decimal, got)
		}
	}
}

func TestTextThatExcelWouldChangeIsMarked(t *testing.T) {
	for _, text := range []string{
		"0012", "12", "-5", "1E5", "1e5", "1,000", "1.234", "1 000", "5%", "€5", "$1", "(5)", "1/2", "3-4", "2025-03-01", "3.4.2025", "12:30", "1:30 PM", "1:30p",
		"MAR1", "1-Mar", "March 5", "Sept 2", "Okt 3", "DEC1", "2025 Mai", "12345678901234567890", "TRUE", "false", "#N/A", "#1", " 12 ", "R5", "CHF 5", "１２",
		"=1+1", "+x", "-x", "@x", "\tx",
	} {
		if got := KeepText(text); got != "'"+text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	for _, text := range []string{
		"", "Webinar", "Webinar 2025", "Marketing 2025", "Decision 3", "C-1001", "701A0000001xyz", "O-15-1", "Q1 2025", "march", "new_business", "(none)", "(unattributed)", "true north", "a@b.example", "'x",
	} {
		if got := KeepText(text); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}
