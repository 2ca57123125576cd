package virtualtime

import (
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"waza/internal/drawn"
)

func TestTimePassesAtOnce(t *testing.T) {
	began, year := time.Now(), 365*24*time.Hour
	var passed time.Duration
	err := Run(func() {
		start, slept := time.Now(), make(chan bool)
		go func() {
			time.Sleep(year)
			close(slept)
		}()
		<-slept
		passed = time.Since(start)
	})
	require.NoError(t, err)
	assert.Equal(t, year, passed, "inside, exactly a year has passed")
	assert.Less(t, time.Since(began), time.Minute, "outside, nearly nothing") // a minute: even a busy machine can do it
}

// In a bubble time stands still once its function has returned: whoever sleeps then would sleep for ever, and that is a
// deadlock too. So the function joins what it has started; what needs no more time may still end after it.
func TestTheFunctionJoinsWhatItHasStarted(t *testing.T) {
	ended := false
	require.NoError(t, Run(func() {
		go func() { ended = true }()
	}))
	assert.True(t, ended, "Run has waited for the goroutine")

	var d *Deadlock
	require.ErrorAs(t, Run(func() {
		go time.Sleep(time.Second)
	}), &d)
}

func TestADeadlockIsAnErrorThatShowsWhereEverybodyStands(t *testing.T) {
	deadlocks := map[string]func(){
		"one waits for a message that nobody sends": waitForNobody,
		"the function has returned, what it started waits for ever": func() {
			go waitForNobody()
			time.Sleep(time.Second)
		},
		"two wait for each other": func() {
			a, b := make(chan int), make(chan int)
			go func() { a <- <-b }()
			b <- <-a
		},
	}
	for name, deadlock := range deadlocks {
		t.Run(name, func(t *testing.T) {
			var d *Deadlock
			require.ErrorAs(t, Run(deadlock), &d)
			assert.Contains(t, d.Error(), "deadlock")
			assert.Contains(t, d.Stacks, "synctest", "the stacks tell which goroutines are of the bubble")
			assert.Contains(t, d.Stacks, "virtualtime_test.go", "and at which line they stand")
		})
	}
}

func waitForNobody() { <-make(chan int) }

// The next run must not suffer from the deadlock of the last.
func TestRunAfterADeadlock(t *testing.T) {
	require.Error(t, Run(waitForNobody))
	require.NoError(t, Run(func() { time.Sleep(time.Hour) }))
}

// synctest is made for tests, and nothing promises that its bubble works in a program that is none. Waza stands on it,
// so this builds the program with the toolchain of go.mod and runs it: five simulated hours of it.
func TestTheBubbleWorksOutsideOfTests(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	room := t.TempDir()
	program := room + "/waza"
	built, err := exec.Command("go", "build", "-o", program, "waza").CombinedOutput()
	require.NoError(t, err, string(built))
	run := exec.Command(program, "--workers=1", "--requests=18000", "--rate=1", "--work=constant:1ms", "--format=json", "--quiet")
	run.Dir = room // it draws plots where it stands
	began := time.Now()
	printed, err := run.Output()
	require.NoError(t, err)
	assert.Contains(t, string(printed), `"succeeded": 18000`)
	assert.Less(t, time.Since(began), time.Minute)
}

// A lane's instants are those ≡ Phase mod Period. Aim takes the one nearest to due, of those after now.
func TestAim(t *testing.T) {
	drawn.Check(t, func(t *rapid.T) {
		period := time.Duration(1) << rapid.IntRange(0, 20).Draw(t, "log2 of the period")
		lane := Lane{Phase: time.Duration(rapid.Int64Range(0, int64(period)-1).Draw(t, "phase")), Period: period}
		instant := rapid.Int64Range(0, int64(10*365*24*time.Hour))
		now := time.Duration(instant.Draw(t, "now"))
		due := time.Duration(instant.Draw(t, "due"))
		if rapid.Bool().Draw(t, "soon") {
			due = now + due%(4*period) - 2*period // around now: the interesting place
		}
		at := lane.Aim(now, due)
		require.Equal(t, lane.Phase, at%period, "it is an instant of the lane")
		require.Greater(t, at, now, "it is still to come")
		if at-period > now { // there is an earlier one to choose
			require.LessOrEqual(t, (at - due).Abs(), (at - period - due).Abs(), "the one before is nearer")
		}
		require.LessOrEqual(t, (at - due).Abs(), (at + period - due).Abs(), "the one after is nearer")
	})
}

func TestAimByExample(t *testing.T) {
	lane := Lane{Phase: 3, Period: 8} // 3, 11, 19, 27, …
	for _, row := range []struct {
		says          string
		now, due, aim time.Duration
	}{
		{"what is due on the lane is not moved", 0, 19, 19},
		{"down to the nearest", 0, 22, 19},
		{"up to the nearest", 0, 24, 27},
		{"half-way goes up", 0, 23, 27},
		{"what is due now has to wait for the next instant", 20, 20, 27},
		{"also if now is on the lane: an instant is used once", 19, 19, 27},
		{"what has been due for long comes next", 100, 3, 107},
		{"the first instant of all is the phase", 0, 0, 3},
	} {
		assert.Equal(t, row.aim, lane.Aim(row.now, row.due), row.says)
	}
}

func TestPeriodHasALaneForEach(t *testing.T) {
	for sleepers, period := range map[int]time.Duration{1: 1, 2: 2, 3: 4, 4: 4, 5: 8, 1111: 2048, 1 << 20: 1 << 20} {
		assert.Equal(t, period, Period(sleepers), "%d sleepers", sleepers)
	}
}
