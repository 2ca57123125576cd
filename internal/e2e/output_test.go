package e2e

import (
	"bytes"
	"image/png"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTheUsualRun is the program as the README shows it first, on all cores.
func TestTheUsualRun(t *testing.T) {
	t.Parallel()
	e := finish(t, prepare(t, "-strategy=least-loaded", "-workers=10"))
	require.Zero(t, e.status, e.stderr)
	assert.Contains(t, e.stdout, "waza -strategy=least-loaded -workers=10\n", "the result tells the command that made it")
	assert.Contains(t, e.stdout, "100000 requests issued, all succeeded\n")
	lines := strings.Split(strings.TrimSpace(e.stdout), "\n")
	assert.Regexp(t, `^least-loaded had a p99 latency of .*\.$`, lines[len(lines)-1], "the table ends with one sentence")

	plots := []string{"plots", "plots/latency_by_percentile.png", "plots/latency_cdf.png", "plots/workers.png"}
	require.Equal(t, plots, e.files(t))
	for _, plot := range plots[1:] {
		_, err := png.DecodeConfig(strings.NewReader(e.file(t, plot)))
		assert.NoError(t, err, plot)
		assert.Contains(t, e.stderr, "plot: "+plot+"\n", "stderr tells where the plots went")
		assert.NotContains(t, e.stdout, plot)
	}
}

// Where one time of a run is unlike another a plot over time is drawn, and it is one of those that nothing else may be written to.
func TestWhatHappensIsDrawnOverTime(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	for _, tt := range []struct {
		args  string
		drawn bool
	}{
		{"-requests=500", false},
		{"-requests=500 -fault=slow:factor=3,at=100ms,for=100ms", true},
		{"-requests=500 -arrivals=ramp", true},
		{"-requests=500 -proxies=2", true},
	} {
		e := succeeded(t, tt.args)
		assert.Equal(t, tt.drawn, slices.Contains(e.files(t), "plots/over_time.png"), tt.args)
		assert.Equal(t, tt.drawn, strings.Contains(e.stderr, "plot: plots/over_time.png\n"), tt.args)
	}
	assert.Contains(t, waza(t, "-requests=500 -arrivals=ramp -plots=. -requests-log=over_time.png").stderr, "want another file than the plot")
}

func TestOneDashIsAsGoodAsTwo(t *testing.T) {
	t.Parallel()
	const shape = "strategy=pull %sworkers=3 %srequests=500 %sformat=csv %splots="
	one := succeeded(t, "-"+strings.ReplaceAll(shape, "%s", "-"))
	two := succeeded(t, "--"+strings.ReplaceAll(shape, "%s", "--"))
	next := succeeded(t, strings.Replace("-"+strings.ReplaceAll(shape, "%s", "-"), "workers=3", "workers 3", 1))
	assert.Equal(t, one.stdout, two.stdout)
	assert.Equal(t, one.stdout, next.stdout, "a value may be the next argument")
}

func TestQuietLeavesErrorsOnly(t *testing.T) {
	t.Parallel()
	const args = "-requests=1000 -requests-log=log.csv"
	loud, quiet := succeeded(t, args), succeeded(t, args+" -quiet")
	assert.NotEmpty(t, loud.stderr)
	assert.Empty(t, quiet.stderr)
	assert.Equal(t, loud.files(t), quiet.files(t), "what is written does not depend on who listens")
	assert.Contains(t, waza(t, "-quiet -load=9").stderr, "waza: --load=9: ")
}

// TestTheSameFlagsGiveTheSameBytes on any number of cores: stdout, the requests log and the plots.
func TestTheSameFlagsGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	strategies := "all"
	if testing.Short() {
		strategies = "least-loaded,pull,prequal"
	}
	args := "-strategy=" + strategies + " -requests=800 -load=0.95 -timeout=60ms -retries=2 -jitter=0.3 " +
		"-fault=slow:factor=3,worker=30%,mtbf=500ms,mttr=200ms -format=json -plot-format=svg -requests-log=log.csv"
	everything := func(cores string) string {
		cmd := prepare(t, strings.Fields(args)...)
		cmd.Env = append(os.Environ(), "GOMAXPROCS="+cores) // empty is as good as unset
		e := finish(t, cmd)
		require.Zero(t, e.status, e.stderr)
		all := bytes.NewBufferString(e.stdout)
		for _, name := range e.files(t) {
			if strings.Contains(name, ".") {
				all.WriteString(e.file(t, name))
			}
		}
		return all.String()
	}
	want := everything("")
	for _, cores := range []string{"1", "2"} {
		if cores == strconv.Itoa(runtime.NumCPU()) && cores != "1" {
			continue // so many are all that there are: it has been played
		}
		// True, not Equal: a difference of a megabyte of bytes is nothing to print.
		assert.True(t, want == everything(cores), "GOMAXPROCS=%s: to see the difference run twice: waza %s", cores, args)
	}
}

// TestASweepHasPlotsOfItsOwn, which stderr names.
func TestASweepHasPlotsOfItsOwn(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	for _, row := range []struct {
		args  string
		drawn []string
	}{
		{"-sweep=load=0.5,0.7", []string{"sweep", "response"}},
		{"-sweep=timeout=50ms,none", []string{"sweep"}},
		{"-sweep=load=0.5,0.7 -sweep=timeout=50ms,none", []string{"heat"}},
	} {
		e := waza(t, "-requests=200 -plot-format=svg "+row.args)
		require.Zero(t, e.status, e.stderr)
		var want, told []string
		for _, name := range row.drawn {
			want = append(want, "plots/"+name+".svg")
			told = append(told, "plot: plots/"+name+".svg")
		}
		slices.Sort(want)
		assert.Equal(t, append([]string{"plots"}, want...), e.files(t), row.args)
		assert.Contains(t, e.stderr, strings.Join(told, "\n"), row.args)
	}
}

// A sweep is the same on any number of cores, for those who read it and for programs.
func TestASweepGivesTheSameBytesOnAnyNumberOfCores(t *testing.T) {
	skipIfShort(t, "runs the program on one core and on two")
	t.Parallel()
	for _, format := range []string{"text", "json"} {
		args := "-strategy=random,pull -requests=500 -replications=2 -sweep=load=0.5:0.9:0.2 -sweep=timeout=50ms,none -plots= -format=" + format
		on := func(cores string) string {
			cmd := prepare(t, strings.Fields(args)...)
			cmd.Env = append(os.Environ(), "GOMAXPROCS="+cores)
			e := finish(t, cmd)
			require.Zero(t, e.status, e.stderr)
			return e.stdout
		}
		assert.True(t, on("1") == on("2"), "GOMAXPROCS: to see the difference run twice: waza %s", args)
	}
}
