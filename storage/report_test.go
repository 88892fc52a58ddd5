package storage_test

import (
	"context"
	"testing"
	"time"

	"fifteen/storage"
)

// lastReports returns when each active member has last reported anything.
func (p *place) lastReports() map[int64]time.Time {
	p.Helper()
	return read(p, func(ctx context.Context, tx *storage.Tx) (map[int64]time.Time, error) { return tx.LastReports(ctx) })
}

func TestLastReports(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.same("at first", p.lastReports(), map[int64]time.Time{})
			p.add(storage.Deal{Name: "Acme", Owner: p.anna.ID})
			by, want := p.petra, map[int64]time.Time{p.anna.ID: p.now}
			p.same("a new deal", p.lastReports(), want)

			p.note(1, by, "asked twice")
			want[by.ID] = p.now
			p.same("a note at somebody else's deal", p.lastReports(), want)

			p.remind(by, storage.Reminder{Deal: 1, What: "call", Day: "2026-12-01", Clock: "09:00"})
			p.set(func(w *storage.Workspace) { w.Visibility = storage.VisibleTeam })
			p.same("a reminder and a setting are no reports", p.lastReports(), want)

			p.report("meeting", 1)
			want[p.anna.ID] = p.now
			p.same("an activity", p.lastReports(), want)
			p.mustUndo(p.anna)
			want[p.anna.ID] = p.now
			p.same("taken back", p.lastReports(), want)

			p.now = p.now.Add(time.Minute)
			p.audit(p.boris, "checkin/1")
			want[p.boris.ID] = p.now
			p.same("a check-in", p.lastReports(), want)

			p.leave(p.boris)
			delete(want, p.boris.ID)
			p.same("who is gone", p.lastReports(), want)

			p.settle("bolt")
			p.same("elsewhere", p.lastReports(), map[int64]time.Time{})
		})
	}
}

// audit puts an entry of a member's into the audit trail, made now.
func (p *place) audit(m storage.Member, subject string) {
	p.Helper()
	_, err := p.raw().ExecContext(p.Context(), `INSERT INTO changes
		(workspace_id, subject, deal, rev, member_id, at, platform, chat, command, diff, undoes)
		VALUES ($1, $2, 0, 0, $3, $4, '', '', 'test', '{}', 0)`, p.home, subject, m.ID, p.now)
	if err != nil {
		p.Fatal(err)
	}
}

// leave makes a member one who is gone.
func (p *place) leave(m storage.Member) {
	p.Helper()
	err := p.try(func(ctx context.Context, tx *storage.Tx) error {
		before, err := tx.Member(ctx, m.ID)
		if err != nil {
			return err
		}
		after := before
		after.Active = false
		return tx.SaveMember(ctx, before, after, p.by(p.petra))
	})
	if err != nil {
		p.Fatal(err)
	}
}
