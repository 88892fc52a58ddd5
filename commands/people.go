package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fifteen/bot"
	"fifteen/storage"
)

// People takes in what platforms say of teams and people; it is bot.People.
type People struct {
	store  *storage.Store
	words  bot.Words
	clock  func() time.Time
	forget func()
}

// NewPeople returns the people of the store. clock is the time that changes go
// by.
func NewPeople(d *Deps, clock func() time.Time) *People {
	return &People{store: d.Store, words: d.Words, clock: clock, forget: d.Forget}
}

// commandPeople is the command that the audit trail names for what a platform
// said; its changes are nobody's, so that undo offers them to nobody.
const commandPeople = "people"

// rereads is how often a change of a member is tried again that others were
// quicker with.
const rereads = 3

// Workspace implements bot.People. The only workspace there is takes the name
// of its first team if it has none of its own.
func (p *People) Workspace(ctx context.Context, team bot.Team) (int64, error) {
	found, err := p.store.Team(ctx, team.Platform, team.ID)
	if !errors.Is(err, storage.ErrNotFound) {
		return found.Workspace, err
	}
	link := storage.Team{Platform: team.Platform, ID: team.ID, Name: oneName(team.Name)}
	found, err = p.store.LinkTeam(ctx, link, func(all []storage.Workspace, linked []storage.Team) storage.Workspace {
		return homeOf(link, all, linked, p.clock())
	})
	return found.Workspace, err
}

// homeOf picks the workspace of a new team.
func homeOf(team storage.Team, all []storage.Workspace, linked []storage.Team, at time.Time) storage.Workspace {
	name := team.Name
	if !readable(name) {
		name = team.ID
	}
	alike := func(t storage.Team) bool { return t.Platform == team.Platform }
	if len(all) == 1 && !slices.ContainsFunc(linked, alike) {
		if all[0].Key == defaultWorkspace && len(linked) == 0 {
			all[0].Name, all[0].Key = name, Key(name)
		}
		return all[0]
	}
	name, key := freeName(name, Key, func(key string) bool {
		return slices.ContainsFunc(all, func(w storage.Workspace) bool { return w.Key == key })
	})
	return newWorkspace(name, key, at)
}

// Meet implements bot.People. The first who leads the team becomes admin where
// there is none.
func (p *People) Meet(ctx context.Context, workspace int64, person bot.Person, speaks bool) error {
	meeting := meeting{person: person, speaks: speaks, adds: true}
	var news bool
	err := p.store.Read(ctx, workspace, func(tx *storage.Tx) error {
		before, err := meeting.known(ctx, tx)
		if err != nil {
			return err
		}
		after, err := meeting.after(ctx, tx, before)
		news = after != before
		return err
	})
	if err == nil && news {
		err = p.take(ctx, workspace, meeting)
	}
	if err != nil {
		return fmt.Errorf("meet %s/%s: %w", person.Account.Platform, person.Account.ID, err)
	}
	return nil
}

// Refresh implements bot.People.
func (p *People) Refresh(ctx context.Context, workspace int64, people ...bot.Person) error {
	var news []bot.Person
	err := p.store.Read(ctx, workspace, func(tx *storage.Tx) error {
		known := map[string]map[string]storage.Member{}
		for _, person := range people {
			platform := person.Account.Platform
			if known[platform] == nil {
				var err error
				if known[platform], err = tx.MembersOn(ctx, platform); err != nil {
					return err
				}
			}
			if m, ok := known[platform][person.Account.ID]; ok && told(m, person) != m {
				news = append(news, person)
			}
		}
		return nil
	})
	for _, person := range news {
		if taken := p.take(ctx, workspace, meeting{person: person}); taken != nil {
			err = errors.Join(err, fmt.Errorf("refresh %s/%s: %w", person.Account.Platform, person.Account.ID, taken))
		}
	}
	return err
}

// take stores the news of one person.
func (p *People) take(ctx context.Context, workspace int64, m meeting) error {
	m.speech, m.workspace = speech{words: p.words, now: p.clock()}, workspace
	var err error
	for range rereads {
		err = p.store.Write(ctx, workspace, func(tx *storage.Tx) error { return m.write(ctx, tx) })
		if !errors.Is(err, storage.ErrExists) && !errors.Is(err, storage.ErrMoved) {
			break
		}
	}
	p.forget()
	return err
}
