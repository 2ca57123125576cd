package command

import (
	"os"
	"runtime"
	"testing"
)

// TestMain tests on one processor, unless -cpu says otherwise: one goroutine works at a time, and the collector of garbage, where it has another
// processor, takes more time than it saves. go test tests another package on it.
func TestMain(m *testing.M) {
	runtime.GOMAXPROCS(1)
	os.Exit(m.Run())
}
