package main

// The second picture shows both tiers of a run with proxies: five columns in one row.
const (
	tiersHeight = 470
	narrow      = 180                                   // width of a box
	step        = (pageWidth - 2*margin - narrow) / 4.0 // from one column to the next
	between     = step - narrow                         // the gap of an arrow
	row         = 170                                   // top of the boxes
	high        = 200                                   // and how high they are
	forth, back = row + 70, row + 150                   // the heights of the arrows
	home        = row - 46                              // and of the answer
)

// tiers returns the drawing of both tiers as a PNG file.
func tiers() ([]byte, error) {
	p := newPen(pageWidth, tiersHeight)
	p.text(margin, 48, headline, "with proxies")
	p.text(margin+200, 48, plain, "A second stage, built by the same code. The service of a proxy is to pass a request on; then it is free.")
	for _, b := range tierBoxes() {
		p.box(b)
	}
	for i, a := range []struct{ what, channel string }{
		{"Request", "on ask"}, {"Job", "on its queue"}, {"Request", "on ask"}, {"Job", "on its queue"},
	} {
		from := blue
		if i == 2 {
			from = green
		} else if i > 0 {
			from = orange
		}
		p.arrow(sent(from), at(edge(i), forth), at(edge(i)+between, forth))
		p.message(edge(i)+between/2, forth, a.what, a.channel)
	}
	for _, i := range []int{1, 3} {
		p.arrow(sent(green), at(edge(i)+between, back), at(edge(i), back))
		p.message(edge(i)+between/2, back, "Job, done", "on its Done")
	}
	from, to := place(4)+narrow/2.0, place(0)+narrow/2.0
	p.arrow(sent(green), at(from, row), at(from, home), at(to, home), at(to, row))
	p.centred(pageWidth/2, home-12, strong, "Response")
	p.centred(pageWidth/2, home+22, small, "straight to whoever asked; with --proxy-waits the proxy asks for itself, and answers whoever asked it")
	p.text(margin, row+high+50, small, "With --fault=crash:proxy=0 a proxy dies with what it holds. What it has passed on is answered from behind all the same.")
	return p.png()
}

// place is the left edge of a column, and edge the right edge of its box.
func place(i int) float64 { return margin + float64(i)*step }
func edge(i int) float64  { return place(i) + narrow }

func tierBoxes() []box {
	all := []box{
		{name: "requester", does: []string{"asks"}, many: true, tint: blue},
		{name: "balancer", does: []string{"--proxy-strategy"}, owns: []string{"what it knows", "of the proxies"}, tint: orange},
		{name: "proxy", does: []string{"passes on"}, many: true, tint: green},
		{name: "balancer", does: []string{"--strategy"}, owns: []string{"the queue, and", "what it knows", "of the workers"}, tint: orange},
		{name: "worker", does: []string{"works"}, many: true, tint: green},
	}
	for i := range all {
		b := &all[i]
		b.x, b.y, b.w, b.h = place(i), row, narrow, high
		if b.many {
			b.w, b.h = narrow-sheets, high-sheets
		}
	}
	return all
}
