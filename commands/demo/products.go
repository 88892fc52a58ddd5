package demo

import (
	"context"
	"time"

	"fifteen/commands/internal/names"
	"fifteen/storage"
)

// stocked is how many days ago the manager wrote down what the team sells.
const stocked = 364

// catalogue tells what the team sells, and how it says so in a minute.
func (b *book) catalogue() {
	at := b.workday(stocked)
	write := func(a act) {
		b.lines = append(b.lines, line{at: at, by: novak, act: a})
		at = at.Add(time.Duration(b.between(15, 40)) * time.Second)
	}
	for _, product := range b.words.all["products"] {
		write(addProduct(product))
	}
	write(pitch(b.words.draw("pitch")))
}

func addProduct(name string) act {
	return act{"product add", func(ctx context.Context, s *stage, d storage.Deal, by storage.Author) (storage.Deal, error) {
		_, err := s.tx.AddProduct(ctx, storage.Product{Name: name, Key: names.Fold(name)}, by)
		return d, err
	}}
}

func pitch(words string) act {
	return act{"pitch", func(ctx context.Context, s *stage, d storage.Deal, by storage.Author) (storage.Deal, error) {
		home, err := s.tx.Workspace(ctx)
		if err != nil {
			return d, err
		}
		home.Pitch = words
		return d, s.tx.SaveWorkspace(ctx, home, by)
	}}
}
