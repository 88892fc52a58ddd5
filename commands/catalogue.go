package commands

import (
	"embed"
	"fmt"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed locales/*.toml
var locales embed.FS

// A Catalogue holds every sentence that a person reads, by key and language. It
// is bot.Words.
type Catalogue struct {
	bundle     *i18n.Bundle
	mu         sync.RWMutex
	localizers map[string]*i18n.Localizer // by language tag
}

// NewCatalogue reads the sentences that are built in.
func NewCatalogue() (*Catalogue, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	files, err := locales.ReadDir("locales")
	if err != nil {
		return nil, fmt.Errorf("read catalogue: %w", err)
	}
	for _, file := range files {
		if _, err := bundle.LoadMessageFileFS(locales, "locales/"+file.Name()); err != nil {
			return nil, fmt.Errorf("read catalogue %s: %w", file.Name(), err)
		}
	}
	return &Catalogue{bundle: bundle, localizers: map[string]*i18n.Localizer{}}, nil
}

// Languages returns the tags of the languages that there are sentences in.
func (c *Catalogue) Languages() []string {
	tags := c.bundle.LanguageTags()
	all := make([]string, len(tags))
	for i, tag := range tags {
		all[i] = tag.String()
	}
	return all
}

// Say puts a key into a language. Args alternate names and values; the value
// named "count" chooses the plural. A key that is not there is "", which tests
// for what is optional; every key that must be there is checked by a test.
func (c *Catalogue) Say(locale, key string, args ...any) string {
	data := make(map[string]any, len(args)/2)
	var count any
	for i := 0; i+1 < len(args); i += 2 {
		name, _ := args[i].(string)
		data[name] = args[i+1]
		if name == "count" {
			count = args[i+1]
		}
	}
	// With an error comes what would do: the only form of a sentence that has no
	// others, or the English one.
	text, _ := c.localizer(locale).Localize(&i18n.LocalizeConfig{
		MessageID: key, TemplateData: data, PluralCount: count,
	})
	return text
}

func (c *Catalogue) localizer(tag string) *i18n.Localizer {
	c.mu.RLock()
	found := c.localizers[tag]
	c.mu.RUnlock()
	if found != nil {
		return found
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	found = i18n.NewLocalizer(c.bundle, tag)
	c.localizers[tag] = found
	return found
}
