package document

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"

	"waza/report"
)

// MarshalJSON writes the settings as one object and keeps their order, which a map would lose.
func (s Settings) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, setting := range s {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(setting.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(setting.Value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// WriteJSON writes the document as indented JSON; equal documents give equal bytes.
// Its error is that of w, or tells of a figure that JSON cannot hold.
func (d Document) WriteJSON(w io.Writer) error {
	if d.Config == nil {
		d.Config = Settings{}
	}
	if d.Runs == nil {
		d.Runs = []report.Result{}
	}
	d.Assumptions = d.assumptions()
	if d.partial() {
		d.Conclusions = unconcluded(d.Conclusions)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false) // a command with < in it stays readable
	e.SetIndent("", "  ")
	return e.Encode(d)
}

// unconcluded are conclusions that name nobody as the best, as the text of runs that have not come to their end does not. What was played stays in them.
func unconcluded(all []report.Conclusion) []report.Conclusion {
	all = slices.Clone(all)
	for i := range all {
		all[i].Best = []report.Best{}
		if selection := all[i].Selection; selection != nil {
			is := *selection
			is.Winner, is.Leading, is.Near, is.Estimated, is.Deviation = nil, nil, []string{}, nil, nil
			all[i].Selection = &is
		}
	}
	return all
}
