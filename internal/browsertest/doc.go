// Package browsertest tests the page of a run in a real browser. It has only tests, so the program
// does not depend on the browser driver.
//
// The tests do not depend on how the page is made. They run the program, load its report.html into
// Chromium, and compare the page with the CSV reports of the same run.
package browsertest
