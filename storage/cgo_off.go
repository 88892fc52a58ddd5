//go:build !cgo

package storage

import "database/sql"

// hasCGO tells whether SQLite, which is C, is in this program.
const hasCGO = false

func sqliteVersion() (version string, number int) { return "", 0 }

func inTransaction(any) (bool, error) { return false, ErrNoCGO }

func openOnFloor(string, floor) (*sql.DB, error) { return nil, ErrNoCGO }
