// Package record writes values as JSON with all their exported fields, under the names that these have in Go, and reads them again:
// what one process has found out, for another of the same program. The JSON that users read has fewer fields, by their tags.
package record

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
)

// Marshal returns the value as JSON. Its error names a field that cannot be written: one that is not exported, of a type that does not
// write itself as text, or a kind that no figure is.
func Marshal(v any) ([]byte, error) {
	tree, err := tree(reflect.ValueOf(v))
	if err != nil {
		return nil, err
	}
	return json.Marshal(tree)
}

// Unmarshal reads what Marshal wrote of a value of the same type.
func Unmarshal(text []byte, into any) error {
	from := json.NewDecoder(bytes.NewReader(text))
	from.UseNumber() // a float64 has no room for every uint64
	var tree any
	if err := from.Decode(&tree); err != nil {
		return err
	}
	return fill(reflect.ValueOf(into).Elem(), tree)
}

// tree is the value in maps, lists and plain values.
func tree(v reflect.Value) (any, error) {
	if text, ok := v.Interface().(encoding.TextMarshaler); ok && !(v.Kind() == reflect.Pointer && v.IsNil()) {
		is, err := text.MarshalText()
		return string(is), err
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil, nil
		}
		return tree(v.Elem())
	case reflect.Struct:
		return fields(v)
	case reflect.Slice:
		if v.IsNil() {
			return nil, nil
		}
		return items(v)
	case reflect.Array:
		return items(v)
	case reflect.Bool, reflect.String, reflect.Int, reflect.Int64, reflect.Uint64, reflect.Float64:
		return v.Interface(), nil
	}
	return nil, fmt.Errorf("record: a %s cannot be written", v.Type())
}

func fields(v reflect.Value) (any, error) {
	all := map[string]any{}
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if !field.IsExported() {
			return nil, fmt.Errorf("record: %s.%s is not exported", v.Type(), field.Name)
		}
		is, err := tree(v.Field(i))
		if err != nil {
			return nil, err
		}
		if is != nil {
			all[field.Name] = is
		}
	}
	return all, nil
}

func items(v reflect.Value) (any, error) {
	all := make([]any, v.Len())
	for i := range all {
		is, err := tree(v.Index(i))
		if err != nil {
			return nil, err
		}
		all[i] = is
	}
	return all, nil
}

// fill puts a tree into the value that it was made of.
func fill(v reflect.Value, tree any) error {
	if tree == nil {
		return nil
	}
	if text, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		is, ok := tree.(string)
		if !ok {
			return mismatch(v, tree)
		}
		return text.UnmarshalText([]byte(is))
	}
	switch is := tree.(type) {
	case map[string]any:
		if v.Kind() == reflect.Struct {
			return fillFields(v, is)
		}
	case []any:
		if v.Kind() == reflect.Slice {
			v.Set(reflect.MakeSlice(v.Type(), len(is), len(is)))
		}
		if (v.Kind() == reflect.Slice || v.Kind() == reflect.Array) && v.Len() == len(is) {
			return fillItems(v, is)
		}
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		return fill(v.Elem(), tree)
	}
	return fillPlain(v, tree)
}

func fillFields(v reflect.Value, from map[string]any) error {
	for name, is := range from {
		field := v.FieldByName(name)
		if !field.IsValid() {
			return fmt.Errorf("record: %s has no field %s", v.Type(), name)
		}
		if err := fill(field, is); err != nil {
			return err
		}
	}
	return nil
}

func fillItems(v reflect.Value, from []any) error {
	for i, is := range from {
		if err := fill(v.Index(i), is); err != nil {
			return err
		}
	}
	return nil
}

// fillPlain lets encoding/json read a truth, a text or a number, whose digits are all that were written.
func fillPlain(v reflect.Value, tree any) error {
	text, err := json.Marshal(tree)
	if err == nil {
		err = json.Unmarshal(text, v.Addr().Interface())
	}
	if err != nil {
		return mismatch(v, tree)
	}
	return nil
}

func mismatch(v reflect.Value, tree any) error {
	return fmt.Errorf("record: want a %s, not %.40q", v.Type(), fmt.Sprint(tree))
}
