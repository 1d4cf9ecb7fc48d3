package compare

import (
	"math/big"

	"github.com/tributary-engine/tributary/internal/words"
)

// A Number is an exact number with its decimals, or none. In JSON it is a number, or null.
type Number struct {
	value    *big.Rat
	decimals int
}

// IsKnown tells whether there is a number.
func (n Number) IsKnown() bool { return n.value != nil }

// Sign is -1, 0 or 1.
func (n Number) Sign() int { return n.value.Sign() }

// Text is the number with all its decimals; empty if there is none.
func (n Number) Text() string {
	if n.value == nil {
		return ""
	}
	return n.value.FloatString(n.decimals)
}

// Rounded is the number for a person, with at most so many decimals; empty if there is none.
func (n Number) Rounded(decimals int) string {
	if n.value == nil {
		return ""
	}
	return words.Decimal(n.value.FloatString(min(decimals, n.decimals)))
}

// Percent is the number as a percentage with one decimal.
func (n Number) Percent() string {
	return words.Decimal(new(big.Rat).Mul(n.value, big.NewRat(100, 1)).FloatString(1)) + " %"
}

func (n Number) MarshalJSON() ([]byte, error) {
	if n.value == nil {
		return []byte("null"), nil
	}
	return []byte(n.Text()), nil
}

// A Result is every model side by side.
type Result struct {
	Run             string   `json:"run"`
	AsOf            string   `json:"as_of"`
	Dimension       string   `json:"dimension"`
	Measure         string   `json:"measure"`
	Unit            string   `json:"unit"`           // money, cost, units or ratio
	CountOf         string   `json:"n_of,omitempty"` // the credited conversions that n counts
	Currency        string   `json:"currency"`
	Basis           string   `json:"basis"`
	OpportunityType string   `json:"opportunity_type"`
	Models          []Model  `json:"models"` // the primary one first
	Period          Period   `json:"period"`
	Before          *Period  `json:"before,omitempty"`
	YearAgo         *Period  `json:"year_ago,omitempty"`
	Top             int      `json:"top"`
	Best            []string `json:"best"`    // values among the best Top under every model
	Depends         []string `json:"depends"` // values that change place with the model, the widest spread first
	Rows            []Row    `json:"rows"`
	Total           Row      `json:"total"`
	Notes           []string `json:"notes"`

	Label     string `json:"-"` // of the measure
	One, Many string `json:"-"` // of the dimension
	IsRatio   bool   `json:"-"`

	LessIsMore bool `json:"-"`
}

// A Model of the result.
type Model struct {
	Name  string `json:"name"`
	Label string `json:"label"`
}

// A Period is the days that are compared, of a period with a label.
type Period struct {
	Label  string `json:"label"`
	Start  string `json:"start,omitempty"` // the first day; empty: without a bound
	End    string `json:"end,omitempty"`   // the last day
	Until  string `json:"compared_until,omitempty"`
	Days   int    `json:"days,omitempty"`
	Status string `json:"status"`
}

// The statuses of periods.
const (
	complete     = "complete"
	unfinished   = "unfinished"         // as-of lies within it
	shortened    = "shortened"          // only as many days as the unfinished one has
	beforeData   = "before_data"        // it ends before the data begins
	partlyBefore = "begins_before_data" // the data begins within it
)

// A Row is a value of the dimension.
type Row struct {
	Value        string   `json:"value"`
	Name         string   `json:"name,omitempty"`
	IsRanked     bool     `json:"is_ranked"`
	Figures      []Figure `json:"figures"` // one per model
	Lowest       Number   `json:"lowest"`
	LowestModel  string   `json:"lowest_model,omitempty"`
	Highest      Number   `json:"highest"`
	HighestModel string   `json:"highest_model,omitempty"`
	Spread       Number   `json:"spread"`
	BestRank     int      `json:"best_rank,omitempty"`
	WorstRank    int      `json:"worst_rank,omitempty"`
	Missing      int      `json:"models_without_figure,omitempty"`
	Before       []Change `json:"before,omitempty"`   // one per model
	YearAgo      []Change `json:"year_ago,omitempty"` // one per model

	HasAmount bool `json:"-"` // under some model

	isBest, changesPlace bool
}

// A Figure is what a model makes of a value.
type Figure struct {
	Model       string `json:"model"`
	Figure      Number `json:"figure"`
	N           Number `json:"n"` // credited conversions
	SmallSample bool   `json:"small_sample"`
	Rank        int    `json:"rank,omitempty"`

	hasAmount, isProvisional bool
}

// A Change is against the figure of an earlier period under the same model.
type Change struct {
	Model       string `json:"model"`
	Figure      Number `json:"figure"`
	N           Number `json:"n"`
	SmallSample bool   `json:"small_sample"`
	Change      Number `json:"change"`
	Relative    Number `json:"relative"` // to the earlier figure, without its sign
	Verdict     string `json:"verdict"`  // better, worse, same, or cannot say
	Reason      string `json:"reason,omitempty"`
}

// What is said of a change.
const (
	better    = "better"
	worse     = "worse"
	same      = "same"
	cannotSay = "cannot say"
)

// Why it cannot be said whether a change is for the better.
const (
	noDirection = "no_direction"     // neither more nor less is better
	stillGrows  = "still_changes"    // what the figures say of the past changes later
	noFigure    = "no_figure"        // one of the two is missing
	earlyData   = "data_begins"      // the data begins within the earlier period, or after it
	notFinal    = "provisional_cost" // the cost of the newest days can change
	smallSample = "small_sample"     // fewer than 30 credited conversions in either period
)
