package e2e

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// What the README says of the systems that people run is what its commands print, and what they do with other flags: each row is a phrase that stands
// there, without line breaks, and what is printed of it.
func TestTheREADMEsSystemsAreTrue(t *testing.T) {
	skipIfShort(t, "thirty runs, of up to 50,000 requests")
	t.Parallel()
	section := readmeSection(t, "Systems that people run")
	for _, command := range commands.FindAllStringSubmatch(section, -1) {
		succeeded(t, command[1])
	}
	section = strings.Join(strings.Fields(section), " ")
	const of = `(?m)^  \S+ +`
	for _, row := range []struct{ says, args, prints string }{
		{"instead of 32 rejects 25 % instead of 23 %, and the mean is 36 ms instead of 92", "qpool-saturated", ` 4617 rejected\n(.|\n)*all 4 workers: always busy, queue full`},
		{"instead of 32 rejects 25 % instead of 23 %, and the mean is 36 ms instead of 92", "qpool-saturated", of + `76\.64  91\.76`},
		{"that lets 8 wait", "qpool-saturated -regulator=backpressure:queue=8", of + `75\.35  36\.30`},
		{"(`queue=0`) rejects 43 %", "qpool-saturated -regulator=backpressure:queue=0", of + `57\.00`},
		{"not the choice among workers", "qpool-microservices", `the same for all: success 99.58 %`},
		{"A bound on utilisation pays for its short tail with requests", "qpool-cpu", of + `81\.69 `},
		{"one of eight times the speed does nearly half of it", "broker-uneven", `begun by each worker in the window: 4223, 1169, `},
		{"workers are half idle", "broker-proxy-overload", `queue: healthy, 0 waiting in the mean, 0 at most(.|\n)*overloaded: yes \(51 % busy`},
		{"12,000 messages is lost, against 77", "broker-worker-killed", `12000 requests issued, 11923 succeeded, 77 lost`},
		{"up to three seconds later", "broker-worker-killed -claim=3s", `12000 requests issued, all succeeded(.|\n)*2\.98 s at\s+most`},
		{"are processed twice (`broker-stuck`)", "broker-stuck -claim=3s", `executions: 62 duplicated`},
		{"loses what comes until it is missed", "broker-proxy-failover", `7969 succeeded, 31 failed`},
		{"requesters that try again", "broker-proxy-failover -retries=2", `8000 requests issued, all succeeded`},
		{"or health checks, mend that", "broker-proxy-failover -health=interval=200ms,down=1", `8000 requests issued, all succeeded`},
		{"busy for 31 % of its time", "broker-medium -fault=flaky:worker=0,p=0.3 -message-retry=30s,attempts=10000", `10000 requests issued, all succeeded(.|\n)*overloaded: yes \(30\.9 % busy`},
		{"half of its workers has a thousand messages waiting in a peak, while its mean asks for two workers", "broker-large -workers=5", `1110 at most(.|\n)*asks for 2 workers`},
		{"seven or eight of ten tasks are rejected", "adaptive-pool-burst", `150 requests issued, 36 succeeded, 114 rejected`},
		{"takes half as long with ten times as many looks", "adaptive-pool", of + `.* 522\.03\n`},
		{"takes half as long with ten times as many looks", "adaptive-pool -scale-interval=50ms", of + `.* 247\.48\n`},
		{"1.5 s here", "streams-consumer-killed", `1200 requests issued, all succeeded(.|\n)*suspected: on average 1\.52 s`},
		{"up to a lease later", "streams-lost-announcement", `21 by a sweep, on average 2\.02 s`},
		{"has done the work for nobody (`streams-zombie`)", "streams-zombie", `in vain: 13 % of the busy time`},
		{"busy for 90 % of their time", "slow-uploads", ` 89\.6 `},
		{"though work is 18 %", "slow-uploads -buffer-uploads", `utilisation 17\.8 %`},
	} {
		assert.Contains(t, section, row.says)
		printed := succeeded(t, "-plots= -scenario="+row.args).stdout
		assert.Regexp(t, row.prints, printed, row.says)
	}
}
