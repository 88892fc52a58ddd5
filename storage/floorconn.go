//go:build cgo

package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"github.com/mattn/go-sqlite3"
)

// openOnFloor opens a SQLite file whose every transaction, and every statement
// outside of one, waits for the floor.
func openOnFloor(dsn string, f floor) (*sql.DB, error) {
	return sql.OpenDB(connector{dsn, f}), nil
}

type connector struct {
	dsn   string
	floor floor
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
	return &floorConn{SQLiteConn: conn, floor: c.floor}, nil
}

// Driver returns SQLite's.
func (connector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

// floorConn is a connection that waits for the floor. mine says that a
// transaction has it.
type floorConn struct {
	*sqlite3.SQLiteConn
	floor floor
	mine  bool
}

// BeginTx begins a transaction, which gives the floor back at its end.
func (c *floorConn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	if err := c.floor.take(ctx); err != nil {
		return nil, err
	}
	tx, err := c.SQLiteConn.BeginTx(ctx, options)
	if err != nil {
		c.floor.give()
		return nil, err
	}
	c.mine = true
	return floorTx{tx, c}, nil
}

// ExecContext runs a statement.
func (c *floorConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if c.mine {
		return c.SQLiteConn.ExecContext(ctx, query, args)
	}
	if err := c.floor.take(ctx); err != nil {
		return nil, err
	}
	defer c.floor.give()
	return c.SQLiteConn.ExecContext(ctx, query, args)
}

// QueryContext runs a query, which may write. Its rows have the floor until they are closed.
func (c *floorConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if c.mine {
		return c.SQLiteConn.QueryContext(ctx, query, args)
	}
	if err := c.floor.take(ctx); err != nil {
		return nil, err
	}
	rows, err := c.SQLiteConn.QueryContext(ctx, query, args)
	if err != nil {
		c.floor.give()
		return nil, err
	}
	return &floorRows{Rows: rows, floor: c.floor}, nil
}

type floorTx struct {
	driver.Tx
	conn *floorConn
}

// Commit gives the floor back whatever comes of it: after an error the driver rolls
// back.
func (t floorTx) Commit() error {
	defer t.end()
	return t.Tx.Commit()
}

// Rollback gives the floor back.
func (t floorTx) Rollback() error {
	defer t.end()
	return t.Tx.Rollback()
}

func (t floorTx) end() {
	t.conn.mine = false
	t.conn.floor.give()
}

type floorRows struct {
	driver.Rows
	floor floor
	ended bool
}

// Close gives the floor back, once.
func (r *floorRows) Close() error {
	if !r.ended {
		r.ended = true
		defer r.floor.give()
	}
	return r.Rows.Close()
}
