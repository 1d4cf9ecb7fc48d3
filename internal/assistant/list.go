package assistant

import (
	"context"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/query"
	"github.com/tributary-engine/tributary/internal/words"
)

type listInput struct{}

type listed struct {
	Name    string `json:"name"`
	Rows    int64  `json:"rows"`
	Grain   string `json:"grain"`
	Purpose string `json:"purpose,omitempty"`
}

type list struct {
	Context
	Reports []listed `json:"reports"`
}

func listReports(ctx context.Context, run *query.Run, _ listInput) (any, error) {
	described, err := run.Describe(ctx, run.Views...)
	if err != nil {
		return nil, err
	}
	l := list{Context: contextOf(run)}
	l.Models = modelsOfRun(run)
	for _, d := range described {
		l.Reports = append(l.Reports, listed{Name: d.Name, Rows: d.Rows, Grain: d.Each, Purpose: d.Purpose})
	}
	return l, nil
}

type describeInput struct {
	Report string `json:"report" jsonschema:"name of the report or view"`
}

type description struct {
	Context
	listed
	Columns []query.Column `json:"columns"`
}

func describeReport(ctx context.Context, run *query.Run, in describeInput) (any, error) {
	view := run.View(in.Report)
	if view == nil {
		return nil, noReport(run, in.Report)
	}
	described, err := run.Describe(ctx, *view)
	if err != nil {
		return nil, err
	}
	d := described[0]
	found := description{Context: contextOf(run), listed: listed{Name: d.Name, Rows: d.Rows, Grain: d.Each, Purpose: d.Purpose}, Columns: d.Columns}
	found.Models = modelsOfRun(run)
	return found, nil
}

// describe returns a view and its columns.
func describe(ctx context.Context, run *query.Run, name string) (query.View, []query.Column, error) {
	view := run.View(name)
	if view == nil {
		return query.View{}, nil, noReport(run, name)
	}
	described, err := run.Describe(ctx, *view)
	if err != nil {
		return query.View{}, nil, err
	}
	return *view, described[0].Columns, nil
}

func noReport(run *query.Run, name string) error {
	return failure.Errorf(failure.Usage, "there is no report %q%s\nhint: list_reports lists them", name, words.DidYouMean(name, run.Names()))
}
