package main

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"fifteen/bot"
	"fifteen/bot/slackbot"
	"fifteen/commands"
)

// manifestCmd prints the manifest of the Slack app.
type manifestCmd struct {
	URL string `name:"url" placeholder:"URL" help:"Where the bot answers over HTTP, such as https://bot.example.com; without it the app uses Socket Mode."`
}

// Run prints the manifest.
func (c manifestCmd) Run(s streams) error {
	if c.URL != "" {
		address, err := url.Parse(c.URL)
		if err != nil || address.Host == "" || !strings.HasPrefix(address.Scheme, "http") {
			return fmt.Errorf("--url: %q is no address such as https://bot.example.com", c.URL)
		}
	}
	words, err := commands.NewCatalogue()
	if err != nil {
		return err
	}
	all := slices.DeleteFunc(commands.All(&commands.Deps{Words: words}), func(c bot.Command) bool { return c.Hidden })
	say := func(key string) string { return words.Say("", key) }
	raw, err := slackbot.Manifest(c.URL, say("slack.about"), all, shortcuts, say)
	if err != nil {
		return err
	}
	_, err = s.out.Write(raw)
	return err
}
