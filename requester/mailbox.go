package requester

import (
	"reflect"
	"slices"
)

// A mailbox is where a requester's answers come in. It must have room for every answer that may come, but a channel cannot grow. So when all
// places of the newest box are promised, a box with twice as many takes its place for what is asked from then on. An older box is dropped
// when the last answer that it was promised to has come.
type mailbox struct{ boxes []box } // oldest first

// A box is a channel that answers come on, and how many of its places are still free to be promised.
type box struct {
	answers chan Response
	free    int
}

func newMailbox(first chan Response) mailbox {
	return mailbox{boxes: []box{{first, cap(first)}}}
}

func (m *mailbox) newest() *box { return &m.boxes[len(m.boxes)-1] }

// reply returns a channel with room for one more answer: sending it never blocks.
func (m *mailbox) reply() chan<- Response {
	if m.newest().free == 0 {
		places := max(8, 2*cap(m.newest().answers))
		m.boxes = append(m.boxes, box{make(chan Response, places), places})
	}
	return m.newest().answers
}

// promise notes that an answer will come on the channel that reply returned last.
func (m *mailbox) promise() { m.newest().free-- }

// took notes that an answer has come out of box i.
func (m *mailbox) took(i int) {
	b := &m.boxes[i]
	b.free++
	if i < len(m.boxes)-1 && b.free == cap(b.answers) {
		m.boxes = slices.Delete(m.boxes, i, i+1)
	}
}

// next takes an answer that has come, if there is one.
func (m *mailbox) next() (Response, bool) {
	for i := range m.boxes {
		if answers := m.boxes[i].answers; len(answers) > 0 {
			a := <-answers
			m.took(i)
			return a, true
		}
	}
	return Response{}, false
}

// newsOf waits for an answer in any of the boxes, or for one of the signals. It returns the answer and −1, or the index of the signal. A
// select statement has a fixed number of cases; that of package reflect has as many as there are boxes, at several times the cost.
func (m *mailbox) newsOf(signals ...any) (Response, int) {
	var cases []reflect.SelectCase
	for _, c := range signals {
		cases = append(cases, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(c)})
	}
	for i := range m.boxes {
		cases = append(cases, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(m.boxes[i].answers)})
	}
	chosen, value, _ := reflect.Select(cases)
	if chosen < len(signals) {
		return Response{}, chosen
	}
	m.took(chosen - len(signals))
	return value.Interface().(Response), -1
}
