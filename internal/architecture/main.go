// Architecture draws architecture.png, the picture of the program: who talks to whom, on which channel, and who owns
// what; and testdata/tiers.png, the same with proxies. Run it from the top of the module, with go run ./internal/architecture.
//
// Read this file and tiers.go for what is drawn, pen.go for how.
package main

import (
	"fmt"
	"image/color"
	"os"
)

// The page is in pixels, the origin in its upper left corner. Four columns and two rows hold everything.
const (
	pageWidth  = 1400
	pageHeight = 800

	margin = 40
	column = 355 // from one column to the next
	width  = 255 // of a box in one column
	upper  = 150 // top of the upper row
	lower  = 532 // top of the lower row
	tall   = 286 // height of a box in the upper row
	short  = 168 // and in the lower one
	sheets = 16  // how far the sheets behind the first of many reach out
)

func main() {
	for path, draw := range pictures {
		if err := write(path, draw); err != nil {
			fmt.Fprintln(os.Stderr, "architecture:", err)
			os.Exit(1)
		}
	}
}

// pictures are all that there are, by the file of each.
var pictures = map[string]func() ([]byte, error){"architecture.png": picture, "testdata/tiers.png": tiers}

func write(path string, draw func() ([]byte, error)) error {
	picture, err := draw()
	if err != nil {
		return err
	}
	return os.WriteFile(path, picture, 0o644)
}

// picture returns the drawing as a PNG file. The same source gives the same bytes.
func picture() ([]byte, error) {
	p := newPen(pageWidth, pageHeight)
	p.text(margin, 48, headline, "waza")
	p.text(margin+82, 48, plain, "Everything that goroutines know of each other travels on channels. Each piece of state has one owner.")
	for _, b := range boxes() {
		p.box(b)
	}
	p.loop(left(1)+24, upper+106)
	p.queue(left(3)+24, jobAt)
	p.arrows()
	p.legend(margin, pageHeight-48)
	return p.png()
}

// left is the left edge of a column, counted from 0.
func left(i float64) float64 { return margin + i*column }

// The heights of the arrows between the boxes of the upper row.
const (
	jobAt      = upper + 100
	doneAt     = upper + 200
	responseAt = upper - 44
)

var (
	blue   = tint{color.RGBA{232, 240, 248, 255}, color.RGBA{0, 84, 140, 255}}
	orange = tint{color.RGBA{253, 242, 228, 255}, color.RGBA{168, 84, 0, 255}}
	green  = tint{color.RGBA{230, 244, 238, 255}, color.RGBA{0, 105, 78, 255}}
	grey   = tint{color.RGBA{244, 244, 244, 255}, color.RGBA{90, 90, 90, 255}}
)

func boxes() []box {
	return []box{
		{
			x: left(0), y: upper, w: width - sheets, h: tall - sheets, tint: blue, many: true,
			name: "requester", does: []string{"asks, gives up, tries again"},
			owns: []string{"its requests, from the", "intended start until the", "last answer is home", "deadlines and backoffs,", "behind one timer", "its random draws"},
		},
		{
			x: left(1), y: upper, w: column + width, h: tall, tint: orange,
			name: "balancer", does: []string{"decides: one goroutine, so no lock"},
			owns: []string{"what is known of workers:", "pending, limit, membership", "the backlog", "the strategy, which nobody", "else ever calls"}, ownsAt: 342,
		},
		{
			x: left(3), y: upper, w: width - sheets, h: tall - sheets, tint: green, many: true,
			name: "worker", does: []string{"works: a goroutine per slot"},
			owns: []string{"the request in service", "its speed, its faults", "what it has counted"}, ownsDown: 66,
		},
		{
			x: left(0), y: lower, w: width, h: short, tint: grey,
			name: "report", does: []string{"says what happened"},
			owns: []string{"histograms, counts", "tables and plots"},
		},
		{
			x: left(1), y: lower, w: width, h: short, tint: grey,
			name: "internal/simulation", does: []string{"connects, starts and joins"},
			owns: []string{"the channels; who begins", "and who ends when"},
		},
		{
			x: left(2), y: lower, w: width, h: short, tint: orange, called: true,
			name: "strategy", does: []string{"answers one question"},
			owns: []string{"what it remembers", "of the workers"},
		},
		{
			x: left(3), y: lower, w: width, h: short, tint: orange, called: true,
			name: "heap", does: []string{"keeps an order"},
			owns: []string{"the order of the workers,", "by their pending count"},
		},
	}
}

// arrows draws what is sent and what is called.
func (p *pen) arrows() {
	const gap = column - width
	r, b, w := left(0)+width, left(1), left(3) // the edges that face the gaps
	p.arrow(sent(blue), at(r, jobAt), at(b, jobAt))
	p.message(r+gap/2, jobAt, "Request", "on ask")
	p.arrow(sent(orange), at(w-gap, jobAt), at(w, jobAt))
	p.message(w-gap/2, jobAt, "Job", "on its queue")
	p.arrow(sent(green), at(w, doneAt), at(w-gap, doneAt))
	p.message(w-gap/2, doneAt, "Job, done", "on its Done")

	from, to := w+(width-sheets)/2, left(0)+(width-sheets)/2
	p.arrow(sent(green), at(from, upper), at(from, responseAt), at(to, responseAt), at(to, upper))
	p.centred(pageWidth/2, responseAt-12, strong, "Response")
	p.centred(pageWidth/2, responseAt+22, small, "on the reply channel that the Request carries: straight to whoever asked")

	p.arrow(sent(blue), at(to, upper+tall), at(to, lower))
	p.text(to+14, middle-4, strong, "Outcomes")
	p.text(to+14, middle+16, small, "on outcomes, in blocks")

	c := left(1) + width/2.0
	p.arrow(sent(grey), at(c, lower), at(c, upper+tall))
	p.text(c+14, middle-12, strong, "Control")
	p.text(c+14, middle+8, small, "on control: Join,")
	p.text(c+14, middle+27, small, "Leave, Stop, Cancel")

	s := left(2) + width/2.0
	p.arrow(calls, at(s-16, upper+tall), at(s-16, lower))
	p.text(s-142, middle-4, strong, "which worker?")
	p.text(s-142, middle+16, small, "Pick, per request")
	p.arrow(calls, at(s+16, lower), at(s+16, upper+tall))
	p.text(s+30, middle-4, strong, "this one, or none")
	p.text(s+30, middle+16, small, "then the request waits")
	p.arrow(calls, at(w-gap, lower+short/2), at(w, lower+short/2))
	p.message(w-gap/2, lower+short/2, "Ascending", "fewest first")
}

// middle is the height between the rows.
const middle = (upper + tall + lower) / 2

// loop writes what the balancer does, in short.
func (p *pen) loop(x, y float64) {
	for i, line := range []string{
		"for !b.over() {",
		"    select {",
		"    case r := <-b.intake():   b.admit(r)",
		"    case j := <-b.finished(): b.complete(j)",
		"    case c := <-control:      c.apply(b)",
		"    case <-b.alarm():         b.ring()",
		"    }",
		"    b.catchUp()",
		"    b.dispatch()",
		"}",
	} {
		p.text(x, y+18*float64(i), code, line)
	}
}

// queue draws the places of a channel with room, some of them taken; the arrow of the Job ends before it.
func (p *pen) queue(x, y float64) {
	for i := range 6 {
		p.place(x+float64(i)*24, y-11, 20, 22, green, i < 2)
	}
	p.text(x+154, y+5, small, "queue")
}

// legend says what the lines mean.
func (p *pen) legend(x, y float64) {
	x = p.key(x, y, "a goroutine", box{x: x, y: y - 11, w: 44, h: 22, tint: grey})
	x = p.key(x, y, "many of them", box{x: x, y: y - 13, w: 36, h: 18, tint: grey, many: true})
	x = p.key(x, y, "no goroutine: its owner calls it", box{x: x, y: y - 11, w: 44, h: 22, tint: orange, called: true})
	p.arrow(sent(grey), at(x, y), at(x+44, y))
	x = p.key(x, y, "a message on a channel", box{})
	p.arrow(calls, at(x, y), at(x+44, y))
	p.key(x, y, "a method call", box{})
}
