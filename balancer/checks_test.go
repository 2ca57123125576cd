package balancer

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/internal/option"
	"waza/worker"
)

// vitals are those of worker 0 where it has such a fault for ten seconds from 3.2 s on.
func vitals(kind string, set option.Values) *worker.Vitals {
	if kind == "" {
		return worker.NewVitals(nil, nil, 1)
	}
	f := worker.Fault{Kind: kind, At: 3200 * time.Millisecond, For: 10 * time.Second, Set: set}
	meet := func(int) worker.Trouble { return f.Meet(1, 0, 0) }
	return worker.NewVitals(worker.NewFate([]worker.Trouble{meet(0)}, 1, asDue, nil), []worker.Trouble{meet(0)}, 1)
}

// Two workers are checked every second, one at the full second, the other half a second later.
func TestWhenAWorkerIsDownAndUp(t *testing.T) {
	for _, row := range []struct {
		says, kind string
		set        option.Values
		keys       option.Values
		second     bool          // of the two it is the second
		down, up   time.Duration // when it is found to be; 0: it is not
	}{
		{"the dead refuse, at 4, 5 and 6 s, and pass from 14 s on", "crash", nil, nil, false, 6 * time.Second, 15 * time.Second},
		{"half a second later", "crash", nil, nil, true, 5500 * time.Millisecond, 14500 * time.Millisecond},
		{"those who stand still do not answer until 5, 6 and 7 s", "stall", nil, nil, false, 7 * time.Second, 15 * time.Second},
		{"nor do holes", "blackhole", nil, nil, true, 6500 * time.Millisecond, 14500 * time.Millisecond},
		{"one check, and one", "crash", nil, option.Values{"down": 1, "up": 1}, false, 4 * time.Second, 14 * time.Second},
		{"twice as often", "crash", nil, option.Values{"interval": 500 * time.Millisecond}, false, 4500 * time.Millisecond, 14 * time.Second},
		{"ten are missed, and not eleven", "crash", nil, option.Values{"down": 11}, false, 0, 0},
		{"a slow worker passes", "slow", option.Values{"factor": 9.0}, nil, false, 0, 0},
		{"one that errs, too", "flaky", option.Values{"p": 1.0}, nil, false, 0, 0},
		{"also at once", "fail-fast", nil, nil, false, 0, 0},
	} {
		t.Run(row.says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := open(t, "first", func(b *Balancer) {
					b.Features = []Feature{{"health", row.keys}}
					b.Aim = func(now, due time.Duration) time.Duration { return max(due, now+1) } // an instant of its own comes later
				})
				t.Cleanup(func() { f.close() })
				id := 0
				if row.second {
					id = 1
				}
				for worker := range 2 {
					kind := ""
					if worker == id {
						kind = row.kind
					}
					f.queues[worker] = nil
					f.event(Join{Worker: worker, Concurrency: 1, Limit: 1, Weight: 1, Vitals: vitals(kind, row.set)})
				}
				const nearly = time.Microsecond // each round begins at an instant of the balancer's own
				var changes []time.Duration
				was := false
				for f.now() < 20*time.Second {
					f.sleep(100*time.Millisecond - f.now()%(100*time.Millisecond) + nearly)
					if is := f.members[id].causes == down; is != was {
						changes = append(changes, f.now()-nearly)
						was = is
					}
				}
				if row.down == 0 {
					assert.Empty(t, changes)
				} else {
					assert.Equal(t, []time.Duration{row.down, row.up}, changes)
				}
				assert.Zero(t, f.members[1-id].causes, "the other is always up")
			})
		})
	}
}
