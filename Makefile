# The DuckDB driver keeps its Arrow interface behind a build tag; every target sets it.
export GOFLAGS := -tags=duckdb_arrow
