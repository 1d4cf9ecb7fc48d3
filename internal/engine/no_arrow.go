//go:build !duckdb_arrow

package engine

// The Arrow interface of the DuckDB driver is behind a build tag. The undefined name below is the
// message.
var _ = build_Tributary_with_the_tag_duckdb_arrow__run_make_build__or_go_build_with_tags_duckdb_arrow
