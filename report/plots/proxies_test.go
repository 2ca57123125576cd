package plots

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report"
)

// What proxies did stands below the pictures of workers and of time, of all strategies together, and the longest responses where not all have a p99.
func TestProxiesAreNamedBelowThePictures(t *testing.T) {
	proxy := func(share, busy float64, response report.Spread) report.ProxyRow {
		return report.ProxyRow{Share: &share, Utilization: &busy, ResponseSeconds: response}
	}
	seconds := func(v float64) *float64 { return &v }
	one := runs{{Proxies: []report.ProxyRow{proxy(1, 0.25, report.Spread{Max: seconds(2)})}}}
	assert.Equal(t, []string{"A proxy in front of the workers: 100 % of the requests, slots busy for 25 % of the time, its longest response 2 s."}, one.proxies())
	two := runs{
		{Proxies: []report.ProxyRow{proxy(0.4, 0.5, report.Spread{P99: seconds(1), Max: seconds(9)}), proxy(0.6, 0.5, report.Spread{P99: seconds(1.5), Max: seconds(8)})}},
		{Proxies: []report.ProxyRow{proxy(0.5, 0.5, report.Spread{P99: seconds(3), Max: seconds(7)}), proxy(0.5, 0.5, report.Spread{})}},
	}
	want := "2 proxies in front of the workers, each: 40 % to 60 % of the requests, slots busy for 50 % of the time, p99 of its response 1 s to 3 s."
	assert.Equal(t, []string{want}, two.proxies())
	two[1].Proxies[1].ResponseSeconds.Max = seconds(4)
	want = "2 proxies in front of the workers, each: 40 % to 60 % of the requests, slots busy for 50 % of the time, its longest response 4 s to 9 s."
	assert.Equal(t, []string{want}, two.proxies(), "where one has no p99 all have their longest")
	assert.Nil(t, runs{{}}.proxies())

	busy, timed := plotted(1, 2, 100).Runs[0], eventful(1)[0]
	busy.Proxies, timed.Proxies = two[0].Proxies, two[0].Proxies
	below := "2 proxies in front of the workers, each: 40 % to 60 % of the requests, slots busy for 50 % of the time, p99 of its response 1 s to 1.5 s."
	assert.Contains(t, perWorker(runs{busy}).caption, below)
	assert.Contains(t, overTime(runs{timed}).caption, below)
}
