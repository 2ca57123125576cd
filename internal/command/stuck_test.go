package command

import "testing"

func TestSilencesThatAreWrongAreRefused(t *testing.T) {
	for _, r := range []badRow{
		{"nobody is silent for less than nothing", words("--stuck=-1s"), "--stuck=-1s: want a duration above 0s and at most 1000h, such as 10ms"},
		{"a length has a unit", words("--stuck=5"), "--stuck=5: want a duration above 0s and at most 1000h, such as 10ms"},
	} {
		r.check(t)
	}
}
