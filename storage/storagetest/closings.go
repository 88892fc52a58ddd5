package storagetest

// closings gives every won deal of Fill a way through the closing band that began
// ten days before its end, and every deal that is in the band its entry.
func closings() []statement {
	const won = "deals JOIN ends ON ends.id = number % (SELECT count(*) FROM ends) WHERE outcome = 'won'"
	return []statement{
		{fillClosings("revision - 2", "below", "in", "ends.since") + won, nil},
		{fillClosings("revision - 1", "in", "won", "ends.ended") + won, nil},
		{fillClosings("revision", "below", "in", "band_since") + "deals WHERE outcome = 'open' AND score >= 14", nil},
		{"DROP TABLE ends", nil},
	}
}

// fillClosings writes one change of each deal, at a column; its end is missing.
func fillClosings(rev, was, is, at string) string {
	const columns = `workspace_id, deal, rev, where_was, score_was, amount_was, currency_was, owner_was,
		where_is, score_is, amount_is, currency_is, owner_is, member_id, at, platform, chat, undoes`
	return "INSERT INTO closings (" + columns + ") SELECT 1, number, " + rev + ", '" + was + "', 14, amount, currency, owner_id, '" + is +
		"', 14, amount, currency, owner_id AS owner, created_by, " + at + ", '', '', 0 FROM "
}
