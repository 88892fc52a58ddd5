package dispatch

import (
	"fmt"
	"net/http"
	"time"

	"fifteen/bot"
)

// How far this machine's clock may be from a service's.
const (
	// slightSkew is what a network's delay and a whole second can make of it.
	slightSkew = 30 * time.Second
	// mostSkew is what Slack's signatures allow.
	// Source: https://docs.slack.dev/authentication/verifying-requests-from-slack.
	mostSkew = 5 * time.Minute
)

// Skew compares this machine's clock with the Date of a service's answer. ok is
// false when it has none.
func Skew(service string, header http.Header, now time.Time) (f bot.Finding, ok bool) {
	there, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return bot.Finding{}, false
	}
	return SkewOf(service, there, now), true
}

// SkewOf compares this machine's clock with another one.
func SkewOf(service string, there, now time.Time) bot.Finding {
	skew := now.Sub(there)
	f := bot.Finding{
		Part: "Clock beside " + service, State: bot.Well,
		Found: fmt.Sprintf("this machine's clock is %s %s's", aheadOf(skew), service),
	}
	if skew.Abs() <= slightSkew {
		f.Found = fmt.Sprintf("this machine's clock agrees with %s's", service)
		return f
	}
	f.State, f.Do = bot.Doubt, "set this machine's clock by NTP: digests come at its time"
	if skew.Abs() > mostSkew {
		f.State, f.Do = bot.Broken, "set this machine's clock by NTP: signed requests that are five minutes off are refused"
	}
	return f
}

func aheadOf(skew time.Duration) string {
	if skew < 0 {
		return (-skew).Round(time.Second).String() + " behind"
	}
	return skew.Round(time.Second).String() + " ahead of"
}
