package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"waza/internal/experiment"
)

const anyPart = "want none, a part and how many there are such as 3/16, or auto/16 in a Slurm job array or a Kubernetes Indexed Job"

func TestAPartHasTheCommandOfTheWhole(t *testing.T) {
	for _, args := range []string{"-part=3/16 -load=0.5 -plots=", "-load=0.5 --part 3/16 -plots=", "-load=0.5 -plots= --part=3/16"} {
		c := parsed(t, args)
		assert.Equal(t, experiment.Part{Number: 3, Of: 16}, c.Plan.Part)
		assert.Equal(t, "waza -load=0.5 -plots=", c.Line)
		assert.Equal(t, []string{"-load=0.5", "-plots="}, c.Arguments)
	}
	c := parsed(t, "-part=1/2 -scenario=one-slow-worker -sweep=load=0.5,0.6 -format=csv")
	assert.Equal(t, "waza -scenario=one-slow-worker -sweep=load=0.5,0.6 -format=csv", c.Line)
	assert.Equal(t, "part", c.Format)
	assert.Empty(t, c.Plots)
	assert.Equal(t, experiment.Part{}, parsed(t, "-part=none").Plan.Part)
}

func TestTheEngineSaysWhichPart(t *testing.T) {
	for _, row := range []struct {
		says        string
		environment map[string]string
		number      int
		message     string
	}{
		{"Slurm counts from any number", map[string]string{"SLURM_ARRAY_TASK_ID": "12", "SLURM_ARRAY_TASK_MIN": "10"}, 3, ""},
		{"also from 0", map[string]string{"SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_MIN": "0"}, 4, ""},
		{"Kubernetes counts from 0", map[string]string{"JOB_COMPLETION_INDEX": "0"}, 1, ""},
		{"to the last", map[string]string{"JOB_COMPLETION_INDEX": "3"}, 4, ""},
		{"nobody says it", nil, 0, "--part=auto/4: want SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX in the environment: nothing says which part this is"},
		{"there are more tasks than parts", map[string]string{"JOB_COMPLETION_INDEX": "4"}, 0, "--part=auto/4: want a task from 0 to 3, and JOB_COMPLETION_INDEX is 4"},
		{"also in Slurm", map[string]string{"SLURM_ARRAY_TASK_ID": "14", "SLURM_ARRAY_TASK_MIN": "10"}, 0,
			"--part=auto/4: want a task from 0 to 3, and SLURM_ARRAY_TASK_ID less SLURM_ARRAY_TASK_MIN is 4"},
		{"the first is not known", map[string]string{"SLURM_ARRAY_TASK_ID": "1"}, 0,
			`--part=auto/4: want numbers in SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_MIN, not "1" and ""`},
		{"it is no number", map[string]string{"JOB_COMPLETION_INDEX": "x"}, 0, "--part=auto/4: want a task from 0 to 3, and JOB_COMPLETION_INDEX is x"},
	} {
		t.Run(row.says, func(t *testing.T) {
			for _, name := range []string{"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "JOB_COMPLETION_INDEX"} {
				t.Setenv(name, row.environment[name])
			}
			c, err := Parse(words("--part=auto/4"))
			if row.message != "" {
				require.EqualError(t, err, row.message)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, experiment.Part{Number: row.number, Of: 4}, c.Plan.Part)
			assert.Equal(t, "waza", c.Line)
		})
	}
}

func TestPartsThatCannotBeAreRefused(t *testing.T) {
	for _, r := range []badRow{
		{"there is no part 0", words("--part=0/4"), "--part=0/4: " + anyPart},
		{"there is no part 5 of 4", words("--part=5/4"), "--part=5/4: want a part from 1 to 4"},
		{"how many is missing", words("--part=3"), "--part=3: " + anyPart},
		{"it is no number", words("--part=a/b"), "--part=a/b: " + anyPart},
		{"nobody knows how many runs there are", words("--part=1/2 --until=p99:5%"), "--part=1/2: want no --until beside it: it is not known beforehand which runs there are"},
		{"nor here", words("--part=1/2 --strategy=random,pull --select=p99:5%"), "--part=1/2: want no --select beside it: it is not known beforehand which runs there are"},
		{"events are of one run", words("--part=1/2 --events"), "--part=1/2: want no --events beside it: it tells of one run"},
		{"and so are requests", words("--part=1/2 --requests-log=a.csv"), "--part=1/2: want no --requests-log beside it: it has the requests of one run"},
		{"the wall clock is not the same twice", words("--part=1/2 --clock=wall"), "--part=1/2: want --clock=simulated beside it: on the wall clock no part is like that of another machine"},
		{"theory has systems of its own", words("--part=1/2 --verify"), "--verify=true: want no --part beside it: it plays systems of its own"},
		{"a merge plays nothing", words("--merge=a.json --load=0.5"), "--load=0.5: want no --merge beside it: the parts were played as their command says"},
		{"nor at several loads", words("--merge=a.json --sweep=load=0.5,0.6"), "--sweep=load=0.5,0.6: want no --merge beside it: the parts were played as their command says"},
		{"also no part", words("--merge=a.json --part=1/2"), "--part=1/2: want no --merge beside it: the parts were played as their command says"},
		{"a file has a name", words("--merge=a.json,"), "--merge=a.json,: want the files of all parts"},
	} {
		r.check(t)
	}
}

// TestTheCommandOfPartsIsOne: a file that somebody has made by hand does not make the program do what no part was asked for.
func TestTheCommandOfPartsIsOne(t *testing.T) {
	for _, row := range []struct {
		says, args, beside, message string
	}{
		{"it asks for help", "--help", "", "its command cannot be given here: "},
		{"it is wrong", "--load=9", "", "its command cannot be given here: --load=9: want a number above 0 and at most 2"},
		{"it merges itself", "--merge=PATH", "", "want what --part writes"},
		{"its trace is not here", "--trace=nowhere.csv", "", "its command cannot be given here: --trace=nowhere.csv: want a CSV file that can be read: no such file or directory"},
		{"its trace is another", "--trace=" + ourTrace, "", "want the trace that the parts have read, and " + ourTrace + " is another"},
		{"the part lacks a run", "--load=0.5", "", "want all runs of part 1, which are 1, and it has 0"},
		{"it was not for an exporter", "--load=0.5", "--format=prometheus", "--format=prometheus: want what the parts were played for, text: an exporter shows what is watched during a run"},
	} {
		t.Run(row.says, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "part.json")
			args := words(strings.ReplaceAll(row.args, "PATH", path))
			file, err := os.Create(path)
			require.NoError(t, err)
			require.NoError(t, experiment.PartFile{Version: Version, Arguments: args, Part: 1, Parts: 1, Whole: true}.Write(file))
			require.NoError(t, file.Close())
			_, err = Parse(append(words(row.beside), "--merge="+path))
			if row.beside == "" {
				row.message = "--merge=" + path + ": " + row.message
			}
			require.Error(t, err)
			assert.True(t, strings.HasPrefix(err.Error(), row.message), err.Error())
			assert.NotErrorAs(t, err, new(Answer))
		})
	}
}
