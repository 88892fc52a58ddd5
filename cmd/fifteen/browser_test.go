package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// openDemo opens the demo in a browser.
func openDemo(t *testing.T) *tab {
	t.Helper()
	browser := newBrowser(t)
	address, _ := startDemo(t, "--listen", "127.0.0.1:0", "--at", demoStart)
	return newTab(t, browser, address, 1440)
}

// The latest message of a page.
const latest = "#feed > article:last-of-type"

// The whole interview by clicking: its message changes in place.
func TestPageInterview(t *testing.T) {
	t.Parallel()
	p := openDemo(t)
	p.sees("#feed", "Hello novak, I am Fifteen")
	p.sees("#feed", "Begin with one of these")
	p.says("deal add Amberworks 12000 EUR")
	p.sees(latest, "Amberworks is deal #")
	p.button("Score it")
	for number := range strings.FieldsSeq("1 2 3 4 5 6 7 8 9") {
		p.sees(latest, "question "+number+" of 9")
		answer := "Yes"
		if number == "9" {
			answer = "Not sure"
		}
		p.button(answer)
	}
	p.sees(latest, "score 14 of 15")
	p.sees(latest, "changed")
	if n := got[int](p, `document.querySelectorAll("#feed > article").length`); n != 3 {
		t.Errorf("got %d messages, want 3: the greeting, the line, and its answer that became the interview\n%s", n, p.text("#feed"))
	}
}

// A refusal with its form, and a form whose field is wrong and keeps the rest.
func TestPageRefusal(t *testing.T) {
	t.Parallel()
	p := openDemo(t)
	p.says("deal add Amberworks 12000 EUR")
	p.sees(latest, "Amberworks is deal #")
	p.says("lost amberworks")
	p.sees(latest, "why did they say no?")
	p.button("Other supplier")
	p.sees(latest, "Would they switch")
	p.button("Faster delivery")
	p.sees(latest, "Did someone else win it?")
	p.button("Somebody")
	p.fill("Who won", "<b>Nordwind</b> & Söhne")
	p.button("Send")
	p.sees(latest, "<b>Nordwind</b> & Söhne")
}

// A form that is closed can be opened again; one with a mistake in it says so beside
// the field and keeps what was typed.
func TestPageForms(t *testing.T) {
	t.Parallel()
	p := openDemo(t)
	p.says("nextstep borealis")
	p.sees("dialog[open]", "What happens next")
	p.cancels()
	p.button("Fill in")
	p.fill("What happens next", "they sign on Friday")
	p.button("Send")
	p.wait(`document.querySelector("dialog") === null`)
	p.sees(latest, "they sign on Friday")
	p.says("target")
	p.fill("Which month", "december")
	p.fill("How much", "plenty")
	p.button("Send")
	p.sees("dialog[open] .wrong", "plenty")
	if month := got[string](p, `document.querySelector("dialog input[type=text]").value`); month != "december" {
		t.Errorf("got %q left in the form, want december", month)
	}
	p.fill("How much", "80000 EUR")
	p.button("Send")
	p.sees(latest, "The target for December is 80,000 EUR")
}

// The set-up by clicking: one message that becomes each of its steps.
func TestPageSetup(t *testing.T) {
	t.Parallel()
	p := openDemo(t)
	p.says("setup")
	p.sees(latest, "step 1 of 3")
	p.button("Something else")
	p.fill("Which currency?", "gold")
	p.fill("In which zone", "Prague")
	p.button("Send")
	p.sees("dialog[open] .wrong", "GOLD")
	p.fill("Which currency?", "CZK")
	p.button("Send")
	p.sees(latest, "Amounts are in CZK now, and days begin in Europe/Prague.")
	p.sees(latest, "It is #sales now.")
	p.button("Keep #sales")
	p.sees(latest, "step 3 of 3")
	p.button("A target for each month")
	p.fill("What should each month bring?", "2 000 000")
	p.button("Send")
	p.sees(latest, "November to January 2027 should bring 2,000,000 CZK each.")
	p.sees(latest, "That is all I need to know")
	if n := got[int](p, `document.querySelectorAll("#feed > article").length`); n != 3 {
		t.Errorf("got %d messages, want 3: the greeting, the line, and its answer that became each step\n%s", n, p.text("#feed"))
	}
}

// The funnel with its picture, and what stands behind it elsewhere.
func TestPageFunnel(t *testing.T) {
	t.Parallel()
	p := openDemo(t)
	p.says("funnel")
	p.sees(latest, "Team, last 13 weeks")
	p.wait(`(document.querySelector("#feed img") || {}).naturalWidth === 1200`)
	if alt := got[string](p, `document.querySelector("#feed img").alt`); !strings.Contains(alt, "How many move on") {
		t.Errorf("got alt %q, want what the picture shows", alt)
	}
	got[any](p, `document.querySelector("`+latest+` .look").click()`)
	p.sees("#aside", "The line that came in")
	for _, want := range []string{"funnel", "chat.postMessage", `"blocks"`, "sendMessage", "sendPhoto"} {
		p.sees("#aside", want)
	}
}

// Monday comes: the digests arrive in the channel, unread, with a thread.
func TestPageMonday(t *testing.T) {
	t.Parallel()
	p := openDemo(t)
	p.clock("Monday 09:00, the digests")
	p.sees("#now", "Mon 30 Nov 2026 09:00")
	p.wait(`document.querySelector("#doors .unread .count") !== null`)
	p.goes("#sales")
	p.sees("#feed", "Who is 14 and 15?")
	p.sees("#feed", "Team, last 13 weeks")
	p.button("2 replies")
	p.sees("#aside", "Below target, the costliest first")
	p.clock("Three months on")
	p.sees("#now", "2027")
	p.wait(`document.querySelectorAll("#feed > article").length > 25`)
}

// What one says in a channel the other sees, but for what is private.
func TestPageTogether(t *testing.T) {
	t.Parallel()
	browser := newBrowser(t)
	address, _ := startDemo(t, "--listen", "127.0.0.1:0", "--at", demoStart)
	novak, ivanov := newTab(t, browser, address+"as/novak/in/sales", 1440), newTab(t, browser, address+"as/ivanov/in/sales", 1440)
	novak.says("who")
	novak.sees("#feed", "Who is 14 and 15?")
	ivanov.sees("#feed", "Who is 14 and 15?")
	ivanov.says("deals")
	ivanov.sees(latest, "only you can see this")
	novak.sees(latest, "deals")
	if strings.Contains(novak.text("#feed"), "only you can see this") {
		t.Errorf("got what is private to somebody else\n%s", novak.text("#feed"))
	}
	novak.says("note borealis they call on Thursday")
	novak.sees("#feed", "call on Thursday")
	ivanov.sees("#feed", "call on Thursday")
}

// A page that is left open over a restart goes on: what was said is there, buttons
// work, and the clock is where it was turned to.
func TestPageComesBack(t *testing.T) {
	t.Parallel()
	browser, db := newBrowser(t), filepath.Join(t.TempDir(), "demo.db")
	address, stop := startDemo(t, "--listen", "127.0.0.1:0", "--at", demoStart, "--db", db)
	p := newTab(t, browser, address, 1440)
	p.says("deal add Amberworks 12000 EUR")
	p.sees(latest, "Amberworks is deal #")
	p.clock("Monday 09:00, the digests")
	p.sees("#now", "Mon 30 Nov 2026 09:00")
	stop()
	p.wait(`!document.getElementById("away").hidden`)
	p.says("deal amberworks")
	p.wait(`document.getElementById("line").value === "deal amberworks"`) // it could not be sent
	startDemo(t, "--listen", strings.Trim(strings.TrimPrefix(address, "http://"), "/"), "--at", demoStart, "--db", db)
	p.wait(`document.getElementById("away").hidden`)
	p.sees("#feed", "Amberworks is deal #")
	p.sees("#now", "Mon 30 Nov 2026 09:")
	p.button("Score it")
	p.sees("#feed", "question 1 of 9")
	p.types("\r")
	p.sees(latest, "12,000 EUR")
	p.goes("#sales")
	p.sees("#feed", "Team, last 13 weeks")
	p.button("2 replies")
	p.sees("#aside", "Below target, the costliest first")
}

// Lines, deals and people complete as one types, by keyboard.
func TestPageCompletes(t *testing.T) {
	t.Parallel()
	p := openDemo(t)
	p.types("forec")
	p.sees("#options0", "forecast")
	p.types("\t")
	p.wait(`document.getElementById("line").value === "forecast"`)
	p.types("\r")
	p.sees(latest, "November")
	p.types(kb.ArrowUp) // what was said before
	p.wait(`document.getElementById("line").value === "forecast"`)
	p.types(kb.ArrowDown)
	p.wait(`document.getElementById("line").value === ""`)
	p.types("deal bor")
	p.sees("#options0", "deal ")
}

// axeEnv names the file of axe-core.
const axeEnv = "FIFTEEN_TEST_AXE"

// No screen keeps anybody out, in the light and in the dark, wide and narrow.
func TestPageForEverybody(t *testing.T) {
	t.Parallel()
	file := os.Getenv(axeEnv)
	if file == "" {
		t.Skipf("%s names no axe-core", axeEnv)
	}
	axe, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		t.Fatal(err)
	}
	browser := newBrowser(t)
	address, _ := startDemo(t, "--listen", "127.0.0.1:0", "--at", demoStart)
	for _, width := range []int64{1440, 390} {
		p := newTab(t, browser, address, width)
		check := func(screen string) {
			t.Helper()
			for _, theme := range []string{"light", "dark"} {
				got[any](p, `document.documentElement.dataset.theme = "`+theme+`"; 1`)
				p.breaksNothing(string(axe), screen+" "+theme)
			}
		}
		check("nothing said")
		p.says("help")
		p.says("funnel") // at once
		p.sees(latest, "Team, last 13 weeks")
		check("funnel")
		got[any](p, `document.querySelector("`+latest+` .look").click()`)
		p.sees("#aside", "chat.postMessage")
		check("behind a message")
		p.button("Close")
		p.says("nextstep borealis")
		p.sees("dialog[open]", "What happens next")
		check("form")
		p.cancels()
		p.types("de")
		p.sees("#options0", "deal")
		check("suggestions")
		p.click("#clock summary")
		check("clock")
	}
}

// breaksNothing has axe look at a page.
func (p *tab) breaksNothing(axe, screen string) {
	p.t.Helper()
	if got[bool](p, `window.axe === undefined`) {
		got[any](p, axe+"\n; 1")
	}
	found := got[json.RawMessage](p, `axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations.map(
		(v) => v.id + ": " + v.help + " at " + v.nodes.map((n) => n.target.join(" ") + " " + n.failureSummary).slice(0, 3).join(" | ")))`)
	var broken []string
	if err := json.Unmarshal(found, &broken); err != nil {
		p.t.Fatal(err)
	}
	for _, rule := range broken {
		p.t.Errorf("%s: %s", screen, rule)
	}
}
