//go:build cgo

package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"github.com/mattn/go-sqlite3"
)

// openInTurn opens a SQLite file whose every transaction, and every statement
// outside of one, waits for its turn.
func openInTurn(dsn string, t turn) (*sql.DB, error) {
	return sql.OpenDB(connector{dsn, t}), nil
}

type connector struct {
	dsn  string
	turn turn
}

// Connect opens a connection.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	opened, err := c.Driver().Open(c.dsn)
	if err != nil {
		return nil, err
	}
	conn, ok := opened.(*sqlite3.SQLiteConn)
	if !ok {
		return nil, driver.ErrBadConn
	}
	return &turnConn{SQLiteConn: conn, turn: c.turn}, nil
}

// Driver returns SQLite's.
func (connector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

// turnConn is a connection that waits for its turn. mine says that a
// transaction has it.
type turnConn struct {
	*sqlite3.SQLiteConn
	turn turn
	mine bool
}

// BeginTx begins a transaction, whose turn ends with it.
func (c *turnConn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	if err := c.turn.take(ctx); err != nil {
		return nil, err
	}
	tx, err := c.SQLiteConn.BeginTx(ctx, options)
	if err != nil {
		c.turn.give()
		return nil, err
	}
	c.mine = true
	return turnTx{tx, c}, nil
}

// ExecContext runs a statement.
func (c *turnConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if c.mine {
		return c.SQLiteConn.ExecContext(ctx, query, args)
	}
	if err := c.turn.take(ctx); err != nil {
		return nil, err
	}
	defer c.turn.give()
	return c.SQLiteConn.ExecContext(ctx, query, args)
}

// QueryContext runs a query, which may write. Its turn ends with its rows.
func (c *turnConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if c.mine {
		return c.SQLiteConn.QueryContext(ctx, query, args)
	}
	if err := c.turn.take(ctx); err != nil {
		return nil, err
	}
	rows, err := c.SQLiteConn.QueryContext(ctx, query, args)
	if err != nil {
		c.turn.give()
		return nil, err
	}
	return &turnRows{Rows: rows, turn: c.turn}, nil
}

type turnTx struct {
	driver.Tx
	conn *turnConn
}

// Commit ends the turn whatever comes of it: after an error the driver rolls
// back.
func (t turnTx) Commit() error {
	defer t.end()
	return t.Tx.Commit()
}

// Rollback ends the turn.
func (t turnTx) Rollback() error {
	defer t.end()
	return t.Tx.Rollback()
}

func (t turnTx) end() {
	t.conn.mine = false
	t.conn.turn.give()
}

type turnRows struct {
	driver.Rows
	turn  turn
	ended bool
}

// Close ends the turn, once.
func (r *turnRows) Close() error {
	if !r.ended {
		r.ended = true
		defer r.turn.give()
	}
	return r.Rows.Close()
}
