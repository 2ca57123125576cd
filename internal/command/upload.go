package command

import (
	"errors"
	"fmt"
	"time"

	"waza/internal/option"
)

// upload is what the flags say of the bodies of requests.
type upload struct {
	size      float64 // in bytes; 0: they have none
	bandwidth float64 // of a slow requester, in bytes per second
}

func (f *flags) declareUpload(s *section) {
	without, beside := func() bool { return f.upload.size == 0 }, "--upload=SIZE beside it: without, requests have no body"
	bind(s, &f.upload.size, option.OrNone(option.Size(), 0), "upload", "none",
		"`SIZE` of the body of each request, such as 1MB or 1MiB. It holds the worker while a slow requester sends it, beside the work and whatever the speed; --load does not count it").
		check(f.checkUpload)
	bind(s, &f.upload.bandwidth, option.Bandwidth(), "bandwidth", "1MB/s", "of each slow requester, in bytes per second").idle(without, beside)
	bind(s, &f.run.Upload.Share, option.Percentage(), "slow-requesters", "10%", "so many of the requesters; the bodies of the others take no time").
		idle(without, beside).
		check(func() error {
			if f.run.Upload.Share == 0 {
				return errors.New("want a share above 0%, or no --upload")
			}
			return nil
		})
	bindSwitch(s, &f.run.Upload.Buffered, "buffer-uploads", "false", "let the balancer take the body first: the attempt is offered that much later, and holds no worker meanwhile").
		idle(without, beside)
}

// giveUpload works out how long a slow requester takes for a body.
func (f *flags) giveUpload() error {
	if f.upload.size > 0 {
		takes := f.upload.size / f.upload.bandwidth * float64(time.Second)
		f.run.Upload.Takes = time.Duration(max(1, min(takes, float64(2*maxLength))))
	}
	return nil
}

// checkUpload refuses bodies that take too long.
func (f *flags) checkUpload() error {
	if takes := f.run.Upload.Takes; takes > maxLength {
		return fmt.Errorf("want a body that takes at most %s at --bandwidth=%s", option.Short(maxLength), f.flag("bandwidth"))
	}
	return nil
}

// uploads is how many seconds of uploading there are per request, on average.
func (f *flags) uploads() float64 {
	c := f.run
	return float64(c.Upload.Slow(c.Requesters)) / float64(c.Requesters) * c.Upload.Takes.Seconds()
}

// remarkUpload names uploads that are more than the workers have time for, and those that nobody waits for.
func (f *flags) remarkUpload() {
	c := f.run
	takes := c.Upload.Takes
	if takes == 0 {
		return
	}
	slots := f.pool.start * c.Concurrency
	held := c.Rate*f.mean/capacity(c) + c.Rate*f.uploads()/float64(slots)
	if !c.Upload.Buffered && c.Proxies.Number == 0 && held >= 1 { // proxies wait for bodies in the place of workers
		f.note("--upload=%s: with uploads workers would have to be held for %s times the time that they have: each of %s takes %s; --buffer-uploads holds none",
			f.flag("upload"), figure(held), counted(c.Upload.Slow(c.Requesters), "slow requester"), option.Short(takes))
	}
	for _, end := range []struct {
		flag string
		is   time.Duration
	}{{"timeout", c.Timeout}, {"deadline", c.Deadline}} {
		if 0 < end.is && end.is <= takes {
			f.note("--upload=%s: slow requesters give up before they have sent it, which takes %s: --%s=%s",
				f.flag("upload"), option.Short(takes), end.flag, option.Short(end.is))
		}
	}
}

// toldUpload is what a title says of uploads.
func (f *flags) toldUpload() string {
	c := f.run
	says := fmt.Sprintf("%s with bodies of %s at %s", counted(c.Upload.Slow(c.Requesters), "slow requester"), f.flag("upload"), f.flag("bandwidth"))
	if c.Upload.Buffered {
		says += ", buffered"
	}
	return says
}
