package commands

import (
	"context"
	"errors"
	"slices"
	"time"

	"fifteen/bot"
	"fifteen/storage"
)

// A meeting is what a platform says of one person at one moment.
type meeting struct {
	speech
	workspace int64
	person    bot.Person
	// speaks says that the person speaks to the bot, adds that somebody unknown
	// becomes a member.
	speaks, adds bool
}

// known returns the member behind the person's account, one without an id if
// there is none.
func (m meeting) known(ctx context.Context, tx *storage.Tx) (storage.Member, error) {
	member, err := tx.MemberByAccount(ctx, m.person.Account.Platform, m.person.Account.ID)
	if errors.Is(err, storage.ErrNotFound) {
		return storage.Member{}, nil
	}
	return member, err
}

// after returns the member as the meeting leaves them. What comes out as it was
// is not worth a write.
func (m meeting) after(ctx context.Context, tx *storage.Tx, before storage.Member) (storage.Member, error) {
	if before.ID == 0 && (!m.adds || m.person.Gone) {
		return before, nil
	}
	after := told(before, m.person)
	if before.ID == 0 {
		after.Role, after.Fresh = bot.Rep.String(), true
	}
	renamed := after.Key != before.Key
	leads := m.speaks && m.person.Leads && after.Active && after.Role != bot.Admin.String()
	if !renamed && !leads {
		return after, nil
	}
	members, err := tx.Members(ctx)
	if err != nil {
		return before, err
	}
	if renamed {
		after.Name, after.Key = freeName(after.Name, memberKey, func(key string) bool {
			return slices.ContainsFunc(members, func(o storage.Member) bool { return o.Key == key && o.ID != before.ID })
		})
	}
	if leads && !slices.ContainsFunc(members, isAdmin) {
		after.Role = bot.Admin.String()
	}
	return after, nil
}

func isAdmin(m storage.Member) bool { return m.Active && m.Role == bot.Admin.String() }

// write stores what the meeting changes, and tells those who must know.
func (m meeting) write(ctx context.Context, tx *storage.Tx) error {
	if err := tx.Lock(ctx); err != nil { // two must not take one name, or both become the first admin
		return err
	}
	before, err := m.known(ctx, tx)
	if err != nil {
		return err
	}
	after, err := m.after(ctx, tx, before)
	if err != nil || after == before {
		return err
	}
	if after, err = m.save(ctx, tx, before, after); err != nil {
		return err
	}
	home, err := tx.Workspace(ctx)
	if err != nil {
		return err
	}
	m.home = zoneOf(home.Zone, time.UTC)
	if before.Role != after.Role && isAdmin(after) && !after.Fresh { // who is new is told with the greeting
		if err := m.mail(ctx, tx, after, m.appointment); err != nil {
			return err
		}
	}
	if before.Active && !after.Active {
		return m.farewell(ctx, tx, after)
	}
	return nil
}

func (m meeting) save(ctx context.Context, tx *storage.Tx, before, after storage.Member) (storage.Member, error) {
	if before.ID == 0 {
		after.CreatedAt = m.now
		return tx.AddMember(ctx, after, m.person.Account.Platform, m.person.Account.ID)
	}
	by := storage.Author{At: m.now, Platform: m.person.Account.Platform, Command: commandPeople}
	err := tx.SaveMember(ctx, before, after, by)
	after.Revision++
	return after, err
}

// mail stores a private message for a member, to be sent at once.
func (m meeting) mail(ctx context.Context, tx *storage.Tx, to storage.Member, compose func(speech) bot.Message) error {
	post := bot.Post{Workspace: m.workspace, Message: compose(m.to(to))}
	if err := post.Message.Validate(); err != nil {
		return err
	}
	_, err := mail(ctx, tx, to, post, m.person.Account.Platform, m.now, m.now)
	return err
}

// appointment tells somebody that they have become the first admin.
func (m meeting) appointment(s speech) bot.Message {
	return bot.Message{
		Text:    []string{s.say("people.admin")},
		Buttons: []bot.Button{s.button("button.team", "team"), s.button("button.settings", "settings")},
	}
}
