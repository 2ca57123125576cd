package document

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"waza/report"
)

// WriteCSV writes one header line and one row per run, of each seed. Columns are named as in the JSON, flattened with dots, the two
// ends of an interval "low" and "high"; lists (workers, classes, series) are left out. The seed stands first,
// and the scenario, if there is one, last. A figure that does not exist is an empty cell.
func (d Document) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	var header columns
	header.flatten("", reflect.TypeFor[report.Result](), reflect.Value{})
	if err := out.Write(slices.Concat([]string{"seed"}, header.names, []string{"scenario"})); err != nil {
		return err
	}
	scenario := ""
	if d.Scenario != nil {
		scenario = *d.Scenario
	}
	for _, r := range d.each() {
		var row columns
		if err := row.flatten("", reflect.TypeFor[report.Result](), reflect.ValueOf(r)); err != nil {
			return err
		}
		if err := out.Write(slices.Concat([]string{strconv.FormatUint(r.Seed, 10)}, row.cells, []string{scenario})); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// each are all runs, one by one.
func (d Document) each() []report.Result {
	if d.Each != nil {
		return d.Each
	}
	runs := slices.Clone(d.Runs)
	for i := range runs {
		runs[i].Seed = d.Seed
	}
	return runs
}

// columns are one row: the names of its columns and what stands in them.
type columns struct{ names, cells []string }

// flatten appends the columns of a value of type t; the zero reflect.Value stands for one that does not exist.
func (row *columns) flatten(name string, t reflect.Type, v reflect.Value) error {
	switch t.Kind() {
	case reflect.Pointer:
		if v.IsValid() {
			v = v.Elem() // of nil: the zero Value
		}
		return row.flatten(name, t.Elem(), v)
	case reflect.Struct:
		return row.flattenFields(name, t, v)
	case reflect.Array: // an interval
		for i, end := range []string{"low", "high"} {
			var bound reflect.Value
			if v.IsValid() {
				bound = v.Index(i)
			}
			if err := row.flatten(name+"."+end, t.Elem(), bound); err != nil {
				return err
			}
		}
		return nil
	case reflect.Slice:
		return nil
	default:
		if v.IsValid() && v.Kind() == reflect.Interface {
			v = v.Elem() // of the value that is swept
		}
		cell, err := cellOf(v)
		row.names, row.cells = append(row.names, name), append(row.cells, cell)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	}
}

func (row *columns) flattenFields(name string, t reflect.Type, v reflect.Value) error {
	for i := range t.NumField() {
		tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if tag == "-" {
			continue
		}
		switch {
		case t.Field(i).Anonymous:
			tag = name // its fields stand beside the others
		case name != "":
			tag = name + "." + tag
		}
		var field reflect.Value
		if v.IsValid() {
			field = v.Field(i)
		}
		if err := row.flatten(tag, t.Field(i).Type, field); err != nil {
			return err
		}
	}
	return nil
}

// cellOf returns a plain value with the digits that it has in the JSON.
func cellOf(v reflect.Value) (string, error) {
	if !v.IsValid() {
		return "", nil
	}
	if v.Kind() == reflect.String {
		return v.String(), nil
	}
	b, err := json.Marshal(v.Interface())
	return string(b), err
}
