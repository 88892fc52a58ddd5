// Package storagetest makes databases for the tests and the benchmarks of
// package storage: empty ones, and one with many deals.
package storagetest
