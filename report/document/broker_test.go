package document

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"waza/report"
)

func TestHowManyWorkersAreAskedFor(t *testing.T) {
	five, once, twice := report.Count(5), 1., 2.
	for _, row := range []struct {
		attempts *float64
		speed    float64
		says     string
	}{
		{nil, 1, "workers: what comes asks for 5 workers at 70 % utilisation; "},
		{&once, 1, "workers: what comes asks for 5 workers at 70 % utilisation; "},
		{&twice, 1, "workers: what comes, with its retries and hedges, asks for 5 workers at 70 % utilisation; "},
		{&once, 4, "workers: what comes asks for 5 workers as fast as these at 70 % utilisation; "},
	} {
		r := report.Result{Broker: &report.BrokerFigures{RecommendedWorkers: &five}, AttemptsPerRequest: row.attempts, Workers: []report.WorkerRow{{Speed: row.speed}}}
		assert.Contains(t, shared([]note{workersNote(&r)}), row.says)
	}
}

func TestAGrowthThatCannotBeTold(t *testing.T) {
	growth, noise := 12.64, 13.31
	c := report.Check{Check: "stable", Figure: &growth, Noise: &noise, Is: "growth_per_second"}
	assert.Equal(t, "check: stable: cannot be told (12.6 more a second, and chance alone makes up to 13.3)", shared([]note{checkNote(c)}))
	c.Passed = new(true)
	assert.Equal(t, "check: stable: yes (13 more a second)", shared([]note{checkNote(c)}))
}

func TestAShareThatIsFarFromFairByChance(t *testing.T) {
	away, noise := 0.433, 0.846
	c := report.Check{Check: "even", Passed: new(true), Figure: &away, Noise: &noise, Is: "deviation"}
	assert.Equal(t, "check: even: yes (+43.3 % from the fair share at most, and chance alone makes up to 84.6 %)", shared([]note{checkNote(c)}))
	away = 0.24
	assert.Equal(t, "check: even: yes (+24 % from the fair share at most)", shared([]note{checkNote(c)}))
	away, c.Passed = 0.9, new(false)
	assert.Equal(t, "check: even: NO (+90 % from the fair share at most)", shared([]note{checkNote(c)}))
}

func TestWhatALongP95ConsistsOfIsSaid(t *testing.T) {
	type proxies []report.ProxyRow
	took := func(mean, p95 float64) report.ProxyRow {
		return report.ProxyRow{Requests: 50, ResponseSeconds: report.Spread{Mean: &mean, P95: &p95}}
	}
	fast, none := took(0.001, 0.001), report.ProxyRow{}
	const up = "scale: up, for p95 is above 5 s; "
	for _, c := range []struct {
		waited, latency, service float64 // the means; p95 of the work
		waits                    bool    // proxies do, for the workers
		proxies                  proxies
		want                     string
	}{
		{0.002, 20, 60, false, proxies{fast, none}, up + "hardly anything waits for a worker: the p95 of the work itself is 60.00 s, and more workers do not shorten it"},
		{17, 18, 1.5, false, proxies{took(18, 31), took(15, 30), none}, up + "hardly anything waits for a worker: requests are at the proxies for as long, and more workers do not shorten that"},
		{17, 18, 1.5, true, proxies{took(18, 31), took(15, 30), none}, up + "of the mean, 18.00 s, the attempt that is answered waits 17.00 s for its service"},
		{17, 18, 60, true, proxies{took(18, 31), none}, up + "of the mean, 18.00 s, the attempt that is answered waits 17.00 s for its service, and the p95 of the work itself is 60.00 s, which more workers do not shorten"},
		{3, 4, 1.5, false, proxies{took(4, 31), took(1, 3)}, up + "of the mean, 4.00 s, the attempt that is answered waits 3.00 s for its service, of which a proxy takes 2.50 s"},
		{17, 20, 3, false, proxies{fast, none}, up + "of the mean, 20.00 s, the attempt that is answered waits 17.00 s for its service, of which a proxy takes 1.00 ms"},
		{15, 20, 6, false, nil, up + "of the mean, 20.00 s, the attempt that is answered waits 15.00 s for its service, and the p95 of the work itself is 6.00 s, which more workers do not shorten"},
	} {
		r := report.Result{
			Broker: &report.BrokerFigures{Scale: "up", ScaleReasons: []string{"latency"}}, Proxies: c.proxies, ProxiesWait: c.waits,
			LatencySeconds: report.Spread{Mean: &c.latency}, WaitSeconds: report.Spread{Mean: &c.waited}, ServiceSeconds: report.Spread{P95: &c.service},
		}
		assert.Equal(t, c.want, shared([]note{scaleNote(&r)}))
	}
	latency, waited, long := 18., 17., 31.
	full := report.Result{
		Broker:      &report.BrokerFigures{Scale: "up", ScaleReasons: []string{"utilization", "latency"}},
		ProxiesWait: true, Proxies: proxies{took(18, long)}, LatencySeconds: report.Spread{Mean: &latency}, WaitSeconds: report.Spread{Mean: &waited},
	}
	assert.Equal(t, "scale: up, for utilisation is above 80 % and p95 is above 5 s; of the mean, 18.00 s, the attempt that is answered waits 17.00 s for its service",
		shared([]note{scaleNote(&full)}), "proxies are full of what waits for the workers")
	short := 0.5
	full.Broker.ScaleReasons, full.ProxiesWait, full.Proxies, full.WaitSeconds.Mean = []string{"queue", "latency"}, false, nil, &short
	assert.Equal(t, "scale: up, for more than 1,000 wait and p95 is above 5 s; of the mean, 18.00 s, the attempt that is answered waits 500.0 ms for its service",
		shared([]note{scaleNote(&full)}), "what still waits is not answered")
	r := report.Result{Broker: &report.BrokerFigures{Scale: "up", ScaleReasons: []string{"utilization"}}}
	assert.Equal(t, "scale: up, for utilisation is above 80 %", shared([]note{scaleNote(&r)}))
}
