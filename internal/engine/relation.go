package engine

// A Relation is a table or a view that a stage makes in the engine for what comes after it.
type Relation struct {
	Name   string
	Grain  string   // what one row is
	MadeBy string   // a file of SQL or Go, beginning with the folder of its stage
	Reads  []string // the relations from which it is made, in the order of their names
}
