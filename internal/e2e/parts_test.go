package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pieces are the runs of a part.
func pieces(t *testing.T, args string) string {
	var part struct {
		Pieces []struct{ Result json.RawMessage }
	}
	require.NoError(t, json.Unmarshal([]byte(succeeded(t, few(args)).stdout), &part))
	require.Len(t, part.Pieces, 1)
	return string(part.Pieces[0].Result)
}

// merged are the figures of a whole of one part, which is played with a seed that stands where a file should.
func merged(t *testing.T, args string) string {
	paths := played(t, "-requests=100 -seed="+strings.TrimPrefix(args, "-merge=seed"), 1)
	var d struct{ Runs json.RawMessage }
	decode(t, succeeded(t, "-format=json -plots= -merge="+paths[0]).stdout, &d)
	return string(d.Runs)
}

// played plays all parts of a command, and returns the files that they wrote.
func played(t *testing.T, args string, parts int) []string {
	t.Helper()
	var paths []string
	dir := t.TempDir()
	for n := range parts {
		e := succeeded(t, fmt.Sprintf("%s -part=%d/%d", args, n+1, parts))
		require.Empty(t, e.files(t), "a part draws nothing")
		path := filepath.Join(dir, fmt.Sprintf("part-%d.json", n+1))
		require.NoError(t, os.WriteFile(path, []byte(e.stdout), 0o666))
		paths = append(paths, path)
	}
	return paths
}

// TestPartsAreTheWhole to the byte, whichever way it is written, and in whatever order the parts are named.
func TestPartsAreTheWhole(t *testing.T) {
	t.Parallel()
	const seeds = "-strategy=random,pull -replications=3 -requests=2000"
	for _, row := range []struct {
		says, args string
		alike      bool // to another, but for the form of the result or where requests come from
	}{
		{"several seeds as text and plots", seeds, false},
		{"several seeds as JSON", seeds + " -format=json -plots=", true},
		{"several seeds as CSV", seeds + " -format=csv -plots=", true},
		{"one seed", "-strategy=random,pull,least-loaded -requests=2000 -plots=", true},
		{"a sweep of a scenario", "-scenario=one-slow-worker -strategy=random,pull -replications=2 -requests=2000 -sweep=load=0.5,0.7 -format=json -plots=", false},
		{"a trace", "-strategy=random,pull -replications=2 -format=json -plots= -trace=" + ours, true},
		{"fewer runs than parts", "-requests=2000 -format=json -plots=", false},
	} {
		t.Run(row.says, func(t *testing.T) {
			t.Parallel()
			if row.alike {
				skipIfShort(t, "six runs of the program")
			}
			whole := succeeded(t, row.args+" -quiet")
			paths := played(t, row.args+" -quiet", 4)
			slices.Reverse(paths)
			parts := succeeded(t, "-merge="+strings.Join(paths, ","))
			assert.Equal(t, whole.stdout, parts.stdout)
			assert.Empty(t, parts.stderr)
			require.Equal(t, whole.files(t), parts.files(t), "the plots are drawn")
			for _, name := range whole.files(t) {
				if filepath.Ext(name) != "" {
					assert.True(t, whole.file(t, name) == parts.file(t, name), name)
				}
			}
		})
	}
}

// TestOtherOutputOfTheSameParts is what one machine prints that is asked for it.
func TestOtherOutputOfTheSameParts(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	const args = "-strategy=random,pull -replications=3 -requests=2000"
	paths := strings.Join(played(t, args+" -plots=other -quiet=false", 3), ",")
	parts := succeeded(t, "-format json -merge="+paths+" -plots= --quiet")
	assert.Equal(t, succeeded(t, args+" -format json -plots= --quiet").stdout, parts.stdout)
	assert.Empty(t, parts.stderr)
}

func TestPartsThatCannotBeMergedAreRefused(t *testing.T) {
	skipIfShort(t, "plays for seconds")
	t.Parallel()
	const args = "-requests=100 -replications=4"
	paths, others := played(t, args, 3), played(t, args+" -seed=2", 3)
	result := filepath.Join(t.TempDir(), "result.json")
	require.NoError(t, os.WriteFile(result, []byte(succeeded(t, args+" -format=json -plots=").stdout), 0o666))
	for _, row := range []struct{ says, files, message string }{
		{"one is missing", paths[0] + "," + paths[2], "want all 3 parts, and there is no 2"},
		{"one is there twice", strings.Join(paths, ",") + "," + paths[1], "--merge=" + paths[1] + ": want each part once, and "},
		{"one is of another command", paths[0] + "," + others[1], "--merge=" + others[1] + ": want a part of the command of "},
		{"one is a result", paths[0] + "," + result, "--merge=" + result + ": want what --part writes"},
		{"one is not there", "nowhere.json", "--merge=nowhere.json: want a file that can be read: no such file or directory"},
	} {
		t.Run(row.says, func(t *testing.T) { requireRefused(t, waza(t, "-merge="+row.files), row.message) })
	}
}

// TestAPartIsReadAndNotWritten: nothing of the result goes into it.
func TestAPartIsReadAndNotWritten(t *testing.T) {
	t.Parallel()
	paths := played(t, "-requests=100 -replications=2", 2)
	before, err := os.ReadFile(paths[0])
	require.NoError(t, err)
	result, err := os.OpenFile(paths[0], os.O_WRONLY|os.O_APPEND, 0)
	require.NoError(t, err)
	defer result.Close()
	cmd := prepare(t, "-plots=", "-merge="+strings.Join(paths, ","))
	cmd.Stdout = result
	requireRefused(t, finish(t, cmd), "--merge="+paths[0]+": want another file than that of stdout")
	after, err := os.ReadFile(paths[0])
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))
}

// TestAnInterruptedPart says that it is not whole, and the merge does not take it.
func TestAnInterruptedPart(t *testing.T) {
	c := start(t, "-replications=4 -requests=2000000 -part=1/2")
	c.works(t, 500*time.Millisecond)
	e := c.gets(t, soon, syscall.SIGINT)
	require.Equal(t, onInterrupt, e.status, e.stderr)
	requireRefused(t, waza(t, "-merge="+filepath.Join(c.dir, "stdout")), "stdout: want a whole part, and this is not all of --part=1/2: it was interrupted, or has failed")
}

// documented is the first block of that kind below a heading of the README of package experiment, which asks for fewer and shorter runs,
// in four parts.
func documented(t *testing.T, heading, kind string) string {
	t.Helper()
	readme, err := os.ReadFile("../experiment/README.md")
	require.NoError(t, err)
	_, section, found := strings.Cut(string(readme), "\n## "+heading+"\n")
	require.True(t, found, heading)
	_, block, found := strings.Cut(section, "\n```"+kind+"\n")
	require.True(t, found, kind)
	block, _, _ = strings.Cut(block, "\n```\n")
	require.Contains(t, block, "--replications=50")
	return strings.NewReplacer("--replications=50", "--replications=2 --requests=200", "16", "4").Replace(block)
}

// documentedMerge is the command that puts the parts of that section together.
func documentedMerge(t *testing.T, heading string) string {
	t.Helper()
	readme, err := os.ReadFile("../experiment/README.md")
	require.NoError(t, err)
	_, section, _ := strings.Cut(string(readme), "\n## "+heading+"\n")
	merge := regexp.MustCompile(`waza --merge=\$\(.*\) --format=json --plots= > result.json`).FindString(section)
	require.NotEmpty(t, merge)
	return merge
}

// shell runs a script in a directory, with the program as waza.
func shell(t *testing.T, dir, script string, environment ...string) {
	t.Helper()
	cmd := exec.Command("/bin/sh", "-c", script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), append(environment, "PATH="+filepath.Dir(program)+":"+os.Getenv("PATH"))...)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s\n%s", script, out)
	require.Empty(t, string(out), script)
}

// requireWhole holds that the merge in that directory is what one machine prints.
func requireWhole(t *testing.T, dir, block string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "result.json"))
	require.NoError(t, err)
	args := regexp.MustCompile(`waza (.*) --part=`).FindStringSubmatch(block)
	require.Len(t, args, 2)
	require.Equal(t, succeeded(t, args[1]+" --format=json --plots=").stdout, string(text))
}

// TestTheDocumentedJobArray is what Slurm does with it: it runs the script once for each task.
func TestTheDocumentedJobArray(t *testing.T) {
	skipIfShort(t, "runs the program a dozen times")
	t.Parallel()
	dir, script := t.TempDir(), documented(t, "Slurm", "bash")
	require.Contains(t, script, "#SBATCH --array=1-4\n")
	for task := 1; task <= 4; task++ {
		shell(t, dir, script, fmt.Sprintf("SLURM_ARRAY_TASK_ID=%d", task), "SLURM_ARRAY_TASK_MIN=1")
	}
	shell(t, dir, documentedMerge(t, "Slurm"))
	requireWhole(t, dir, script)
}

// TestTheDocumentedIndexedJob is what Kubernetes does with it: it runs the command once for each index, from 0.
func TestTheDocumentedIndexedJob(t *testing.T) {
	skipIfShort(t, "runs the program a dozen times")
	t.Parallel()
	dir, job := t.TempDir(), documented(t, "Kubernetes", "yaml")
	for _, line := range []string{"completionMode: Indexed", "completions: 4", `command: ["/bin/sh", "-c"]`} {
		require.Contains(t, job, line)
	}
	command := regexp.MustCompile(`>-\n *(waza .*)\n`).FindStringSubmatch(job)
	require.Len(t, command, 2)
	here := func(script string) string { return strings.ReplaceAll(script, "/parts/", dir+"/") }
	for index := range 4 {
		shell(t, dir, here(command[1]), fmt.Sprintf("JOB_COMPLETION_INDEX=%d", index))
	}
	shell(t, dir, here(documentedMerge(t, "Kubernetes")))
	requireWhole(t, dir, command[1])
}

// TestTheDocumentedParallel runs GNU parallel, on this machine instead of two others.
func TestTheDocumentedParallel(t *testing.T) {
	skipIfShort(t, "runs the program a dozen times")
	if version, err := exec.Command("parallel", "--version").Output(); err != nil || !strings.HasPrefix(string(version), "GNU parallel") {
		t.Skip("GNU parallel is not installed")
	}
	t.Parallel()
	dir, script := t.TempDir(), documented(t, "GNU parallel", "bash")
	shell(t, dir, strings.Replace(script, "--sshlogin one,two", "--will-cite --sshlogin :", 1), "HOME="+dir)
	requireWhole(t, dir, script)
}
