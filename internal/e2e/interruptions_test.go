package e2e

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// interruptions is how often each hard case is interrupted; the result of fifty stands in this folder's README.
var interruptions = flag.Int("interruptions", 1, "how often TestInterruptionsAtRandomInstants interrupts each case")

// TestInterruptionsAtRandomInstants interrupts what is hard to interrupt: it ends soon, its books are right (or its status would be
// another), and a file that was there before is there still, old or whole.
func TestInterruptionsAtRandomInstants(t *testing.T) {
	skipIfShort(t, "it waits for many moments")
	random := rand.New(rand.NewPCG(1, uint64(os.Getpid())))
	for _, row := range []struct {
		says, args string
		within     time.Duration
	}{
		{"a million in flight", "-load=2 -requests=50000000", 2 * soon},
		{"a grace of months", "-load=1.5 -grace=1000h -requests=50000000", soon},
		{"a log of all requests", "-requests=1000000000 -requests-log=log.csv", soon},
		{"many workers to be made", "-workers=100000 -requesters=100000", 2 * soon},
		{"a fault with a hundred million phases", "-requests=2 -rate=2.1e-5 -fault=slow:factor=2,mtbf=1ms,mttr=1ms", soon},
		{"all strategies", "-strategy=all -requests=50000000 -timeout=12ms -retries=3", soon},
		{"the wall clock", "-clock=wall -duration=1000s -work=100s -rate=5 -grace=1s", soon},
	} {
		for i := range *interruptions {
			t.Run(fmt.Sprintf("%s, %d", row.says, i), func(t *testing.T) {
				at := 50*time.Millisecond + time.Duration(random.Int64N(int64(800*time.Millisecond)))
				e := interruptedAt(t, "-format=json -plots= "+row.args, at, row.within)
				log := filepath.Join(e.dir, "log.csv")
				require.Equal(t, onInterrupt, e.status, e.stderr)
				d := e.document(t)
				assert.True(t, d.Interrupted)
				for _, run := range d.Runs {
					requireVerdicts(t, run.Requests)
				}
				if text, err := os.ReadFile(log); err == nil {
					assert.Equal(t, byte('\n'), text[len(text)-1], "the log is whole")
				}
			})
		}
	}
}

// interruptedAt interrupts the program so long after its start. On a busy machine it may not be listening yet, and dies of the signal, as any
// program does: then the same is done later.
func interruptedAt(t *testing.T, args string, at, within time.Duration) ending {
	for {
		c := start(t, args)
		c.works(t, at)
		e := c.gets(t, within, syscall.SIGINT)
		if died := e.status == -1 && e.stdout+e.stderr == ""; !died || at > 2*time.Second {
			return e
		}
		at *= 2
	}
}
