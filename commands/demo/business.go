package demo

import (
	"context"

	"fifteen/scoring"
	"fifteen/storage"
)

// described is how many in a hundred companies somebody has described.
const described = 88

// sizes and sources are how companies are described, with their weights; the
// larger contracts come from larger companies.
var (
	sizes       = []string{"small", "mid", "large"}
	sizeWeights = []int{55, 35, 10}
	largerSizes = []int{20, 50, 30}

	sources       = []string{"list", "referral", "trade fair", "website", "cold call"}
	sourceWeights = []int{40, 12, 15, 13, 20}
)

// begin puts the story's company on the list, and says what kind it is.
func (s *story) begin(amount scoring.Money) []act {
	listed := add(s.firm.name, amount)
	if !s.chance(described) {
		return []act{listed}
	}
	weights := sizeWeights
	if amount.Known() {
		weights = largerSizes
	}
	return []act{listed, describe(s.firm.industry, sizes[s.pick(weights)], sources[s.pick(sourceWeights)])}
}

// describe says what kind of company the deal is with.
func describe(does industry, size, source string) act {
	return act{"company", func(ctx context.Context, s *stage, d storage.Deal, by storage.Author) (storage.Deal, error) {
		before, err := s.tx.Company(ctx, d.Company)
		if err != nil {
			return d, err
		}
		after := before
		after.Industry, after.Size, after.Source = string(does), size, source
		return d, s.tx.SaveCompany(ctx, before, after, by)
	}}
}
