//go:build cgo

package storage

import (
	"errors"

	"github.com/mattn/go-sqlite3"
)

// hasCGO tells whether SQLite, which is C, is in this program.
const hasCGO = true

// sqliteVersion returns the version of the SQLite library, and as the number
// that sqlite3_libversion_number writes.
func sqliteVersion() (version string, number int) {
	version, number, _ = sqlite3.Version()
	return version, number
}

// inTransaction tells whether a driver's connection has a transaction open.
func inTransaction(conn any) (bool, error) {
	c, ok := conn.(*sqlite3.SQLiteConn)
	if !ok {
		return false, errors.New("not a connection to SQLite")
	}
	return !c.AutoCommit(), nil
}
