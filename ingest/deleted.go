package ingest

import (
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/findings"
)

// A column with one of these headers, in any case, tells which rows the source has deleted: exports
// of Salesforce and the connectors of Fivetran keep such rows. The configuration can still map the
// header to a column of the contract; then it is only that.
var deletionHeaders = []string{"isdeleted", "is_deleted", "_fivetran_deleted"}

const reasonNotDeletion = "is neither true nor false, so it is not known whether the row is deleted; write true or false, or map the column under columns"

// MarksDeletion reports whether a header is that of a column which tells which rows are deleted.
func MarksDeletion(header string) bool {
	return slices.Contains(deletionHeaders, strings.ToLower(header))
}

// isDeleted reports whether one of the columns of deletion says true. Where none does, and one says
// neither true nor false, the answer is a reason to quarantine the row, and the index of that
// field. An empty cell is false: connectors leave it so in rows that they never saw deleted.
func (l layout) isDeleted(fields [][]byte) (deleted bool, field int, reason string) {
	for _, i := range l.deletion {
		switch strings.ToLower(string(fields[i])) {
		case "true", "t", "1":
			return true, 0, ""
		case "", "false", "f", "0":
		default:
			field, reason = i, reasonNotDeletion
		}
	}
	return false, field, reason
}

// rowsDeleted counts the rows of a table that were left out because their source has deleted them.
func (l *loading) rowsDeleted(t contract.Table) findings.Finding {
	var deleted int64
	for _, f := range l.files[t.Name] {
		deleted += f.Deleted
	}
	return findings.Of(t.Name, "rows_deleted", findings.Info, deleted,
		"{row is|rows are} marked as deleted by IsDeleted, is_deleted or _fivetran_deleted, and left out")
}
