package command

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestFlagsWithoutEffectAreNoted, and those that have one are not.
func TestFlagsWithoutEffectAreNoted(t *testing.T) {
	for _, row := range []struct {
		says, args string
		notes      []string
	}{
		{"nothing is worth a note", "", nil},
		{"nor what was always so", "-discipline=fifo -backlog=none", nil},

		{"slots for a gigabyte", "-workers=1000 -concurrency=1000 -queue=0", []string{
			"1,000,000 slots, each with a goroutine, take about 3.6 GB of memory in each run that is played at a time"}},
		{"workers for more than one", "-workers=100000 -queue=0", []string{
			"100,000 slots, each with a goroutine, take about 1.5 GB of memory in each run that is played at a time"}},
		{"proxies, too", "-strategy=pull -proxies=100 -proxy-concurrency=10000 -proxy-queue=0", []string{
			"1,000,010 slots, each with a goroutine, take about 3.6 GB of memory in each run that is played at a time"}},
		{"slots for less", "-workers=10000 -concurrency=10 -queue=0", nil},

		{"fewer requests than places", "-requests=1000 -discipline=lifo -queue=1024",
			[]string{"--discipline=lifo changes nothing: at most 1,000 requests are there at once, and each worker has 1,025 places"}},
		{"or requesters that wait", "-arrivals=closed -discipline=lifo -backlog=3 -queue=1024", []string{
			"--discipline=lifo changes nothing: at most 100 requests are there at once, and each worker has 1,025 places",
			"--backlog=3 changes nothing: at most 100 requests are there at once, and each worker has 1,025 places"}},
		{"who gives up asks again", "-arrivals=closed -discipline=lifo -timeout=10ms -queue=500", nil},
		{"retries are more", "-requests=1000 -discipline=lifo -retries=1 -timeout=1ms -queue=1023", nil},
		{"balancers share the places", "-requests=1000 -discipline=lifo -balancers=2 -queue=1023", nil},
		{"a backlog where one can wait", "-discipline=lifo -backlog=1 -queue=5", []string{"--discipline=lifo changes nothing: with --backlog=1 no two requests wait in the backlog"}},
		{"queues that are hardly full", "-strategy=all -discipline=lifo", []string{
			"--discipline=lifo orders the backlog, and but for pull, bounded-pull requests wait there only where workers have no room: each has 1,025 places, and --queue makes it fewer",
			"subset: at least 5 of 10 workers get nothing: 1 subset of --subset-size=5"}},
		{"or not at all", "-strategy=all -discipline=lifo -balancers=2", []string{
			"--strategy=all leaves out pull, bounded-pull: one queue has one owner, and there are 2 balancers",
			"--discipline=lifo orders the backlog, and requests wait there only where workers have no room: each has 512 places, and --queue makes it fewer"}},
		{"a queue that may be full", "-discipline=lifo -queue=5", nil},
		{"or a limit, however long queues may be", "-requests=1000 -discipline=lifo -backlog=10 -limit=gradient", nil},
		{"a limit above all places", "-queue=3 -limit=aimd:min=40,start=40", []string{
			"--limit=aimd:start=40,min=40,max=1000,backoff=0.9,timeout=5s changes nothing: workers have no room for more than 40 requests"}},
		{"a limit below them", "-queue=3 -limit=aimd:min=39,start=39", nil},
		{"first come, first to end", "-discipline=edf -timeout=1s -queue=5", []string{
			"--discipline=edf changes nothing: without --retries every request has as long to its end, and the first to come is the first to end"}},
		{"retries have less time left", "-discipline=edf -deadline=1s -timeout=100ms -retries=2 -queue=5", nil},
		{"pull has only the backlog", "-strategy=pull -requests=100 -discipline=lifo -backlog=50", nil},
		{"and no queue at the workers", "-strategy=pull -queue=5", []string{"--queue=5 changes nothing under pull: there no more requests wait at a worker"}},
		{"nor has it where that is bounded", "-strategy=pull,bounded-pull -queue=5",
			[]string{"--queue=5 changes nothing under pull, bounded-pull: there no more requests wait at a worker"}},
		{"unless the queue is shorter", "-strategy=bounded-pull -queue=0", nil},
		{"others have one", "-strategy=pull,random -queue=5", nil},

		{"a fault that hits somebody", "-fault=slow:factor=2,worker=10%", nil},
		{"a share that is rounded up by half at most", "-fault=slow:factor=2,worker=7% -fault=slow:factor=2,worker=21%", nil},
		{"and by more", "-workers=5 -fault=slow:factor=2,worker=1%", []string{
			"--fault=slow:factor=2,worker=1% hits 1 of 5 workers, which is 20%: a share is rounded up"}},
		{"of proxies, too", "-strategy=pull -proxies=2 -fault=slow:factor=2,proxy=10%", []string{
			"--fault=slow:factor=2,proxy=10% hits 1 of --proxies=2, which is 50%: a share is rounded up"}},
		{"a fault that hits nobody", "-fault=slow:factor=2,worker=1e-9%", []string{"--fault=slow:factor=2,worker=1e-9% hits nobody: 1e-09% of 10 workers is none"}},
		{"a fault that makes nothing slower", "-fault=slow:factor=1 -fault=cold:factor=1,ramp=5s,worker=0", []string{
			"--fault=slow:factor=1 changes nothing: with factor=1 a service takes as long as without",
			"--fault=cold:factor=1,ramp=5s,worker=0 changes nothing: with factor=1 a service takes as long as without"}},
		{"crashes of all", "-fault=crash:at=15s", []string{
			"no worker is left when all have crashed, and requests that wait then are lost 5s after the last has begun"}},
		{"who has an end does not wait longer", "-fault=crash:at=15s -deadline=10s", nil},
		{"two crashes that are one", "-fault=crash:worker=0-3,at=15s,for=10s -fault=crash:worker=2-4,at=18s,for=2s", []string{
			"--fault=crash:worker=0-3,at=15s,for=10s and --fault=crash:worker=2-4,at=18s,for=2s overlap at worker 2: the two are one crash there, which ends when both have"}},
		{"the same for ever", "-fault=blackhole:at=15s -fault=blackhole:worker=9,at=100s -timeout=1s", []string{
			"--fault=blackhole:at=15s and --fault=blackhole:worker=9,at=100s overlap at worker 9: the two are one blackhole there, which ends when both have"}},
		{"one after the other, or elsewhere, or another, or by chance", "-fault=crash:worker=1,at=15s,for=10s -fault=crash:worker=1,at=25s,for=1s " +
			"-fault=crash:worker=2,at=15s,for=10s -fault=stall:worker=1,at=15s,for=10s -fault=crash:worker=1,mtbf=1m,mttr=1s", nil},
		{"two that slow are slower than one", "-fault=slow:factor=2 -fault=slow:factor=2", nil},
		{"a timeout after the end", "-timeout=1s -deadline=500ms", []string{"--timeout=1s changes nothing: by then --deadline=500ms is over"}},
		{"or before it", "-timeout=499ms -deadline=500ms", nil},
		{"one zone, one priority", "-zones=1 -priorities=1", []string{
			"--zones=1 parts nobody: all requests and workers are in the one zone",
			"--priorities=1 orders nothing: all requests have the one priority"}},
		{"one priority by turns", "-priorities=cycle:1", []string{"--priorities=cycle:1 orders nothing: all requests have the one priority"}},
		{"whose work is said", "-priorities=1 -priority-work=exponential:5ms", nil},
		{"two of each", "-zones=0.5,0.5 -priorities=0.5,0.5", nil},

		{"a fault in the run", "-fault=slow:factor=2,at=124s", nil},
		{"a fault that is not measured", "-fault=slow:factor=2,at=5s,for=7.5s", []string{
			"--fault=slow:factor=2,at=5s,for=7.5s is over in the warm-up, of which nothing is measured: it takes 12.5 s"}},
		{"or not from its start on", "-fault=slow:factor=2,for=13s -fault=slow:factor=3,at=12s", []string{
			"--fault=slow:factor=2,for=13s begins in the warm-up, of which nothing is measured: its harm shows from 12.5 s on, and nothing before it to compare with",
			"--fault=slow:factor=3,at=12s begins in the warm-up, of which nothing is measured: its harm shows from 12.5 s on, and nothing before it to compare with"}},
		{"or all that is measured", "-fault=slow:factor=2 -fault=slow:factor=3,at=12.5s,for=1s -fault=slow:factor=3,mtbf=1s,mttr=1s", nil},
		{"a fault after the end", "-fault=slow:factor=2,at=125s", []string{"--fault=slow:factor=2,at=125s begins when all requests have: they arrive for 125 s"}},
		{"also of a closed loop", "-arrivals=closed -duration=5s -fault=slow:factor=2,at=1m",
			[]string{"--fault=slow:factor=2,at=1m begins when all requests have: they arrive for 5 s"}},
		{"which else ends nobody knows when", "-arrivals=closed -fault=slow:factor=2,at=1000h", nil},
		{"and of a trace", "-trace=" + ourTrace + " -fault=slow:factor=2,at=1m",
			[]string{"--fault=slow:factor=2,at=1m begins when all requests have: they arrive for 24.98 s"}},

		{"a spike in the run", "-arrivals=spike:at=124s,for=1h", nil},
		{"a spike after the end", "-arrivals=spike:at=125s",
			[]string{"--arrivals=spike:factor=2,at=2m5s,for=5s begins when all requests have: they arrive for 125 s"}},
		{"a spike that is not measured", "-arrivals=spike:at=0s",
			[]string{"--arrivals=spike:factor=2,at=0s,for=5s is over in the warm-up, of which nothing is measured: it takes 12.5 s"}},
		{"two days and a little", "-arrivals=diurnal", nil},
		{"half a day", "-arrivals=diurnal:period=250s", []string{
			"--arrivals=diurnal:amplitude=0.5,period=4m10s: all rates are 0.7585 times what the factors say, for in the 125 s of this run their mean is 1.318"}},

		{"nothing fails", "-retries=2 -fault=slow:factor=2", []string{
			"--retries=2 changes nothing: without --timeout, --when-full=reject or a fault that fails there is nothing to retry"}},
		{"nothing fails, so nothing is punished", "-strategy=peak-ewma-penalty -failure-penalty=1s", []string{
			"--failure-penalty=1s changes nothing: without --timeout, --when-full=reject or a fault that fails nothing fails"}},
		{"something fails", "-strategy=peak-ewma-penalty -retries=2 -failure-penalty=1s -fault=flaky:p=0.1", nil},
		{"or times out", "-retries=2 -timeout=1s", nil},
		{"nobody knows the percentile", "-requests=10000 -hedge=p95", []string{
			"--hedge=p95 changes nothing: a requester knows it once 100 of its requests are answered, and each has 100 requests"}},
		{"or somebody does", "-requests=10001 -hedge=p95", nil},
		{"a hedge without another worker", "-workers=1 -hedge=20ms", []string{
			"--hedge=20ms: a hedge goes to the worker that has the first attempt, and only adds work: with --workers=1 there is no other"}},
		{"of a pool there may be another", "-workers=1 -max-workers=2 -hedge=20ms", nil},
		{"of a shard there is none", "-strategy=shuffle-shard,pull -shard-size=1 -requesters=1000 -hedge=20ms", []string{
			"--hedge=20ms: under shuffle-shard a hedge goes to the worker that has the first attempt, and only adds work: with --shard-size=1 there is no other"}},
		{"nor of a subset", "-strategy=subset -balancers=10 -subset-size=1 -hedge=20ms", []string{
			"--hedge=20ms: under subset a hedge goes to the worker that has the first attempt, and only adds work: with --subset-size=1 there is no other"}},
		{"or is rejected", "-retries=2 -when-full=reject -backlog=5", nil},
		{"or is dropped", "-retries=2 -discipline=codel -queue=5", nil},

		{"draws that the clock would cut", "-work=lognormal:100h,cv=100 -requests=1000 -rate=0.001", []string{
			"--work=lognormal:100h,cv=100 may draw lengths of more than 100000h: the clock of the run cuts them there"}},
		{"or hardly", "-work=lognormal:1h,cv=100 -requests=1000 -rate=0.1", nil},
		{"that of the slowest worker, with one of several works", "-priorities=0.5,0.5 -priority-work=1h/bimodal:1h,200h,p=0.5 -speeds=9x1,0.001 -requests=2 -rate=0.01", []string{
			"--priority-work=1h/bimodal:1h,200h,p=0.5 may draw lengths of more than 100h: the clock of the run cuts them there, on the slowest worker and with every fault"}},
		{"and noise", "-work=100h -jitter=10 -requests=3000 -rate=0.001", []string{
			"--jitter=10 may draw lengths of more than 100000h: the clock of the run cuts them there"}},
		{"and thinking", "-arrivals=closed -think=lognormal:900h,cv=100 -requests=100", []string{
			"--think=lognormal:900h,cv=100 may draw lengths of more than 100000h: the clock of the run cuts them there"}},

		{"health where something fails", "-outlier=on -breaker=on -fault=flaky:p=0.1", nil},
		{"and where nothing does", "-outlier=on -breaker=reset=1s -fault=slow:factor=2", []string{
			"--outlier=on changes nothing: without a fault that fails no worker does",
			"--breaker=reset=1s changes nothing: without a fault that fails no worker does"}},
		{"all are there", "-health=on -fault=fail-fast:worker=3", []string{
			"--health=on changes nothing: without a fault that kills, stops or swallows all workers pass"}},
		{"one is not", "-health=on -fault=stall:worker=3,at=20s,for=5s", nil},
		{"nor in a hole", "-health=on -fault=blackhole:worker=3 -timeout=1s", nil},
		{"but who is slow is ejected", "-outlier=latency=50ms -fault=slow:factor=2", nil},
		{"a tenth of few is nobody", "-outlier=on -workers=9 -fault=flaky:p=0.1", []string{"--outlier=on ejects nobody: share=10% of 9 workers is none"}},
		{"and a tenth of ten is one", "-outlier=share=0.1 -fault=flaky:p=0.1", nil},
		{"nobody starts later", "-strategy=weighted-random -slow-start=5s", []string{"--slow-start=5s changes nothing: no worker joins later or is ever unfit"}},
		{"but those of a pool", "-strategy=weighted-random -slow-start=5s -min-workers=2", nil},
		{"and those who come back", "-strategy=weighted-random -slow-start=5s -fault=crash:worker=0,at=21s,for=1s", nil},
		{"and who was ejected", "-strategy=weighted-random -slow-start=5s -outlier=on -fault=flaky:p=0.1", nil},
		{"of all strategies only some", "-strategy=all -slow-start=5s -outlier=on -fault=flaky:p=0.1", []string{
			"--strategy=all leaves out all but weighted-least-loaded, weighted-round-robin, weighted-random: no other heeds --slow-start"}},
	} {
		assert.Equal(t, row.notes, parsed(t, row.args).Notes, "%s: %s", row.says, row.args)
	}
}
