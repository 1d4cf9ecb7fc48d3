package present

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// spelled are the words of identifiers that are not spelled as they are.
var spelled = map[string]string{
	"roi": "ROI", "roas": "ROAS", "cac": "CAC", "ctr": "CTR", "cpc": "CPC", "cpm": "CPM", "crm": "CRM", "id": "ID", "url": "URL", "bant": "BANT",
	"mql": "MQL", "mqls": "MQLs", "sql": "SQL", "sqls": "SQLs", "sal": "SAL", "sals": "SALs", "sla": "SLA",
	"w": "W", "u": "U", "z": "Z", "j": "J", "km": "Kaplan-Meier", "wilson": "Wilson", "utm": "UTM", "n": "n",
	"per": "per", "to": "to", "of": "of", "by": "by", "and": "and", "in": "in", "on": "on",
}

// shaped are identifiers whose words belong together.
var shaped = map[string]string{
	"w_shaped": "W-shaped", "u_shaped": "U-shaped", "z_shaped": "Z-shaped", "j_shaped": "J-shaped", "u_shaped_middle": "U-shaped (middle)", "inverse_j": "Inverse J",
	"full_path": "Full path", "sourced_influenced": "Sourced and influenced", "mql_to_sql": "MQL to SQL",
	"last_non_direct": "Last non-direct", "time_decay_7d": "Time decay (7 days)", "position_based": "Position-based",
	"fit_interest": "Fit and interest", "win_loss": "Won and lost", "win_loss_touches": "Won and lost with a touchpoint", "rep_follow_up": "Follow-up by owner", "self_reported": "Self-reported",
	"lookback_coverage": "Look-back coverage", "pre_creation": "Pre-creation",
}

// Label is an identifier as words, beginning with a capital: "cost_per_lead" is "Cost per lead".
// It is for names of columns, reports and models, and for values that the program itself chose
// (new_business, period); never for data.
func Label(identifier string) string {
	if label, known := shaped[identifier]; known {
		return label
	}
	parts := strings.FieldsFunc(identifier, func(r rune) bool { return r == '_' })
	for i, part := range parts {
		if known, isSpelled := spelled[strings.ToLower(part)]; isSpelled {
			parts[i] = known
		}
	}
	label := strings.Join(parts, " ")
	first, size := utf8.DecodeRuneInString(label)
	if size == 0 {
		return identifier
	}
	return string(unicode.ToUpper(first)) + label[size:]
}
