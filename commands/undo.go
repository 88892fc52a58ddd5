package commands

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fifteen/bot"
	"fifteen/storage"
)

// lineUndo is the line of undo buttons; the revision that they take back is put
// behind it when the answer is ready.
const lineUndo = "undo"

// undo takes back the asker's last change, for a day. Undoing an undo does the
// change again.
func undo(d *Deps) bot.Command {
	return bot.Command{
		Name: "undo", Summary: "undo.summary", Writes: true, Examples: []string{"undo"},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			change, err := c.tx.LastChange(ctx, c.req.Member.ID)
			if errors.Is(err, storage.ErrNotFound) || err == nil && c.now.Sub(change.Author.At) > day {
				return bot.Message{}, bot.Problem("undo.nothing")
			}
			if err != nil {
				return bot.Message{}, err
			}
			if c.req.Revision > 0 && c.req.Revision != change.ID {
				return bot.Message{}, bot.Problem("undo.moved")
			}
			origin, err := c.tx.Origin(ctx, change)
			if err != nil {
				return bot.Message{}, err
			}
			what := c.say("changed." + origin.Author.Command)
			if change.Line != 0 && change.Deal != 0 {
				return c.undoHandover(ctx, change, origin, what)
			}
			if err := c.mayUndo(ctx, change, origin, what); err != nil {
				return bot.Message{}, err
			}
			c.people = change.Deal == 0
			was, err := c.tx.Deal(ctx, change.Deal)
			if err != nil && !errors.Is(err, storage.ErrNotFound) {
				return bot.Message{}, err
			}
			if err := c.useOwnWords(ctx); err != nil {
				return bot.Message{}, err
			}
			err = c.tx.Undo(ctx, change, c.author("undo"))
			if errors.Is(err, storage.ErrMoved) {
				return bot.Message{}, bot.Problem("undo.conflict", "what", what)
			}
			if _, steps := change.Diff["funnel"]; steps && err == nil {
				err = c.keepsSteps(ctx, c.funnel())
			}
			if _, reasons := change.Diff["reasons"]; reasons && err == nil {
				err = c.keepsReasons(ctx)
			}
			if err != nil {
				return bot.Message{}, err
			}
			msg, err := c.undone(ctx, change, was, repeats(change, origin), what)
			if origin.Author.Command == nameCheckin {
				msg.Buttons = append(msg.Buttons, c.button("button.checkin", nameCheckin))
			}
			return msg, err
		}),
	}
}

// mayUndo refuses to touch, through undo, what the asker may not change any
// more. origin is the change that a row of undos and redos began with.
func (c *call) mayUndo(ctx context.Context, change, origin storage.Change, what string) error {
	if change.Deal == 0 {
		return c.mayUndoOther(ctx, change, origin)
	}
	_, took := change.Diff["deleted"]
	if c.manages() || took || c.gaveAway(origin) {
		return nil
	}
	refused := bot.Problem("undo.conflict", "what", what)
	deal, err := c.tx.Deal(ctx, change.Deal)
	if errors.Is(err, storage.ErrNotFound) || err == nil && deal.Owner != c.req.Member.ID {
		return refused
	}
	return err
}

// gaveAway tells whether a change handed on a deal of the asker's own.
func (c *call) gaveAway(origin storage.Change) bool {
	owner, ok := origin.Diff["owner"]
	return ok && string(owner[0]) == strconv.FormatInt(c.req.Member.ID, 10)
}

// undoRoles are who may take back what is no change of a deal, by its command;
// an admin, where nothing is said.
var undoRoles = map[string]bot.Role{
	"target": bot.Manager, "handover": bot.Manager, nameSteps: bot.Manager, nameReason: bot.Manager, "pitch": bot.Manager,
	"product add": bot.Manager, "product delete": bot.Manager, "decide": bot.Manager, "decisions": bot.Manager,
	"log": bot.Rep, nameCompany: bot.Rep, nameRemind: bot.Rep, nameRemindDone: bot.Rep,
	nameRemindLater: bot.Rep, nameSchedule: bot.Rep, nameScheduleStop: bot.Rep, nameScheduleTake: bot.Manager, nameMondays: bot.Manager,
	nameHours: bot.Rep, nameAway: bot.Rep, nameBack: bot.Rep, nameReach: bot.Rep,
	nameCheckin: bot.Rep, nameSetupTarget: bot.Manager,
}

// mayUndoOf refuses to take back what only another role may say: targets,
// handovers and decisions are a manager's, settings and roles an admin's.
func (c *call) mayUndoOf(command string) error {
	needed, ok := undoRoles[command]
	if !ok {
		needed = bot.Admin
	}
	if c.req.Member.Role < needed {
		return bot.Problem("router.role", "line", command, "role", c.say("role."+needed.String()))
	}
	return nil
}

// mayUndoOther is mayUndo for what is no change of a deal. What is known of a
// company is changed by whoever owns one of its deals, and only a manager says that
// somebody else is away.
func (c *call) mayUndoOther(ctx context.Context, change, origin storage.Change) error {
	err := c.mayUndoOf(origin.Author.Command)
	if err == nil && slices.Contains([]string{nameAway, nameBack}, origin.Author.Command) && !c.manages() &&
		change.Subject != "member/"+strconv.FormatInt(c.req.Member.ID, 10) {
		return bot.Problem("away.manager")
	}
	if err != nil || origin.Author.Command != nameCompany || c.manages() {
		return err
	}
	_, number, _ := strings.Cut(change.Subject, "/")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return fmt.Errorf("read subject %q: %w", change.Subject, err)
	}
	owns, err := c.tx.OwnsDealOf(ctx, c.req.Member.ID, id)
	if err == nil && !owns {
		err = bot.Problem("undo.conflict", "what", c.say("changed."+nameCompany))
	}
	return err
}

// repeats tells whether a change of a row of undos and redos did what the first
// of them did, and not the opposite.
func repeats(change, origin storage.Change) bool {
	for field, values := range origin.Diff {
		if field != "since" { // which follows from the others
			return bytes.Equal(change.Diff[field][0], values[0])
		}
	}
	return change.Undoes == 0
}

// undone says what was taken back, or, when it was itself an undo, done again.
// was is the deal before; its new owner and its old one are told as after any
// other handover.
func (c *call) undone(ctx context.Context, change storage.Change, was storage.Deal, back bool, what string) (bot.Message, error) {
	key, told := "undo.done", "told.undone"
	if !back {
		key, told = "undo.again", "told.changed"
	}
	msg := bot.Message{Buttons: []bot.Button{c.button("button.undo.again", lineUndo)}}
	if change.Deal == 0 {
		msg.Text = []string{c.say(key, "what", what)}
		return msg, nil
	}
	deal, err := c.tx.Deal(ctx, change.Deal)
	if errors.Is(err, storage.ErrNotFound) {
		msg.Text = []string{c.say(key+".gone", "what", what, "number", change.Deal)}
		return msg, nil
	}
	if err != nil {
		return bot.Message{}, err
	}
	msg.Text = []string{c.say(key+".deal", "what", what, "deal", brief(deal.Name, 60), "number", deal.Number,
		"score", deal.Standing.Total, "outcome", c.say("outcome."+string(deal.Outcome)))}
	msg.Buttons = append(msg.Buttons, c.showButton(deal))
	if was.Number != 0 && was.Owner != deal.Owner {
		return msg, c.tellHandover(ctx, was, deal)
	}
	return msg, c.tellOwner(ctx, deal, told)
}

// undoHandover takes back, or does again, what a handover did to all its deals.
func (c *call) undoHandover(ctx context.Context, change, origin storage.Change, what string) (bot.Message, error) {
	if err := c.mayUndoOf(origin.Author.Command); err != nil {
		return bot.Message{}, err
	}
	err := c.tx.Undo(ctx, change, c.author("undo"))
	if errors.Is(err, storage.ErrMoved) {
		return bot.Message{}, bot.Problem("undo.conflict", "what", what)
	}
	if err != nil {
		return bot.Message{}, err
	}
	deals, err := c.tx.LineDeals(ctx, change.Line)
	if err != nil {
		return bot.Message{}, err
	}
	var owners [2]storage.Member // after the undo and before it
	for i := range owners {
		id, err := strconv.ParseInt(string(change.Diff["owner"][i]), 10, 64)
		if err != nil {
			return bot.Message{}, fmt.Errorf("read owner in change %d: %w", change.ID, err)
		}
		if owners[i], err = c.member(ctx, id); err != nil {
			return bot.Message{}, err
		}
	}
	key := "undo.done.deals"
	if !repeats(change, origin) {
		key = "undo.again.deals"
	}
	msg := bot.Message{
		Text:    []string{c.say(key, "what", what, "count", len(deals), "who", brief("@"+owners[0].Name, 60))},
		Buttons: []bot.Button{c.button("button.undo.again", lineUndo)},
	}
	return msg, c.tellHandovers(ctx, deals, owners[1], owners[0])
}
