package simulation

import (
	"os"
	"runtime"
	"testing"
)

// TestMain plays on one processor, unless -cpu says otherwise: in a bubble one goroutine runs at a time, nearly always, and a second
// processor only costs switches between them, a fifth of all time. go test plays another package on it.
func TestMain(m *testing.M) {
	runtime.GOMAXPROCS(1)
	os.Exit(m.Run())
}
