package commands

import (
	"context"
	"errors"
	"sync"
	"time"

	"fifteen/bot"
	"fifteen/storage"
)

// Directory knows members by their accounts; it is bot.Directory. It remembers
// what it has read until Forget, or for a while, because another process may
// change a role.
type Directory struct {
	// Greet says hello to a member whom nobody has greeted yet, when their first line
	// is heard; nil greets nobody.
	Greet func(ctx context.Context, req bot.Request)

	store *storage.Store
	clock func() time.Time
	mu    sync.RWMutex
	known map[accountKey]knownMember
	heard map[memberOn]heardFrom
}

// memberOn is a member of a workspace, and heardFrom the account through which they
// spoke last and how long that is believed.
type (
	memberOn  struct{ workspace, member int64 }
	heardFrom struct {
		account bot.Account
		until   time.Time
	}
)

// heardTime is how long it is believed through which account a member spoke last:
// another process may have heard them elsewhere.
const heardTime = 10 * time.Minute

// directoryTime is how long a Directory trusts what it has read.
const directoryTime = 10 * time.Second

type accountKey struct {
	workspace int64
	account   bot.Account
}

type knownMember struct {
	member bot.Member
	until  time.Time
}

// NewDirectory returns a directory of the store's members. clock tells how long
// an entry has been trusted.
func NewDirectory(store *storage.Store, clock func() time.Time) *Directory {
	return &Directory{store: store, clock: clock, known: map[accountKey]knownMember{}, heard: map[memberOn]heardFrom{}}
}

// Member implements bot.Directory. Someone unknown or no longer active is
// bot.ErrStranger.
func (d *Directory) Member(ctx context.Context, workspace int64, account bot.Account) (bot.Member, error) {
	key := accountKey{workspace, account}
	now := d.clock()
	d.mu.RLock()
	known, ok := d.known[key]
	d.mu.RUnlock()
	if ok && now.Before(known.until) {
		return known.member, nil
	}
	member, err := d.read(ctx, workspace, account)
	if err != nil {
		return bot.Member{}, err
	}
	d.keep(key, member)
	return member, nil
}

// keep remembers a member who was read just now.
func (d *Directory) keep(key accountKey, member bot.Member) {
	until := d.clock().Add(directoryTime)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.known[key] = knownMember{member: member, until: until}
}

// Heard implements bot.Directory. Nothing is stored for somebody who has one account,
// or has spoken through the same one before.
func (d *Directory) Heard(ctx context.Context, req bot.Request) error {
	key, now := memberOn{req.Workspace, req.Member.ID}, d.clock()
	d.mu.RLock()
	last, ok := d.heard[key]
	d.mu.RUnlock()
	if ok && last.account == req.Account && now.Before(last.until) {
		return nil
	}
	var accounts []storage.Account
	var member storage.Member
	err := d.store.Read(ctx, req.Workspace, func(tx *storage.Tx) (err error) {
		if accounts, err = tx.Accounts(ctx, req.Member.ID); err == nil {
			member, err = tx.Member(ctx, req.Member.ID)
		}
		return err
	})
	if err == nil && len(accounts) > 1 {
		err = d.store.Write(ctx, req.Workspace, func(tx *storage.Tx) error {
			return tx.HeardFrom(ctx, req.Account.Platform, req.Account.ID, req.Heard())
		})
	}
	if err == nil && member.Fresh && d.Greet != nil {
		d.Greet(ctx, req)
	}
	if err != nil && !errors.Is(err, storage.ErrNotFound) { // it was taken away just now
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.heard[key] = heardFrom{account: req.Account, until: now.Add(heardTime)}
	return nil
}

// Forget makes the directory read everybody anew.
func (d *Directory) Forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	clear(d.known)
	clear(d.heard)
}

func (d *Directory) read(ctx context.Context, workspace int64, account bot.Account) (bot.Member, error) {
	var member bot.Member
	err := d.store.Read(ctx, workspace, func(tx *storage.Tx) error {
		home, err := tx.Workspace(ctx)
		if err != nil {
			return err
		}
		m, err := tx.MemberByAccount(ctx, account.Platform, account.ID)
		if err != nil {
			return err
		}
		if !m.Active {
			return bot.ErrStranger
		}
		member = memberOf(m, zoneOf(home.Zone, time.UTC)) // a line that sets another zone must still be answered
		return nil
	})
	if errors.Is(err, storage.ErrNotFound) {
		return bot.Member{}, bot.ErrStranger
	}
	return member, err
}

// memberOf is a stored member as the bot knows them, of a workspace in that zone.
func memberOf(m storage.Member, home *time.Location) bot.Member {
	role, _ := bot.ParseRole(m.Role)
	return bot.Member{ID: m.ID, Name: m.Name, Role: role, Locale: m.Locale, Zone: zoneOf(m.Zone, home), Home: home}
}

// zoneOf returns the zone of that name, or another one when it has none or is
// unknown.
func zoneOf(name string, other *time.Location) *time.Location {
	if zone, err := time.LoadLocation(name); err == nil && name != "" {
		return zone
	}
	return other
}

// Inbox remembers answered events; it is bot.Inbox.
type Inbox struct{ Store *storage.Store }

// Answered implements bot.Inbox.
func (i Inbox) Answered(ctx context.Context, req bot.Request) (reply bot.Reply, ok bool, err error) {
	err = i.Store.Read(ctx, req.Workspace, func(tx *storage.Tx) error {
		stored, err := tx.Answered(ctx, req.EventID)
		if err != nil {
			return err
		}
		post, err := postFrom(stored)
		reply = bot.Reply{Message: post.Message, Stored: post.ID, Repeated: true}
		return err
	})
	if errors.Is(err, storage.ErrNotFound) {
		return bot.Reply{}, false, nil
	}
	return reply, err == nil, err
}

// Refuse implements bot.Inbox.
func (i Inbox) Refuse(ctx context.Context, req bot.Request, msg bot.Message) (bot.Reply, error) {
	reply := bot.Reply{Message: msg}
	err := i.Store.Write(ctx, req.Workspace, func(tx *storage.Tx) error {
		var err error
		reply.Stored, err = storeAnswer(ctx, tx, req, msg)
		return err
	})
	if errors.Is(err, bot.ErrRepeated) {
		stored, _, err := i.Answered(ctx, req)
		return stored, err
	}
	return reply, err
}

// Advance implements bot.Inbox.
func (i Inbox) Advance(ctx context.Context, stream string, position int64, at time.Time) error {
	return i.Store.Advance(ctx, stream, position, at)
}

// Position implements bot.Inbox.
func (i Inbox) Position(ctx context.Context, stream string, now time.Time) (int64, error) {
	return i.Store.Position(ctx, stream, now)
}

// Drafts keeps drafts; it is bot.Drafts.
type Drafts struct{ Store *storage.Store }

// Keep implements bot.Drafts.
func (d Drafts) Keep(ctx context.Context, req bot.Request, draft bot.Draft) (number int64, err error) {
	err = d.Store.Write(ctx, req.Workspace, func(tx *storage.Tx) error {
		number, err = keepDraft(ctx, tx, req, draft)
		return err
	})
	return number, err
}

// draftChat is the chat in which a question waits.
func draftChat(req bot.Request) storage.DraftChat {
	return storage.DraftChat{ID: req.Own().ID, Private: req.Own().Private}
}

func keepDraft(ctx context.Context, tx *storage.Tx, req bot.Request, draft bot.Draft) (int64, error) {
	return tx.KeepDraft(ctx, storage.Draft{
		Number: draft.Number, Member: req.Member.ID, Platform: req.Chat.Platform, Chat: req.Own().ID, Line: draft.Line, Values: draft.Values,
		Waiting: draft.Waiting, Soft: draft.Soft, Question: draft.Question, EventKey: req.EventID,
		CreatedAt: req.At,
	})
}

// Draft implements bot.Drafts.
func (d Drafts) Draft(ctx context.Context, req bot.Request, number int64) (bot.Draft, error) {
	return d.find(ctx, req, func(tx *storage.Tx) (storage.Draft, error) {
		return tx.Draft(ctx, number, req.Member.ID, req.At)
	})
}

// Waiting implements bot.Drafts.
func (d Drafts) Waiting(ctx context.Context, req bot.Request) (bot.Draft, error) {
	return d.find(ctx, req, func(tx *storage.Tx) (storage.Draft, error) {
		return tx.WaitingDraft(ctx, req.Member.ID, req.Chat.Platform, draftChat(req), req.At)
	})
}

func (d Drafts) find(ctx context.Context, req bot.Request, read func(*storage.Tx) (storage.Draft, error)) (bot.Draft, error) {
	var draft bot.Draft
	err := d.Store.Read(ctx, req.Workspace, func(tx *storage.Tx) error {
		row, err := read(tx)
		draft = bot.Draft{
			Number: row.Number, Member: row.Member, Chat: req.Own(), Line: row.Line, Values: row.Values,
			Waiting: row.Waiting, Soft: row.Soft, Question: row.Question, AskedAt: row.CreatedAt,
		}
		return err
	})
	if errors.Is(err, storage.ErrNotFound) {
		return bot.Draft{}, bot.ErrNoDraft
	}
	return draft, err
}

// Drop implements bot.Drafts.
func (d Drafts) Drop(ctx context.Context, req bot.Request, number int64) error {
	err := d.Store.Write(ctx, req.Workspace, func(tx *storage.Tx) error {
		return tx.CloseDraft(ctx, number, req.Member.ID, req.Chat.Platform, draftChat(req))
	})
	if errors.Is(err, storage.ErrMoved) {
		return nil
	}
	return err
}
