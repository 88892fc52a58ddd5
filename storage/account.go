package storage

import (
	"context"
	"fmt"
)

// MemberByAccount returns the member behind an account, or ErrNotFound.
func (tx *Tx) MemberByAccount(ctx context.Context, platform, externalID string) (Member, error) {
	var m Member
	err := tx.one(ctx, &m, `SELECT m.* FROM members m JOIN accounts a ON a.member_id = m.id
		WHERE a.workspace_id = ? AND a.platform = ? AND a.external_id = ?`, tx.workspace, platform, externalID)
	if err != nil {
		return Member{}, fmt.Errorf("read member of account %s/%s: %w", platform, externalID, err)
	}
	return m.utc(), nil
}

// MembersOn returns the members who have an account on a platform, by its id.
func (tx *Tx) MembersOn(ctx context.Context, platform string) (map[string]Member, error) {
	var rows []struct {
		Member
		ExternalID string
	}
	err := tx.scan(ctx, &rows, `SELECT m.*, a.external_id FROM members m JOIN accounts a ON a.member_id = m.id
		WHERE a.workspace_id = ? AND a.platform = ?`, tx.workspace, platform)
	if err != nil {
		return nil, fmt.Errorf("list members on %s: %w", platform, err)
	}
	members := make(map[string]Member, len(rows))
	for _, row := range rows {
		members[row.ExternalID] = row.utc()
	}
	return members, nil
}

// Account returns the account through which a member is reached: one on the
// platform that is asked for, else the first one, by platform and id.
func (tx *Tx) Account(ctx context.Context, member int64, prefer string) (platform, externalID string, err error) {
	var row struct{ Platform, ExternalID string }
	err = tx.one(ctx, &row, `SELECT platform, external_id FROM accounts WHERE workspace_id = ? AND member_id = ?
		ORDER BY CASE platform WHEN ? THEN 0 ELSE 1 END, platform, external_id LIMIT 1`, tx.workspace, member, prefer)
	if err != nil {
		return "", "", fmt.Errorf("read account of member %d: %w", member, err)
	}
	return row.Platform, row.ExternalID, nil
}
