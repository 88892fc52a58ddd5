// Package telegrambot is the bot in Telegram. Updates are fetched, or delivered
// over HTTP; both share everything behind update.go, which reads one: intake.go has
// it worked on once and in order, said.go and hear.go find out what was said and by
// whom, answer.go decides where the answer goes, and deliver.go sends it. It knows
// nothing of selling.
//
// What is said is text with entities, never markup (see
// docs/decisions/0015-telegram-texts.md). A button's callback data is its line;
// buttons of this package's own, which turn pages and answer forms, are presses.
package telegrambot

// Platform is the name of the chat service in accounts, chats and tallies.
const Platform = "telegram"
