//go:build duckdb_arrow && !unix

package engine

// addressSpace says that there is no limit: only Unix systems have one (ulimit -v).
func addressSpace() (limit uint64, isLimited bool) { return 0, false }
