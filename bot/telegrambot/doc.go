// Package telegrambot is the bot in Telegram. So far it draws: a message becomes
// the calls of the Bot API that show it, as data, and sends nothing.
//
// What is said is text with entities, never markup (see
// docs/decisions/0015-telegram-texts.md). A button's callback data is its line;
// buttons of this package's own, which turn pages and answer forms, are presses.
package telegrambot

// Platform is the name of the chat service in accounts, chats and tallies.
const Platform = "telegram"
