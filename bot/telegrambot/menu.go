package telegrambot

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"fifteen/bot"
)

// Limits of the menu of commands.
// Source: https://core.telegram.org/bots/api#botcommand and #setmycommands.
const (
	maxCommands    = 100
	maxCommandName = 32
	maxDescription = 256
)

// entry is a line of the menu of commands.
type entry struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// scopes are where menus are shown, each with what it shows: to one person what a
// rep may say, in groups what only reads, and to a group's administrators what
// managers may read beside it.
// Source: https://core.telegram.org/bots/api#botcommandscope.
var scopes = []struct {
	kind  string
	role  bot.Role
	reads bool
}{
	{kind: "all_private_chats", role: bot.Rep},
	{kind: "all_group_chats", role: bot.Rep, reads: true},
	{kind: "all_chat_administrators", role: bot.Manager, reads: true},
}

// offer tells Telegram which commands there are, in each language.
func (b *Bot) offer(ctx context.Context) error {
	for _, scope := range scopes {
		for _, language := range append([]string{""}, b.config.Languages...) {
			menu, err := json.Marshal(b.menu(scope.role, scope.reads, language))
			if err != nil {
				return fmt.Errorf("encode menu: %w", err)
			}
			err = b.ask(ctx, "setMyCommands", map[string]string{
				"commands": string(menu), "scope": `{"type":"` + scope.kind + `"}`, "language_code": language,
			}, nil)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// menu lists commands for a role, in a language.
func (b *Bot) menu(role bot.Role, reads bool, language string) []entry {
	var all []entry
	for _, cmd := range b.config.Router.Commands(role) {
		name := strings.NewReplacer(" ", "_", "-", "_").Replace(cmd.Name)
		if reads && cmd.Writes && cmd.Name != linkWord || len(name) > maxCommandName || len(all) == maxCommands {
			continue
		}
		about := shorten(strings.TrimSpace(b.config.Words.Say(language, cmd.Summary)), maxDescription)
		if about == "" {
			about = cmd.Name
		}
		all = append(all, entry{Command: name, Description: about})
	}
	return all
}
