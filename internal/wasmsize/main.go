// Wasmsize builds the simulation for a browser, without the command line and without pictures, and prints how large it is:
// run `go run ./internal/wasmsize` anywhere in the module. It exits with 1 above the limit. What it builds lies in a
// temporary folder, and the tree stays as it is.
//
// Next: package internal/simulation, which depends on package report only for its figures.
package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// limit is how many bytes a browser may have to load, gzipped.
const limit = 1_500_000

// program calls Run, so that the linker keeps all that a run needs. It is not meant to be run.
const program = `package main

import (
	"context"

	"waza/internal/simulation"
	"waza/requester"
	"waza/strategy"
)

func main() {
	c := simulation.Config{Strategies: strategy.Names(), Work: requester.Exponential(1)}
	results, err := simulation.Run(context.Background(), c, 1, simulation.Spectators{})
	println(len(results), err == nil)
}
`

func main() {
	plain, zipped, err := measure()
	if err != nil {
		fmt.Fprintln(os.Stderr, "wasmsize:", err)
		os.Exit(1)
	}
	fmt.Printf("internal/simulation as js/wasm: %d bytes, %d gzipped, at most %d\n", plain, zipped, limit)
	if zipped > limit {
		fmt.Fprintf(os.Stderr, "wasmsize: %d bytes too many\n", zipped-limit)
		os.Exit(1)
	}
}

// measure returns the bytes of the program, plain and gzipped.
func measure() (plain, zipped int64, err error) {
	root, err := output(exec.Command("go", "list", "-m", "-f", "{{.Dir}}"))
	if err != nil {
		return 0, 0, err
	}
	folder, err := os.MkdirTemp("", "wasmsize")
	if err != nil {
		return 0, 0, err
	}
	defer os.RemoveAll(folder)
	built := filepath.Join(folder, "simulation.wasm")
	if err := build(strings.TrimSpace(root), folder, built); err != nil {
		return 0, 0, err
	}
	file, err := os.Open(built)
	if err != nil {
		return 0, 0, err
	}
	defer file.Close()
	return sizes(file)
}

// build compiles the program as if it lay in the module, where it may import what is internal. Only the compiler sees it there.
func build(root, folder, built string) error {
	source, overlay := filepath.Join(folder, "main.go"), filepath.Join(folder, "overlay.json")
	place := filepath.Join(root, "internal", "wasmsize", "browser")
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(place, "main.go"): source}})
	if err != nil {
		return err
	}
	if err := os.WriteFile(source, []byte(program), 0o600); err != nil {
		return err
	}
	if err := os.WriteFile(overlay, replace, 0o600); err != nil {
		return err
	}
	c := exec.Command("go", "build", "-overlay", overlay, "-trimpath", "-ldflags=-s -w", "-o", built, "./internal/wasmsize/browser")
	c.Dir = root
	c.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	_, err = output(c)
	return err
}

// output returns what a command says; if it fails, the error has what it said of it.
func output(c *exec.Cmd) (string, error) {
	var complaint strings.Builder
	c.Stderr = &complaint
	said, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(c.Args, " "), err, complaint.String())
	}
	return string(said), nil
}

// sizes returns how many bytes there are, as they are and as a web server would send them.
func sizes(r io.Reader) (plain, zipped int64, err error) {
	var out counter
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return 0, 0, err
	}
	if plain, err = io.Copy(z, r); err != nil {
		return 0, 0, err
	}
	err = z.Close() // it writes the rest
	return plain, int64(out), err
}

// counter counts what is written.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
