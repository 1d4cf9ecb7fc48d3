//go:build duckdb_arrow

package engine

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/tributary-engine/tributary/internal/failure"
)

// lockDown sets limits first, then takes from the engine every way out of the given directories.
func (e *Engine) lockDown(ctx context.Context, o Options) error {
	allowed, temp := o.Directories, Text("")
	if o.TempDir != "" {
		allowed = append([]string{o.TempDir}, o.Directories...)
	}
	directories, err := literals(allowed)
	if err != nil {
		return err
	}
	if o.TempDir != "" {
		temp = directories[0]
	}
	files, err := literals(o.Files)
	if err != nil {
		return err
	}
	settings := []string{
		"SET GLOBAL TimeZone = 'UTC'", // of every connection
		"SET temp_directory = " + temp,
		"SET preserve_insertion_order = false",
		"SET autoinstall_known_extensions = false",
		"SET autoload_known_extensions = false",
		"SET allow_community_extensions = false",
	}
	if o.Threads > 0 {
		settings = append(settings, fmt.Sprintf("SET threads = %d", o.Threads))
	}
	if o.MemoryLimit != "" {
		settings = append(settings, "SET memory_limit = "+Text(o.MemoryLimit))
	}
	if err := e.setAll(ctx, settings); err != nil {
		return err
	}
	if err := e.fitAddressSpace(ctx, o); err != nil {
		return err
	}
	changeable := ""
	if o.ChangesThreads {
		changeable = "'threads'"
	}
	return e.setAll(ctx, []string{
		"SET allowed_directories = [" + strings.Join(directories, ", ") + "]",
		"SET allowed_paths = [" + strings.Join(files, ", ") + "]",
		"SET enable_external_access = false",
		"SET allowed_configs = [" + changeable + "]",
		"SET lock_configuration = true",
	})
}

func (e *Engine) setAll(ctx context.Context, settings []string) error {
	for _, setting := range settings {
		if err := e.Exec(ctx, setting); err != nil {
			code := failure.Usage
			if failure.CodeOf(err) == failure.Resources {
				code = failure.Resources
			}
			return failure.Errorf(code, "starting the engine: %s: %w", setting, err)
		}
	}
	return nil
}

// literals turns paths into SQL literals of the real, absolute paths behind them.
func literals(paths []string) ([]string, error) {
	var quoted []string
	for _, path := range paths {
		absolute, err := filepath.Abs(path)
		if err == nil {
			absolute, err = filepath.EvalSymlinks(absolute)
		}
		if err != nil {
			return nil, failure.Errorf(failure.IO, "starting the engine: path %s: %w", path, err)
		}
		quoted = append(quoted, Text(absolute))
	}
	return quoted, nil
}
