// Package stock knows what the team sells, as customers speak of it.
package stock

import (
	"context"

	"fifteen/commands/internal/names"
	"fifteen/scoring"
	"fifteen/storage"
)

// LookUp finds out whether the team has what the customer of a lost deal missed,
// and sets the deal's product accordingly: to the one that the customer's words
// name best, or to 0.
func LookUp(ctx context.Context, tx *storage.Tx, deal *storage.Deal) error {
	deal.Aftermath.Product = 0
	if deal.Reason != scoring.Unsuitable || deal.Words == "" {
		return nil
	}
	products, err := tx.Products(ctx)
	if err != nil {
		return err
	}
	listed := make([]string, len(products))
	for i, product := range products {
		listed[i] = product.Name
	}
	if found := names.Mentioned(deal.Words, listed, 1); len(found) > 0 {
		deal.Aftermath.Product = products[found[0].Index].Number
	}
	return nil
}
