// Package drawn checks what must be true of whatever is drawn.
package drawn

import (
	"flag"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// Seed is that of every property whose test is not told another with -rapid.seed: what has passed once passes again, on any machine, and a
// change is judged by what it changes. To look for what is still wrong, say -rapid.seed and -rapid.checks.
const Seed = "1"

var fix = sync.OnceFunc(func() {
	told := false
	flag.Visit(func(f *flag.Flag) { told = told || f.Name == "rapid.seed" })
	if told {
		return
	}
	if err := flag.Lookup("rapid.seed").Value.Set(Seed); err != nil {
		panic(err)
	}
})

// Check is rapid.Check with draws that are always the same.
func Check(t *testing.T, property func(*rapid.T)) {
	t.Helper()
	fix()
	rapid.Check(t, property)
}
