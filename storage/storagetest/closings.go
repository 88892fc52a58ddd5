package storagetest

// closings gives every won deal of Fill a way through the closing band that began
// ten days before its end, and every deal that is in the band its entry.
func closings() []statement {
	return []statement{
		{fillClosings("revision - 2", "below", "in", "since"), nil},
		{fillClosings("revision - 1", "in", "won", "ended"), nil},
		{`INSERT INTO closings SELECT 1, number, revision, 'below', 13, amount, currency, owner_id,
			'in', score, amount, currency, owner_id, owner_id, band_since, '', '', 0
			FROM deals WHERE outcome = 'open' AND score >= 14`, nil},
		{"DROP TABLE ends", nil},
	}
}

// fillClosings writes one change of each won deal, at a column of ends.
func fillClosings(rev, was, is, at string) string {
	return `INSERT INTO closings SELECT 1, number, ` + rev + `, '` + was + `', 14, amount, currency, owner_id,
		'` + is + `', 14, amount, currency, owner_id, owner_id, ends.` + at + `, '', '', 0
		FROM deals JOIN ends ON ends.id = number % (SELECT count(*) FROM ends) WHERE outcome = 'won'`
}
