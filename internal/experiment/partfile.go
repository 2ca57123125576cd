package experiment

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"waza/internal/option"
)

// A PartFile is what is written of a part: what it is a part of, and its runs.
type PartFile struct {
	Version   string        `json:"version"`
	Command   string        `json:"command"`   // of all parts
	Arguments []string      `json:"arguments"` // of it, as they were given
	Input     string        `json:"input"`     // the digest of what the command reads; empty: it reads nothing
	Part      int           `json:"part"`
	Parts     int           `json:"parts"`
	Whole     bool          `json:"whole"`
	Pieces    []PlayedPiece `json:"pieces"`
	Sum       string        `json:"sum"` // SHA-256 of the pieces

	path string // from which it was read
}

// Write writes it as JSON, on one line.
func (f PartFile) Write(to io.Writer) error {
	f.Sum = f.sum()
	return json.NewEncoder(to).Encode(f)
}

func (f *PartFile) sum() string {
	sum := sha256.New()
	for _, p := range f.Pieces {
		fmt.Fprintf(sum, "%d %s\n", p.Index, p.Result)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// readPart reads what Write wrote. What is no part has no number.
func readPart(path string) (*PartFile, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, errors.New("want a file that can be read: " + option.Reason(err).Error())
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, errors.New("want what --part writes, and it is empty")
	}
	f := &PartFile{path: path}
	from := json.NewDecoder(bytes.NewReader(text))
	from.DisallowUnknownFields()
	switch err := from.Decode(f); {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, errors.New("want what --part writes, and its end is missing")
	case err != nil || f.Part < 1 || f.Part > f.Parts || f.Arguments == nil:
		return nil, errors.New("want what --part writes")
	case f.Sum != f.sum():
		return nil, errors.New("want what --part writes, and it was changed")
	}
	if rest := text[from.InputOffset():]; len(bytes.TrimSpace(rest)) > 0 {
		return nil, errors.New("want what --part writes, and nothing behind it")
	}
	return f, nil
}

// isOf tells whether two parts are of one whole; an error says what differs.
func (f *PartFile) isOf(first *PartFile) error {
	name := option.Printable(first.path)
	switch {
	case f.Command != first.Command || !slices.Equal(f.Arguments, first.Arguments):
		return errors.New("want a part of the command of " + name + ", and it is one of " + option.Printable(f.Command))
	case f.Parts != first.Parts:
		return errors.New("want one of as many parts as " + name + " is")
	case f.Input != first.Input:
		return errors.New("want a part that has read the same trace as " + name)
	}
	return nil
}
