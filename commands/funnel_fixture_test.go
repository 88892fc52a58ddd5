package commands_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/commands"
	"fifteen/scoring"
	"fifteen/storage"
)

const day = 24 * time.Hour

// steps are when a company of a list comes to each of the method's steps, in days
// before now: on the list first.
var steps = []struct {
	step scoring.Step
	ago  int
}{
	{scoring.OnList, 75}, {scoring.Contact, 65}, {scoring.Presentation, 55}, {scoring.Contract, 45}, {scoring.Payment, 35},
}

// list gives a rep companies, a deal each, of which so many come to each step. The
// others say no five days after their last step, and who has signed and not paid
// runs out of patience. Every second company is a small machinery firm.
func (f *firm) list(rep string, counts ...int) {
	f.t.Helper()
	f.listAmong(rep, func(i int) string {
		if i%2 == 0 {
			return "machinery"
		}
		return ""
	}, counts...)
}

// listAmong is list with an industry for each company.
func (f *firm) listAmong(rep string, industry func(i int) string, counts ...int) {
	f.t.Helper()
	owner := f.id(rep)
	err := f.app.Store.Write(f.t.Context(), f.home.ID, func(tx *storage.Tx) error {
		for i := range counts[0] {
			reached := 0
			for reached+1 < len(counts) && i < counts[reached+1] {
				reached++
			}
			if err := f.walk(tx, storage.Deal{Name: fmt.Sprintf("Firm %d of %s %s", i, rep, industry(i)), Owner: owner}, reached, industry(i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		f.t.Fatalf("list companies of %s: %v", rep, err)
	}
}

// walk takes a new deal to a step of the method's, and to its end.
func (f *firm) walk(tx *storage.Tx, d storage.Deal, reached int, industry string) error {
	ctx := f.t.Context()
	by := func(ago int) storage.Author {
		return storage.Author{Member: d.Owner, At: f.now.AddDate(0, 0, -ago), Command: "step"}
	}
	d.Key = commands.Key(d.Name)
	d, err := tx.AddDeal(ctx, d, by(steps[0].ago))
	if err != nil {
		return err
	}
	if industry != "" {
		if err := describe(ctx, tx, d.Company, industry, by(steps[0].ago)); err != nil {
			return err
		}
	}
	for _, s := range steps[1 : reached+1] {
		after := d
		after.Step = s.step
		if s.step == scoring.Contract {
			after.Outcome, after.EndedAt = scoring.Won, by(s.ago).At
			after.Amount = scoring.Money{Minor: 1_000_000, Currency: "EUR"}
		}
		if d, err = tx.SaveDeal(ctx, d, after, by(s.ago)); err != nil {
			return err
		}
	}
	if d.Outcome == scoring.Open {
		after := d
		after.Outcome, after.Reason, after.EndedAt = scoring.Lost, scoring.PriceTooHigh, by(steps[reached].ago-5).At
		_, err = tx.SaveDeal(ctx, d, after, by(steps[reached].ago-5))
	}
	return err
}

func describe(ctx context.Context, tx *storage.Tx, company int64, industry string, by storage.Author) error {
	before, err := tx.Company(ctx, company)
	if err != nil {
		return err
	}
	after := before
	after.Industry, after.Size = industry, "small"
	return tx.SaveCompany(ctx, before, after, by)
}

// id returns the id of a member.
func (f *firm) id(name string) int64 {
	f.t.Helper()
	found := f.column("SELECT id FROM members WHERE name = ?", name)
	if len(found) != 1 {
		f.t.Fatalf("member %s: got %d rows, want 1", name, len(found))
	}
	id, err := strconv.ParseInt(found[0], 10, 64)
	if err != nil {
		f.t.Fatal(err)
	}
	return id
}

// article is the database of the method's example, made once.
var article struct {
	once  sync.Once
	bytes []byte
}

// openArticle opens a firm with the method's example: 200 companies of Ivanov's and
// 200 of Sidorov's, all decided.
func openArticle(t *testing.T) *firm {
	t.Helper()
	article.once.Do(func() {
		f := openFirm(t)
		f.list("ivanov", 200, 160, 112, 95, 91)
		f.list("sidorov", 200, 191, 172, 120, 96)
		if err := errors.Join(f.raw.Close(), f.app.Store.Close()); err != nil { // the last one to close leaves a single file
			t.Errorf("close: %v", err)
			return
		}
		var err error
		if article.bytes, err = os.ReadFile(f.file); err != nil {
			t.Errorf("read the example: %v", err)
		}
	})
	file := filepath.Join(t.TempDir(), "fifteen.db")
	if err := os.WriteFile(file, article.bytes, 0o600); err != nil {
		t.Fatalf("make a database: %v", err)
	}
	return openFirmAt(t, file)
}

// hides checks that nothing of what others did stands in an answer, and returns it.
func (f *firm) hides(who bot.Account, line string, chat bot.Chat, never ...string) string {
	f.t.Helper()
	reply := f.hear(bot.Request{Account: who, Line: line, Chat: chat})
	drawn := asJSON(f.t, reply.Message)
	for _, part := range never {
		lacks(f.t, who.ID+": "+line, drawn, part)
	}
	return text(f.t, reply.Message)
}
