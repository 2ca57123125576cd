package report

import "waza/balancer"

// ClaimFigures are what became of what workers held that died or stood still for longer than their lease, in the whole run.
type ClaimFigures struct {
	DetectSeconds     *float64 `json:"detect_seconds"`                // mean over the suspicions, from when the worker died or began to stand still until then
	DetectMaxSeconds  *float64 `json:"detect_max_seconds" mean:"max"` // the longest
	ClaimSeconds      *float64 `json:"claim_seconds"`                 // mean over the attempts, from when their worker died or began to stand still to the claim
	ClaimMaxSeconds   *float64 `json:"claim_max_seconds" mean:"max"`  // the longest
	Announced         int      `json:"announced"`                     // attempts whose worker's lease was over
	AnnouncementsLost int      `json:"announcements_lost"`            // of these, that nobody heard of
	ByAnnouncement    int      `json:"by_announcement"`               // claims of those that all heard of
	BySweep           int      `json:"by_sweep"`                      // claims of the others, each found by a sweep, unless it was answered before
	Tries             int      `json:"tries"`                         // workers with room for it, each time that a claimed attempt found one
	Wins              int      `json:"wins"`                          // one of them each time: fewer than the claims, if their worker itself answers some before
}

// describeClaims writes what became of claims, if balancers make any.
func describeClaims(r *Result, e *ending) {
	if !e.Claims {
		return
	}
	balanced := e.balanced()
	all := &balanced.Takeovers
	r.Claiming = &ClaimFigures{
		Announced: all.Announced, AnnouncementsLost: all.Unheard,
		ByAnnouncement: balanced.Claims - all.Swept, BySweep: all.Swept, Tries: all.Tries, Wins: all.Wins,
	}
	r.Claiming.DetectSeconds, r.Claiming.DetectMaxSeconds = e.lag(all.Suspected)
	r.Claiming.ClaimSeconds, r.Claiming.ClaimMaxSeconds = e.lag(all.Claimed)
	if !e.Lately || e.Interrupted {
		return // the window ends when nobody knew that it would
	}
	for i := range r.Workers {
		r.Workers[i].Lately = &e.Workers[i].BegunLately
	}
}

// lag returns the mean and the longest, in seconds; nil, where there is none.
func (e *ending) lag(l balancer.Lag) (mean, longest *float64) {
	if l.Count == 0 {
		return nil, nil
	}
	return ratio(l.Sum/float64(l.Count), float64(e.second)), ratio(float64(l.Longest), float64(e.second))
}
