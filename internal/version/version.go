// Package version names the versions of the program, and its engines, as manifests
// and `tributary version` show them.
package version

import (
	"context"
	"runtime/debug"

	"github.com/tributary-engine/tributary/internal/engine"
)

// Program is the version of Tributary; the changelog has its history.
const Program = "0.3.0"

type Versions struct {
	Program string `json:"program"`
	DuckDB  string `json:"duckdb"`
	Arrow   string `json:"arrow"`
}

func Read(ctx context.Context, eng *engine.Engine) (Versions, error) {
	duckdb, err := eng.Version(ctx)
	v := Versions{Program: "tributary " + Program, DuckDB: duckdb, Arrow: "unknown"}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dependency := range info.Deps {
			if dependency.Path == "github.com/apache/arrow-go/v18" {
				v.Arrow = dependency.Version
			}
		}
	}
	return v, err
}
