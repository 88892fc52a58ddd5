package main_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	main "fifteen/cmd/fifteen"

	"github.com/chromedp/chromedp"
)

// browserEnv names a Chromium that tests may start.
const browserEnv = "FIFTEEN_TEST_BROWSER"

// patience is how long something on a page may take.
const patience = 2 * time.Minute

// demoStart is a Thursday, so that a Monday, a check-in and a weekend lie ahead.
const demoStart = "2026-11-26T10:00:00Z"

// startDemo runs the program's demo and returns its address and what ends it.
func startDemo(t *testing.T, args ...string) (address string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context())) // it ends in time to be asked how
	in, out := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := main.RunWith(ctx, strings.NewReader(""), out, os.Stderr, append([]string{"demo"}, args...)...)
		ended <- err
		_ = out.CloseWithError(io.EOF)
	}()
	first, err := bufio.NewReader(in).ReadString('\n')
	if err != nil {
		t.Fatalf("got %v and %v, want the demo's address", err, <-ended)
	}
	go func() { _, _ = io.Copy(io.Discard, in) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("demo: got %v at its end, want nil", err)
		}
	}
	t.Cleanup(stop)
	return strings.TrimSpace(strings.TrimPrefix(first, "Fifteen is at ")), stop
}

// shared is the browser that tests have open at the same time: each of its own would
// keep two cores busy for seconds.
var shared struct {
	mu    sync.Mutex
	users int
	ctx   context.Context //nolint:containedctx // a browser is a context
	quit  func() error
}

// newBrowser returns a browser, and skips the test where none is named.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	file := os.Getenv(browserEnv)
	if file == "" {
		t.Skipf("%s names no Chromium", browserEnv)
	}
	shared.mu.Lock()
	defer shared.mu.Unlock()
	if shared.users == 0 {
		startBrowser(t, file)
	}
	shared.users++
	t.Cleanup(func() {
		shared.mu.Lock()
		defer shared.mu.Unlock()
		shared.users--
		if shared.users == 0 {
			closed(t, "the browser", shared.quit)
		}
	})
	return shared.ctx
}

// startBrowser starts the browser that is shared.
func startBrowser(t *testing.T, file string) {
	t.Helper()
	folder, err := os.MkdirTemp("", "fifteen-browser-") //nolint:usetesting // it may outlast the test that began it
	if err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(file), chromedp.NoSandbox,
		chromedp.UserDataDir(folder), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("force-prefers-reduced-motion", true), chromedp.WSURLReadTimeout(time.Minute))
	ctx, stop := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	ctx, _ = chromedp.NewContext(ctx)
	if err := chromedp.Do(ctx); err != nil {
		stop()
		t.Fatalf("start %s: %v", file, err)
	}
	shared.ctx = ctx
	shared.quit = func() error {
		err := chromedp.Cancel(ctx)
		stop()
		return errors.Join(err, os.RemoveAll(folder))
	}
}

// A tab is a page in a browser.
type tab struct {
	t   *testing.T
	ctx context.Context //nolint:containedctx // a tab is a context
}

// newTab opens an address in a window of that width.
//
//nolint:contextcheck // a tab's context is its own
func newTab(t *testing.T, browser context.Context, address string, width int64) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // a tab lives as long as the context of its first use
		t.Fatalf("open a tab: %v", err)
	}
	p := &tab{t: t, ctx: ctx}
	p.run("open "+address, chromedp.EmulateViewport(width, 900), chromedp.Navigate(address))
	p.wait(`document.getElementById("line") !== null && window.htmx !== undefined`)
	return p
}

func (p *tab) run(what string, steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatalf("%s: %v\n%s", what, err, p.text("body"))
	}
}

// got returns what a script does.
func got[T any](p *tab, script string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v", script, err)
	}
	return value
}

// wait waits until a script says that it is so. The page's policy keeps chromedp's
// own way of waiting out.
func (p *tab) wait(script string) {
	p.t.Helper()
	within := fmt.Sprintf(`new Promise((resolve) => {
		const end = Date.now() + %d;
		const look = () => { if (%s) resolve(true); else if (Date.now() > end) resolve(false); else setTimeout(look, 20); };
		look();
	})`, patience.Milliseconds()/2, script)
	if !got[bool](p, within) {
		p.t.Fatalf("%s: got nothing of the kind; the page is\n%s", script, p.text("body"))
	}
}

// text is what one reads in an element.
func (p *tab) text(selector string) string {
	p.t.Helper()
	return got[string](p, fmt.Sprintf(`(document.querySelector(%q) || {innerText: ""}).innerText`, selector))
}

// sees waits until a text can be read in an element.
func (p *tab) sees(selector, text string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`(document.querySelector(%q) || {innerText: ""}).innerText.includes(%q)`, selector, text))
}

// says types a line.
func (p *tab) says(line string) {
	p.t.Helper()
	p.types(line + "\r")
}

// fill types into a field of the form that is open.
func (p *tab) fill(label, value string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`(() => {
		const label = [...document.querySelectorAll("dialog[open] label")].find((l) => l.innerText.trim().startsWith(%q));
		if (!label) return false;
		document.querySelectorAll("[data-filled]").forEach((f) => delete f.dataset.filled);
		const field = document.getElementById(label.htmlFor);
		field.dataset.filled = "";
		if (field.value) field.value = "";
		return true;
	})()`, label))
	p.run("fill "+label, chromedp.SendKeys("[data-filled]", value))
}

// cancels closes the form that is open.
func (p *tab) cancels() {
	p.t.Helper()
	p.button("Cancel")
	p.wait(`document.querySelector("dialog") === null`)
}

// goes leads to another page of the program's. The list of channels may be drawn anew
// at any moment, so the link is found and read in one step.
func (p *tab) goes(link string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`(() => {
		const link = [...document.querySelectorAll("nav a")].find((a) => a.textContent.includes(%q));
		if (link) window.followed = link.href;
		return link;
	})()`, link))
	p.run("go to "+link, chromedp.Navigate(got[string](p, `window.followed`)))
	p.wait(`window.htmx !== undefined && document.readyState === "complete" && window.followed === undefined`)
}

// clock turns the clock by one of its buttons.
func (p *tab) clock(label string) {
	p.t.Helper()
	p.click("#clock summary")
	p.button(label)
}

// button presses the last button on the page that says so. What is drawn anew in the
// meantime is marked anew.
func (p *tab) button(label string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`(() => {
		const mark = () => {
			const all = [...document.querySelectorAll("dialog button, .log button, .beside button, .clock button")]
				.filter((b) => b.innerText.trim() === %q && b.offsetParent && !b.disabled);
			document.querySelectorAll("[data-pressed]").forEach((b) => b === all.at(-1) || delete b.dataset.pressed);
			if (all.length) all.at(-1).dataset.pressed = "";
			return all.length > 0;
		};
		clearInterval(window.marking);
		window.marking = setInterval(mark, 50);
		return mark();
	})()`, label))
	p.run("press "+label, chromedp.Click("[data-pressed]"))
}

// picture saves what is seen.
func (p *tab) picture(file string) {
	p.t.Helper()
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Clean(file), png, 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// types sends keys to where one types a line.
func (p *tab) types(keys string) {
	p.t.Helper()
	p.run("type "+keys, chromedp.SendKeys("#line", keys))
}

// click clicks on the first element of that kind.
func (p *tab) click(selector string) {
	p.t.Helper()
	p.run("click on "+selector, chromedp.Click(selector))
}
