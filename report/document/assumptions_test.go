package document

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report"
)

// grouped are runs of strategies with the groups that they have in the table of strategies.
func grouped(strategies ...string) []report.Result {
	group := map[string]string{"least-loaded": "load-aware", "join-idle-queue": "load-aware", "prequal": "latency-aware", "pull": "pull",
		"random": "baseline", "round-robin": "baseline", "maglev": "hashing"}
	var runs []report.Result
	for i, name := range strategies {
		p99, all := 0.1*float64(i+1), 1.0
		r := report.Result{Strategy: name, Group: group[name], SuccessShare: &all}
		r.LatencySeconds.P99, r.LatencySeconds.Mean = &p99, &p99
		runs = append(runs, r)
	}
	return runs
}

func TestAssumptionsAreThoseThatNoFlagLifts(t *testing.T) {
	const message, balancer, fifo, arrivals = "a message takes no time", "the balancer costs nothing", "workers are FIFO", "arrivals are as configured"
	names := []string{"least-loaded", "join-idle-queue", "prequal", "pull", "random", "round-robin", "maglev"}
	informed := []string{"least-loaded", "join-idle-queue", "pull"}
	latency := []string{"latency_seconds"}
	for _, c := range []struct {
		says   string
		clock  string
		config Settings
		names  []string
		want   map[string][]string
	}{
		{"the usual", "simulated", Settings{{Name: "probe-delay", Value: "500us"}, {Name: "stale", Value: nil}, {Name: "zone-delay", Value: "0s"}}, names,
			map[string][]string{message: informed, balancer: {"least-loaded", "pull"}, fifo: informed, arrivals: latency}},
		{"probes that take no time", "simulated", Settings{{Name: "probe-delay", Value: "0s"}}, names,
			map[string][]string{message: {"least-loaded", "join-idle-queue", "prequal", "pull"}, balancer: {"least-loaded", "pull"}, fifo: informed, arrivals: latency}},
		{"old counts", "simulated", Settings{{Name: "probe-delay", Value: "500us"}, {Name: "stale", Value: "10ms"}}, names,
			map[string][]string{message: {"join-idle-queue", "pull"}, balancer: {"least-loaded", "pull"}, fifo: informed, arrivals: latency}},
		{"old counts, which all read", "simulated", Settings{{Name: "refresh", Value: "10ms"}}, []string{"least-loaded"},
			map[string][]string{balancer: {"least-loaded"}, fifo: {"least-loaded"}, arrivals: latency}},
		{"zones apart", "simulated", Settings{{Name: "zone-delay", Value: "1ms"}}, names,
			map[string][]string{balancer: {"least-loaded", "pull"}, fifo: informed, arrivals: latency}},
		{"arrivals of a trace", "simulated", Settings{{Name: "trace", Value: "a.csv"}}, []string{"random"},
			map[string][]string{message: latency, balancer: {"latency_seconds", "throughput_per_second"}, fifo: latency}},
		{"constant arrivals", "simulated", Settings{{Name: "arrivals", Value: "constant"}}, []string{"random", "round-robin"},
			map[string][]string{message: latency, balancer: {"latency_seconds", "throughput_per_second"}, fifo: latency, arrivals: {"round-robin"}}},
		{"the real clock", "wall", nil, []string{"pull"}, map[string][]string{fifo: {"pull"}, arrivals: latency}},
	} {
		got := map[string][]string{}
		for _, a := range (Document{Clock: c.clock, Config: c.config, Runs: grouped(c.names...)}).assumptions() {
			got[a.Assumption] = a.Flatters
		}
		assert.Equal(t, c.want, got, c.says)
	}
}

func TestTheTextSaysWhichAssumptionMattersMost(t *testing.T) {
	for _, c := range []struct {
		says   string
		config Settings
		runs   []report.Result
		want   string
	}{
		{"the best knows everything", nil, grouped("pull", "least-loaded"),
			"assumed: a message takes no time, which flatters pull: what is known of the workers is never old; not so with --zone-delay"},
		{"the best knows all but what is new", Settings{{Name: "stale", Value: "10ms"}}, grouped("least-loaded", "pull"),
			"assumed: the balancer costs nothing, which flatters least-loaded: whatever a choice takes is free"},
		{"the best knows nothing", nil, grouped("random", "pull"),
			"assumed: arrivals are as configured, which flatters the latencies of all; not so with --trace"},
		{"nobody is best", nil, []report.Result{{Strategy: "pull", Group: "pull"}}, ""},
	} {
		assert.Equal(t, c.want, Document{Clock: "simulated", Config: c.config, Runs: c.runs}.assumed(), c.says)
	}
	d := Document{Clock: "simulated", Runs: grouped("pull", "least-loaded"), Interrupted: true}
	assert.Empty(t, d.assumed(), "of an interrupted run nobody is called best")
}
