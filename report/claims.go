package report

import "waza/balancer"

// ClaimFigures are what became of what workers held that died or stood still for longer than their lease, in the whole run.
type ClaimFigures struct {
	DetectSeconds     *float64 `json:"detect_seconds"`                // mean over the suspicions, from when the worker died or began to stand still until then
	DetectMaxSeconds  *float64 `json:"detect_max_seconds" mean:"max"` // the longest
	ClaimSeconds      *float64 `json:"claim_seconds"`                 // mean over the attempts, from when their worker died or began to stand still to the claim
	ClaimMaxSeconds   *float64 `json:"claim_max_seconds" mean:"max"`  // the longest
	Announced         Count    `json:"announced"`                     // attempts whose worker's lease was over
	AnnouncementsLost Count    `json:"announcements_lost"`            // of these, that nobody heard of
	ByAnnouncement    Count    `json:"by_announcement"`               // claims of those that all heard of
	BySweep           Count    `json:"by_sweep"`                      // claims of the others, each found by a sweep, unless it was answered before
	Tries             Count    `json:"tries"`                         // workers with room for it, each time that a claimed attempt found one
	Wins              Count    `json:"wins"`                          // one of them each time: fewer than the claims, if some are over before
	AnsweredBefore    Count    `json:"answered_before"`               // claims that none won, for their worker itself had answered; the others were over before a worker had room
}

// describeClaims writes what became of claims, if balancers make any.
func describeClaims(r *Result, e *ending) {
	if !e.Claims {
		return
	}
	balanced := e.balanced()
	all := &balanced.Takeovers
	r.Claiming = &ClaimFigures{
		Announced: Count(all.Announced), AnnouncementsLost: Count(all.Unheard),
		ByAnnouncement: Count(balanced.Claims - all.Swept), BySweep: Count(all.Swept), Tries: Count(all.Tries), Wins: Count(all.Wins),
		AnsweredBefore: Count(balanced.Retracted),
	}
	r.Claiming.DetectSeconds, r.Claiming.DetectMaxSeconds = e.lag(all.Suspected)
	r.Claiming.ClaimSeconds, r.Claiming.ClaimMaxSeconds = e.lag(all.Claimed)
}

// describeLately writes what each worker has begun at the end of the window, if that was known beforehand.
func describeLately(r *Result, e *ending) {
	if !e.Lately || e.Interrupted {
		return
	}
	for i := range r.Workers {
		r.Workers[i].Lately = new(Count(e.Workers[i].BegunLately))
	}
}

// lag returns the mean and the longest, in seconds; nil, where there is none.
func (e *ending) lag(l balancer.Lag) (mean, longest *float64) {
	if l.Count == 0 {
		return nil, nil
	}
	return ratio(l.Sum/float64(l.Count), float64(e.second)), ratio(float64(l.Longest), float64(e.second))
}
