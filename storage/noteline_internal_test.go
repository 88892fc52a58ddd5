package storage

import (
	"slices"
	"strings"
	"testing"

	"fifteen/storage/storagetest"

	"gorm.io/gorm"
)

// The programs that storagebench compares with send what a note line sends.
func TestNoteLine(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	member, deal := d.deal()
	var got []string
	note := func(db *gorm.DB) { got = append(got, plain(db.Statement.SQL.String())) }
	for _, err := range []error{
		d.w.gorm.Callback().Row().After("gorm:row").Register("test:row", note),
		d.w.gorm.Callback().Raw().After("gorm:raw").Register("test:raw", note),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	err := d.store.Write(t.Context(), d.home, func(tx *Tx) error {
		deal, err := tx.Deal(t.Context(), deal)
		if err != nil {
			return err
		}
		if _, err := tx.AddNote(t.Context(), deal, "note", Author{Member: member}); err != nil {
			return err
		}
		_, err = tx.Post(t.Context(), Post{EventKey: "event"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	n := storagetest.NoteLine
	want := []string{plain(n.ReadDeal), plain(n.TouchDeal), plain(n.AddNote), plain(n.AddChange), plain(n.AddPost)}
	if !slices.Equal(got, want) {
		t.Errorf("statements of a note line:\ngot  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// plain writes a statement with single spaces.
func plain(statement string) string { return strings.Join(strings.Fields(statement), " ") }

// deal adds a member and a deal.
func (d *desk) deal() (member, number int64) {
	d.Helper()
	err := d.store.Write(d.Context(), d.home, func(tx *Tx) error {
		m, err := tx.AddMember(d.Context(), Member{Name: "Anna", Key: "anna", Role: "rep"}, "terminal", "anna")
		if err != nil {
			return err
		}
		deal, err := tx.AddDeal(d.Context(), Deal{Name: "Acme", Key: "acme", Owner: m.ID}, Author{Member: m.ID})
		member, number = m.ID, deal.Number
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	return member, number
}
