package telegrambot

// Telegram's limits. Lengths are in UTF-16 code units of the text that is left
// when it was parsed, unless marked.
// Source: https://core.telegram.org/bots/api#sendmessage and the pages beside it,
// unless marked.
const (
	maxText        = 4_096 // https://core.telegram.org/bots/api#sendmessage
	maxCaption     = 1_024 // https://core.telegram.org/bots/api#sendphoto
	maxCallback    = 64    // bytes; https://core.telegram.org/bots/api#inlinekeyboardbutton
	maxPlaceholder = 64    // https://core.telegram.org/bots/api#forcereply
	// maxEntities is how many entities a text has; those beyond are left out
	// without a word. Source: https://github.com/rubenlagus/TelegramBots/issues/854.
	maxEntities = 100
	// maxKeyboard and maxRow are the buttons of an inline keyboard and of a row of
	// it. Source: https://github.com/tginfo/Telegram-Limits/issues/228.
	maxKeyboard = 100
	maxRow      = 8
)

// What the bot keeps to, below Telegram's limits.
const (
	// maxKeyboardBytes is how long an inline keyboard may be, as JSON. No page says
	// how long: 99 buttons of 66 bytes were refused ("reply markup is too long"), and
	// it is not known what is counted, so it is half of the smallest that was.
	// Source: https://github.com/python-telegram-bot/python-telegram-bot/issues/5104,
	// https://github.com/tginfo/Telegram-Limits/issues/187.
	maxKeyboardBytes = 4_096
	// pageOptions is how many options of a menu stand on one page; more would push
	// the question off a phone.
	pageOptions = 12
	// rowCells is how many letters' widths the buttons of a row have together.
	rowCells = 30
	// gridCells is how many letters of one width stand side by side on a phone.
	gridCells = 40
	// maxParts is how many texts a message may become, and maxDetailParts how many
	// each detail; the rest waits behind a button. A group takes 20 a minute.
	// Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this.
	maxParts       = 3
	maxDetailParts = 5
	// markRoom is kept free in each text for saying which part it is.
	markRoom = 96
	// maxCluster is the longest character, of several code points, that is kept in
	// one piece. Real ones are shorter; people may type marks without end.
	maxCluster = 64
)
