package locale_test

import (
	"testing"

	"fifteen/commands/internal/locale"
)

func TestFor(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{
		"en": "en", "en-GB": "en", "en-US": "en",
		"ru": "ru", "ru-RU": "ru", "ru_RU": "ru",
		"pl": "pl", "pl-PL": "pl",
		"cs": "cs", "cs-CZ": "cs", "CS": "cs",
		"tr": "tr", "tr-TR": "tr",
		"":      "en",
		"uk":    "en", // and not its nearest, Russian
		"sr":    "en",
		"sk":    "en",
		"de":    "en",
		"und":   "en",
		"xx-!!": "en",
		"\xff":  "en",
	} {
		if got := locale.For(tag).Tag(); got != want {
			t.Errorf("For(%q): got %s, want %s", tag, got, want)
		}
	}
}
