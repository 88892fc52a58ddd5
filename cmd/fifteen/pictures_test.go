package main_test

import (
	"flag"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// pictures is where TestPictures leaves what it sees; `make screenshots` has it put
// the README's pictures there.
var pictures = flag.String("pictures", "", "keep the page's pictures in this folder")

// A look is how wide a window is, and its theme.
type look struct {
	width int64
	theme string
}

// Every picture of the page that the README shows, and the same on a phone.
func TestPictures(t *testing.T) {
	t.Parallel()
	browser := newBrowser(t)
	folder := *pictures
	if folder == "" {
		folder = t.TempDir()
	}
	looks := []look{{390, "dark"}, {1440, "light"}, {1440, "dark"}, {390, "light"}}
	if *pictures == "" { // that they can be taken is seen from one
		looks = looks[:1]
	}
	for _, look := range looks {
		address, stop := startDemo(t, "--listen", "127.0.0.1:0", "--at", demoStart)
		p := newTab(t, browser, address, look.width)
		shoot := func(screen string) {
			t.Helper()
			got[any](p, `document.documentElement.dataset.theme = "`+look.theme+`"; document.activeElement.blur(); 1`)
			p.wait(`[...document.images].every((i) => i.complete)`)
			p.run("put the pointer away", chromedp.MouseClickXY(float64(look.width)/2, 60))
			p.picture(filepath.Join(folder, fmt.Sprintf("page-%s-%d-%s.png", screen, look.width, look.theme)))
		}
		shoot("start")
		p.says("next @ivanov")
		p.sees(latest, "Not sure")
		shoot("interview")
		p.says("funnel")
		p.sees(latest, "Team, last 13 weeks")
		shoot("funnel")
		p.says("target")
		p.sees("dialog[open]", "Which month")
		shoot("form")
		p.cancels()
		p.says("help")
		p.sees(latest, "sets me up in three steps")
		shoot("tour")
		p.says("setup")
		p.sees(latest, "step 1 of 3")
		p.button("Keep EUR, UTC")
		p.sees(latest, "step 2 of 3")
		shoot("setup")
		p.clock("Monday 09:00, the digests")
		p.sees("#now", "Mon 30 Nov 2026 09:00")
		p.goes("#sales")
		p.sees("#feed", "Team, last 13 weeks")
		shoot("digest")
		got[any](p, `document.querySelector(".thread").click()`)
		p.sees("#aside", "Borealis")
		shoot("thread")
		p.click("#aside .close")
		got[any](p, `document.querySelector("`+latest+` > .look").click()`)
		p.sees("#aside", "chat.postMessage")
		shoot("inside")
		stop()
	}
}
