package commands

import (
	"context"
	"errors"
	"strings"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// amountKind reads an amount of money, or "none" for no amount. Its value is a
// scoring.Money. Without a currency it is in the workspace's.
type amountKind struct {
	deps *Deps
	// named says that it stands behind a name, to which a number may belong.
	named bool
}

// noAmount is the word that takes an amount away.
const noAmount = "none"

func (amountKind) ID() string { return "amount" }

// Read implements bot.Kind.
func (k amountKind) Read(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	if isNone(span.Words[0]) {
		return bot.Reading{Value: scoring.Money{}, Words: 1, Canonical: noAmount}, nil
	}
	home, err := k.home(ctx, req)
	if err != nil {
		return bot.Reading{}, err
	}
	texts := make([]string, len(span.Words))
	for i, w := range span.Words {
		texts[i] = w.Text
	}
	amount, err := typed.ParseAmount(texts, home)
	if err != nil {
		return bot.Reading{}, k.problem(err)
	}
	return amountReading(amount, len(texts)), nil
}

// ReadEnd implements bot.Ender.
func (k amountKind) ReadEnd(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if last := span.Words[len(span.Words)-1]; isNone(last) && len(span.Words) > 1 {
		return bot.Reading{Value: scoring.Money{}, Words: 1, Canonical: noAmount}, nil
	}
	home, err := k.home(ctx, req)
	if err != nil {
		return bot.Reading{}, err
	}
	words := typedWords(span.Words)
	n, amount, err := typed.LastAmount(words, home)
	if err != nil {
		return bot.Reading{}, k.problem(err)
	}
	if n == 0 {
		return bot.Reading{}, k.unknownCurrency(words, home)
	}
	return amountReading(amount, n), nil
}

// unknownCurrency complains about a number and three capital letters at the end
// that are no currency. It returns nil where nothing there is meant as one.
func (k amountKind) unknownCurrency(words []typed.Word, home string) error {
	last := len(words) - 1
	if last < 1 || words[last].Quoted || len(words[last].Text) != 3 || strings.Trim(words[last].Text, capitals) != "" {
		return nil
	}
	if n, _, err := typed.LastAmount(words[:last], home); n > 0 && err == nil {
		code := words[last].Text
		return k.problem(&typed.AmountError{Text: code, Why: typed.UnknownCurrency, Currency: code})
	}
	return nil
}

const capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

func (k amountKind) home(ctx context.Context, req bot.Request) (currency string, err error) {
	err = k.deps.Store.Read(ctx, req.Workspace, func(tx *storage.Tx) error {
		home, err := tx.Workspace(ctx)
		currency = home.Currency
		return err
	})
	return currency, err
}

// problem says what is wrong with an amount.
func (k amountKind) problem(err error) error {
	var bad *typed.AmountError
	if !errors.As(err, &bad) {
		return err
	}
	key := "amount." + string(bad.Why)
	if k.named && (bad.Why == typed.NotANumber || bad.Why == typed.UnknownCurrency) {
		key = "amount.name." + string(bad.Why)
	}
	return bot.Problem(key, "typed", brief(bad.Text, 60), "currency", brief(bad.Currency, 20))
}

func amountReading(a typed.Amount, words int) bot.Reading {
	money := scoring.Money{Minor: a.Minor, Currency: a.Currency}
	return bot.Reading{Value: money, Words: words, Canonical: plain(money)}
}

// plain writes an amount as a line spells it: "12000.50 EUR".
func plain(m scoring.Money) string {
	return typed.Amount{Minor: m.Minor, Currency: m.Currency}.String()
}

func isNone(w bot.Word) bool { return !w.Quoted && strings.EqualFold(w.Text, noAmount) }
