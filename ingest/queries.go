package ingest

import (
	"embed"

	"github.com/tributary-engine/tributary/internal/engine"
)

//go:embed sql/*.sql
var queries embed.FS

// queryText is the SQL of sql/NAME.sql, with each {NAME} of these pairs replaced by what follows it.
func queryText(name string, replaced ...string) string {
	return engine.Statement(queries, "sql/"+name+".sql", replaced...)
}
