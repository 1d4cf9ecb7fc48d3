package reports

import (
	"bytes"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
)

func TestCSVForExcel(t *testing.T) {
	eng, err := engine.Open(t.Context(), engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	query := `SELECT * FROM (VALUES
(1, '0012', CAST(-5.00 AS DECIMAL(10, 2)), DATE '2025-03-01', true, TIMESTAMP '2025-03-01 10:11:12.123456'),
(2, '=1+1', CAST(1234567890123456.78 AS DECIMAL(20, 2)), NULL, NULL, NULL),
(3, 'two' || chr(10) || 'lines, "quoted"', CAST(9999999999999.99 AS DECIMAL(20, 2)), NULL, false, NULL)) AS t(n, text, amount, day, flag, instant) ORDER BY n`
	out := &bytes.Buffer{}
	if err := WriteExcelCSV(t.Context(), eng, query, out); err != nil {
		t.Fatal(err)
	}
	want := "\uFEFFn,text,amount,day,flag,instant\r\n" +
		"1,'0012,-5.00,2025-03-01,true,2025-03-01T10:11:12.123456\r\n" +
		"2,'=1+1,'1234567890123456.78,,,\r\n" +
		"3,\"two\nlines, \"\"quoted\"\"\",9999999999999.99,,false,\r\n"
	if out.String() != want {
		t.Errorf("the file is\n%q, want\n%q", out.String(), want)
	}
}
