package browsertest

import (
	"bytes"
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// required reports whether a machine without the named program fails the tests instead of skipping
// them. Continuous integration sets it.
const required = "TRIBUTARY_REQUIRE_BROWSER"

// installed is the path of the first of the programs that this machine has. Without any of them
// the test is skipped.
func installed(t *testing.T, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	reason := "none of " + strings.Join(names, ", ") + " is installed: what people look at was not tested"
	if os.Getenv(required) != "" {
		t.Fatalf("%s, and %s is set", reason, required)
	}
	t.Skip(reason)
	return ""
}

// A browser is a headless Chromium that ends with its test.
type browser struct{ context context.Context }

func startBrowser(t *testing.T) browser {
	t.Helper()
	program := installed(t, "chromium", "chromium-browser", "google-chrome")
	var output bytes.Buffer
	ctx, cancel := chromedp.NewContext(t.Context(), chromedp.WithAllocatorOptions(
		chromedp.ExecPath(program), chromedp.CombinedOutput(&output),
		// Only files that these tests wrote are loaded, and root has no sandbox.
		chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("lang", "en-US"),
	))
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting %s: %v\n%s", program, err, &output)
	}
	return browser{ctx}
}

// A view is how a page is looked at.
type view struct {
	width, height int64
	dark          bool
	print         bool
	withoutScript bool
}

var (
	wide   = view{width: 1280, height: 900}
	tablet = view{width: 820, height: 1180}
	phone  = view{width: 390, height: 844}
)

// A tab is one open page, and what it asked of the network and told the console.
type tab struct {
	t       *testing.T
	context context.Context

	mu         sync.Mutex
	requests   []string
	pageErrors []string
}

// open loads a file of this machine as a visitor would who received it.
func (b browser) open(t *testing.T, file string, v view) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.context)
	t.Cleanup(cancel)
	o := &tab{t: t, context: ctx}
	if err := chromedp.Listen(ctx, o.hear); err != nil {
		t.Fatal(err)
	}
	absolute, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	o.look(v)
	o.do(chromedp.Navigate((&url.URL{Scheme: "file", Path: filepath.ToSlash(absolute)}).String()))
	return o
}

// look changes the view of an open page.
func (o *tab) look(v view) {
	o.t.Helper()
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: "light"}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}}
	if v.dark {
		media.Features[0].Value = "dark"
	}
	if v.print {
		media.Media = "print"
	}
	o.do(chromedp.EmulateViewport(v.width, v.height),
		command(emulation.SetEmulatedMedia, media),
		command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: v.withoutScript}))
}

// command is a command of the protocol of which only the error matters.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, c, params)
		return err
	})
}

func (o *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	o.t.Helper()
	if err := chromedp.Do(o.context, actions...); err != nil {
		o.t.Fatal(err)
	}
}

// ask evaluates a JavaScript expression in the page. The policy of the page does not bind it.
func ask[T any](o *tab, expression string) T {
	o.t.Helper()
	answer, err := chromedp.Run(o.context, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		o.t.Fatal(err)
	}
	return answer
}

func (o *tab) hear(event any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		o.requests = append(o.requests, e.Request.URL)
	case *network.EventWebSocketCreated:
		o.requests = append(o.requests, e.URL)
	case *runtime.EventExceptionThrown:
		o.pageErrors = append(o.pageErrors, "exception: "+exception(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		for _, argument := range e.Args {
			o.pageErrors = append(o.pageErrors, "console: "+string(e.Type)+": "+string(argument.Value)+argument.Description)
		}
	case *log.EventEntryAdded:
		o.pageErrors = append(o.pageErrors, string(e.Entry.Source)+": "+e.Entry.Text)
	}
}

// heard is what a quiet page does not do: requests other than for its own file, and messages of
// any kind on the console, among them violations of its content security policy.
func (o *tab) heard() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	problems := append([]string(nil), o.pageErrors...)
	for i, request := range o.requests {
		if i > 0 || !strings.HasPrefix(request, "file://") {
			problems = append(problems, "a request leaves the page: "+request)
		}
	}
	if len(o.requests) == 0 {
		problems = append(problems, "the browser reported no request, not even for the page")
	}
	return problems
}

func exception(details *runtime.ExceptionDetails) string {
	if details.Exception != nil {
		return details.Text + " " + details.Exception.Description
	}
	return details.Text
}
