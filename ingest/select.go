package ingest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/statement"
	"github.com/tributary-engine/tributary/internal/words"
)

// allSelects adds the answers of all SELECTs to the raw table.
func (r *reading) allSelects(ctx context.Context) error {
	for i, in := range r.inputs {
		if in.format != selected {
			continue
		}
		if err := r.keepProblem(ctx, r.selected(ctx, i)); err != nil {
			return err
		}
	}
	return nil
}

// selected reads the files of a SELECT, lets the engine answer it, and types the answer as any
// other file.
func (r *reading) selected(ctx context.Context, i int) error {
	in := r.inputs[i]
	names := in.source.Relations()
	parsed, err := statement.Parse(ctx, r.engine, in.source.Select, names)
	if err != nil {
		return inStatement(in.name, err)
	}
	done := File{Table: r.table.Name, Name: in.name}
	var headers []string
	for _, name := range names {
		defer func() { _ = r.engine.Exec(context.WithoutCancel(ctx), "DROP VIEW IF EXISTS temp."+engine.Name(name)) }()
		files, found, err := r.relation(ctx, i, name, in.source.From[name], parsed, &done)
		if err != nil {
			return err
		}
		headers = append(headers, found...)
		done.From = append(done.From, files...)
	}
	r.opt.Show.Stage("selecting " + printable(in.name))
	const answer = "answer"
	if err := statement.CreateTable(ctx, r.engine, answer, in.source.Select); err != nil {
		return inStatement(in.name, err, headers...)
	}
	typed := File{}
	if err := r.typeAnswer(ctx, i, answer, &typed); err != nil {
		return err
	}
	done.take(typed)
	digest := sha256.New()
	_, _ = digest.Write([]byte(in.source.Select))
	for _, f := range done.From {
		_, _ = digest.Write([]byte("\x00" + f.Name + "\x00" + f.SHA256))
		done.Bytes += f.Bytes
	}
	done.SHA256 = fmt.Sprintf("%x", digest.Sum(nil))
	r.files[i] = done
	return r.engine.Exec(ctx, "DROP TABLE "+answer)
}

// take adds what became of the rows of an answer.
func (f *File) take(typed File) {
	f.RowsIn += typed.RowsIn
	f.Loaded += typed.Loaded
	f.Quarantined += typed.Quarantined
	f.Deduplicated += typed.Deduplicated
	f.Deleted += typed.Deleted
	f.digitsCut, f.hasOrigins, f.Columns, f.UnknownColumns = typed.digitsCut, typed.hasOrigins, typed.Columns, typed.UnknownColumns
}

// A name that the engine did not find; what it offers instead is only of the columns that were
// loaded.
var notFound = regexp.MustCompile(`^(.*(?:Referenced column|does not have a column named) "([^"]+)"[^!]*)!?(?: Candidate bindings: .*)?$`)

// inStatement names the place of a problem in the analyst's text. headers are those of the files.
func inStatement(name string, err error, headers ...string) error {
	problem, isProblem := errors.AsType[*statement.Problem](err)
	if !isProblem {
		return err
	}
	at := printable(name)
	if problem.Line > 0 {
		at += fmt.Sprintf(":%d", problem.Line)
	}
	if problem.Column > 0 {
		at += fmt.Sprintf(":%d", problem.Column)
	}
	if found := notFound.FindStringSubmatch(problem.Text); found != nil {
		return failure.Errorf(failure.Contract, "%s: %s%s\nhint: a column that the files may lack is named under optional of its relation", at, found[1], words.DidYouMean(found[2], headers))
	}
	return failure.Errorf(failure.Contract, "%s: %s", at, problem.Text)
}

// typeAnswer types the rows of an answer, and keeps where they come from if it says so.
func (r *reading) typeAnswer(ctx context.Context, i int, answer string, done *File) error {
	p := r.parquetFile(i, "")
	p.relation, p.row, p.streams = " FROM "+answer+" AS p", "p.rowid", false
	p.listing = "SELECT * FROM " + answer + " LIMIT 0"
	p.isAnswer = true
	if err := p.rows(ctx, done); err != nil {
		return err
	}
	done.Columns, done.UnknownColumns = p.layout.mappings(p.declared), p.layout.unknown
	if !p.origins {
		return nil
	}
	for _, statement := range []string{
		"CREATE TABLE IF NOT EXISTS " + origins(r.table.Name) + " (file_number INTEGER, line BIGINT, origin_file VARCHAR, origin_line BIGINT)",
		fmt.Sprintf("INSERT INTO %s SELECT CAST(%d AS INTEGER), p.rowid + 1, CAST(p.%s AS VARCHAR), TRY_CAST(p.%s AS BIGINT)%s", origins(r.table.Name), i, originFile, originLine, p.relation),
	} {
		if err := r.engine.Exec(ctx, statement); err != nil {
			return err
		}
	}
	done.hasOrigins = true
	return nil
}

// relation makes the temporary view of a relation of a SELECT: the rows of its files, by the names
// of their columns, of those that the statement may read. It also returns all headers of the files.
func (r *reading) relation(ctx context.Context, i int, name string, source config.Source, parsed statement.Statement, done *File) (files []File, headers []string, err error) {
	where := "tables." + r.table.Name + ".from." + name
	delimiter, err := delimiterOf(where, source)
	if err != nil {
		return nil, nil, err
	}
	plain := map[string]*value.Plain{}
	for header, given := range source.Columns {
		if plain[header], err = value.NewPlain(where+".columns."+header, given); err != nil {
			return nil, nil, failure.Errorf(failure.Usage, "%w", err)
		}
	}
	var parts []string
	for j, path := range source.Paths {
		f, err := formatOf(source.Files[j])
		if err != nil {
			return nil, nil, err
		}
		one := relationFile{reading: r, where: where, plain: plain, name: source.Files[j], path: path, format: f, written: source, delimiter: delimiter, statement: parsed,
			table: fmt.Sprintf("%s_%d_%s_%d", r.table.Name, i+1, name, j+1)}
		file, part, err := one.read(ctx)
		if err != nil {
			return nil, nil, err
		}
		headers = append(headers, one.layout.headers...)
		files, parts = append(files, file), append(parts, part)
		done.RowsIn += file.Quarantined + file.Deleted
		done.Quarantined += file.Quarantined
		done.Deduplicated += file.Deleted
		done.Deleted += file.Deleted
		if err := r.quarantine.add(i, one.bad); err != nil {
			return nil, nil, err
		}
	}
	parts = append(parts, withoutRows(source.Optional))
	return files, headers, r.engine.Exec(ctx, "CREATE OR REPLACE TEMPORARY VIEW "+engine.Name(name)+" AS "+strings.Join(parts, " UNION ALL BY NAME "))
}

// withoutRows has columns that files may lack, and no row.
func withoutRows(optional []string) string {
	columns := []string{"CAST(NULL AS VARCHAR) AS " + originFile, "CAST(NULL AS BIGINT) AS " + originLine}
	for _, header := range optional {
		columns = append(columns, "CAST(NULL AS VARCHAR) AS "+engine.Name(header))
	}
	return "SELECT " + strings.Join(columns, ", ") + " WHERE FALSE"
}
