package command

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"waza/requester"
)

func TestUploadsAreReadAsTheyAreMeant(t *testing.T) {
	for _, row := range []struct {
		args string
		want requester.Upload
	}{
		{"", requester.Upload{Share: 0.1}},
		{"-upload=1MB", requester.Upload{Takes: time.Second, Share: 0.1}},
		{"-upload=1MiB -bandwidth=512KiB/s -slow-requesters=25% -buffer-uploads", requester.Upload{Takes: 2 * time.Second, Share: 0.25, Buffered: true}},
		{"-upload=1B -bandwidth=1000TB/s", requester.Upload{Takes: 1, Share: 0.1}},
	} {
		assert.Equal(t, row.want, parsed(t, row.args).Simulation.Upload, row.args)
	}
	c := parsed(t, "-upload=1MB -load=0.5 -requests=9")
	assert.Equal(t, 500., c.Simulation.Rate, "the load is that of work")
	assert.Equal(t, "10 workers, 100 requesters, 9 requests, load 0.5, exponential work of 10 ms, 10 slow requesters with bodies of 1MB at 1MB/s, seed 1", c.Title)
}

// A tenth of 500 requests per second hold a worker for 10 ms each, beside half of the time of all ten for work: 0.5 + 0.05.
func TestUploadsThatAreTooMuchAreNoted(t *testing.T) {
	assert.Empty(t, parsed(t, "-upload=10kB -load=0.5").Notes)
	const note = "--upload=1MB: with uploads workers would have to be held for 5.5 times the time that they have: each of 10 slow requesters takes 1s; " +
		"--buffer-uploads holds none"
	assert.Equal(t, []string{note}, parsed(t, "-upload=1MB -load=0.5").Notes)
	assert.Empty(t, parsed(t, "-upload=1MB -load=0.5 -buffer-uploads").Notes)
	assert.NotContains(t, parsed(t, "-upload=1MB -load=0.5 -proxies=3").Notes, note, "proxies wait for bodies")
	assert.Contains(t, parsed(t, "-upload=1MB -load=0.5 -timeout=1s").Notes, "--upload=1MB: slow requesters give up before they have sent it, which takes 1s: --timeout=1s")
}

func TestUploadsThatCannotBeAreRefused(t *testing.T) {
	const beside = ": want --upload=SIZE beside it: without, requests have no body"
	for _, r := range []badRow{
		{"no unit", words("--upload=5"), "--upload=5: want a size from 1B to 1000TB, such as 500kB, 1MB or 1MiB, or none"},
		{"bits", words("--upload=1MB --bandwidth=8Mbit/s"), "--bandwidth=8Mbit/s: want bytes per second from 1B/s to 1000TB/s, such as 500kB/s or 1MB/s"},
		{"nobody is slow", words("--upload=1MB --slow-requesters=0%"), "--slow-requesters=0%: want a share above 0%, or no --upload"},
		{"for ever", words("--upload=1GB --bandwidth=1B/s"), "--upload=1GB: want a body that takes at most 1000h at --bandwidth=1B/s"},
		{"too long in all", words("--upload=1MB --bandwidth=1B/s"),
			"--upload=1MB: want at most 500000h of work in all, for the slowest worker and with every retry, not 2.778e+06h"},
		{"a bandwidth for nothing", words("--bandwidth=1MB/s"), "--bandwidth=1MB/s" + beside},
		{"slow with nothing", words("--slow-requesters=10%"), "--slow-requesters=10%" + beside},
		{"nothing to buffer", words("--buffer-uploads"), "--buffer-uploads=true" + beside},
	} {
		r.check(t)
	}
}
