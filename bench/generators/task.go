package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// task is one command on one input.
type task struct {
	name    string
	dir     string
	command []string
	env     []string
	clear   string // a folder to remove before each run, so that all is written anew
	bar     bar
	absent  string // why it cannot run

	best   time.Duration
	memory int64 // KiB
}

// bar is what a row must stay below; zero means no bar.
type bar struct {
	Seconds float64 `json:"seconds,omitempty"`
	MB      int64   `json:"mb,omitempty"`
	Times   float64 `json:"times,omitempty"` // of the row called Of
	Of      string  `json:"of,omitempty"`
}

// run runs the command once.
func (t *task) run() {
	if t.clear != "" {
		if err := os.RemoveAll(t.clear); err != nil {
			t.absent = err.Error()
			return
		}
	}
	c := exec.Command(t.command[0], t.command[1:]...)
	c.Dir, c.Env = t.dir, append(os.Environ(), t.env...)
	var said strings.Builder
	c.Stderr = &said
	start := time.Now()
	err := c.Run()
	took := time.Since(start)
	if err != nil {
		t.absent = fmt.Sprintf("%v: %s", err, firstLine(said.String()))
		return
	}
	if t.best == 0 || took < t.best {
		t.best = took
	}
	if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		t.memory = max(t.memory, usage.Maxrss)
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

func (t *task) row() row {
	return row{Name: t.name, Seconds: t.best.Seconds(), MB: t.memory >> 10, Bar: t.bar, Absent: t.absent}
}
