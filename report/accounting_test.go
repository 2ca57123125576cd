package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/balancer"
	"waza/internal/invented"
	"waza/report"
	"waza/requester"
)

// Each row breaks one count of a run in which all identities hold; the error must name it with its two sides.
func TestEveryIdentityIsChecked(t *testing.T) {
	v := invented.Run{Workers: 2, Requests: 100, Load: 0.9, Seed: 1, Timeout: 20 * time.Millisecond}
	for _, c := range []struct {
		says string
		harm func(outcomes []requester.Outcome, f *report.Facts)
		want string
	}{
		{"a run in order has no error", func([]requester.Outcome, *report.Facts) {}, ""},
		{"a request more at the balancer", func(_ []requester.Outcome, f *report.Facts) { f.Balancers[0].Admitted++; f.Balancers[0].Rejected++ },
			"accounting: attempts: with a verdict 100, admitted, withdrawn or cancelled at the door 101"},
		{"a request vanishes in the backlog", func(o []requester.Outcome, f *report.Facts) {
			f.Balancers[0].Admitted++
			o[0].Attempts[0]++
			o[0].Unserved++
		},
			"accounting: admitted: balancers received 101, dispatched, rejected, skipped or cancelled, but for claims 100"},
		{"a Done goes astray", func(_ []requester.Outcome, f *report.Facts) { f.Balancers[0].Completed-- },
			"accounting: dispatched: balancers sent 100, balancers saw done or forgot 99"},
		{"a job stays in a queue", func(_ []requester.Outcome, f *report.Facts) { f.Workers[0].Received--; f.Workers[0].Skipped-- },
			"accounting: received: balancers sent 100, workers received 99"},
		{"a job is forgotten by its worker", func(_ []requester.Outcome, f *report.Facts) { f.Workers[0].Skipped-- },
			"accounting: queues: workers received 100, begun, skipped, cancelled or buried 99"},
		{"a skip is not told", func(o []requester.Outcome, _ *report.Facts) { first(o, requester.TimedOut).Skipped = 0 },
			"accounting: executions: workers began"},
		{"an answer is not told", func(o []requester.Outcome, _ *report.Facts) { o[0].Executed = 0 },
			"accounting: answers: workers began"},
		{"a service is a nanosecond longer for its worker", func(_ []requester.Outcome, f *report.Facts) { f.Workers[0].Busy++ },
			"accounting: utilisation law (ns): workers were busy for"},
		{"a balancer sees a Done a nanosecond late", func(_ []requester.Outcome, f *report.Facts) { f.Balancers[0].Workers[1].Pending++ },
			"accounting: pending of worker 1: its integral is"},
		{"one of two balancers sees a Done late", func(_ []requester.Outcome, f *report.Facts) {
			f.Balancers = append(f.Balancers, balancer.Ledger{Workers: make([]balancer.Book, 2)})
			f.Balancers[0].Workers[1] = balancer.Book{Pending: 5}
			f.Balancers[1].Workers[1] = balancer.Book{Pending: 5, Sojourns: 5}
		},
			"accounting: pending of worker 1 at balancer 0: its integral is"},
	} {
		outcomes, facts := v.Outcomes(v.Window())
		c.harm(outcomes, &facts)
		r, err := invented.Fold(report.Options{Window: v.Window(), Expected: 100}, outcomes, 30).Result(facts)
		if c.want == "" {
			require.NoError(t, err, c.says)
			continue
		}
		require.Error(t, err, c.says)
		assert.Equal(t, err.Error(), r.Unaccounted, "the table says so too")
		assert.Contains(t, err.Error(), c.want, c.says)
		assert.NotContains(t, err.Error(), ";", "%s: nothing else is wrong", c.says)
	}
}

func TestRequestsThatWereNotIssued(t *testing.T) {
	v := invented.Run{Workers: 1, Requests: 10, Load: 0.5}
	outcomes, facts := v.Outcomes(v.Window())
	_, err := invented.Fold(report.Options{Window: v.Window(), Expected: 11}, outcomes, 10).Result(facts)
	assert.EqualError(t, err, "accounting: requests: asked for 11, with a verdict 10")
	facts.Unissued = 1
	_, err = invented.Fold(report.Options{Window: v.Window(), Expected: 11}, outcomes, 10).Result(facts)
	assert.NoError(t, err, "the time was over before it could begin")
}

// first returns the first outcome with this verdict.
func first(outcomes []requester.Outcome, v requester.Verdict) *requester.Outcome {
	for i := range outcomes {
		if outcomes[i].Verdict == v {
			return &outcomes[i]
		}
	}
	panic("no outcome is " + v.String())
}
