package attribution

import (
	"context"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/tributary-engine/tributary/internal/engine"
)

// describeEmails makes email_facts: one row per e-mail, with the facts of address.
func describeEmails(ctx context.Context, eng *engine.Engine, book addressBook) error {
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "email_key", Type: arrow.PrimitiveTypes.Int64}, {Name: "domain", Type: arrow.BinaryTypes.String},
		{Name: "joins", Type: arrow.FixedWidthTypes.Boolean}, {Name: "domain_matches", Type: arrow.FixedWidthTypes.Boolean},
		{Name: "own_domain", Type: arrow.FixedWidthTypes.Boolean},
	}, nil)
	return derive(ctx, eng, "email_facts", schema, `SELECT email_key, email FROM emails`, func(in arrow.RecordBatch, out *array.RecordBuilder) {
		keys, emails := in.Column(0).(*array.Int64), in.Column(1).(*array.String)
		for row := range int(in.NumRows()) {
			a := book.classify(emails.Value(row))
			out.Field(0).(*array.Int64Builder).Append(keys.Value(row))
			out.Field(1).(*array.StringBuilder).Append(a.domain)
			out.Field(2).(*array.BooleanBuilder).Append(a.joins)
			out.Field(3).(*array.BooleanBuilder).Append(a.domainMatches)
			out.Field(4).(*array.BooleanBuilder).Append(a.ownDomain)
		}
	})
}

// describeAccountDomains makes owned_domains: one row per account and registrable domain that its
// own record or account_domains gives it.
func describeAccountDomains(ctx context.Context, eng *engine.Engine) error {
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "account_id", Type: arrow.BinaryTypes.String}, {Name: "domain", Type: arrow.BinaryTypes.String},
	}, nil)
	domains := `SELECT account_id, domain FROM accounts WHERE domain IS NOT NULL UNION ALL SELECT account_id, domain FROM account_domains`
	return derive(ctx, eng, "owned_domains", schema, domains, func(in arrow.RecordBatch, out *array.RecordBuilder) {
		ids, domains := in.Column(0).(*array.String), in.Column(1).(*array.String)
		for row := range int(in.NumRows()) {
			if domain := registrableDomain(domains.Value(row)); domain != "" {
				out.Field(0).(*array.StringBuilder).Append(ids.Value(row))
				out.Field(1).(*array.StringBuilder).Append(domain)
			}
		}
	})
}
