package verify

// For tests of the program, which import what imports this package.
var (
	Student = student
	Agrees  = agrees
	Limit   = limit
)
