// Package browsertest tests what people look at in a real browser: the page of a run. It has tests
// alone, so that the program carries nothing that drives a browser.
//
// The tests know nothing of how the page is made. They run the program, load the report.html that it
// wrote into Chromium, and compare what is shown with the CSV reports beside it.
package browsertest
