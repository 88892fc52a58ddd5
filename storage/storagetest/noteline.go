package storagetest

// NoteLine is what a line such as 'note #42 Petr is back' sends to SQLite, in
// this order. A test of package storage compares it with what gorm sends.
var NoteLine = struct{ ReadDeal, TouchDeal, AddNote, AddChange, AddPost string }{
	ReadDeal: `SELECT number, company_id, owner_id, amount, worth, created_by, revision, name, key, currency, close_on,
		step, outcome, reason, words, next_step, next_step_on, card, pain, power, fit, score, yeses, ended_at, lift_at,
		doubt_at, ask_at, scored_at, band_since, created_at, deleted, aftermath, overcame, overcame_how, follow_on,
		wait_on, wait_why
		FROM deals WHERE workspace_id = ? AND number = ?`,
	TouchDeal: "UPDATE deals SET revision = ? WHERE workspace_id = ? AND number = ? AND revision = ?",
	AddNote: `INSERT INTO notes (workspace_id, deal, rev, member_id, at, platform, chat, undoes, text)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	AddChange: `INSERT INTO changes
		(workspace_id, subject, deal, rev, member_id, at, platform, chat, command, diff, undoes)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	AddPost: `INSERT INTO outbox
		(workspace_id, event_key, member_id, platform, chat, thread, private, body, sent, attempts, created_at, due_at,
		prompt, claimed, parts, below)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, FALSE, 0, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (workspace_id, event_key) WHERE event_key <> '' DO NOTHING RETURNING id`,
}
