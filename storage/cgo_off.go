//go:build !cgo

package storage

const hasCGO = false
