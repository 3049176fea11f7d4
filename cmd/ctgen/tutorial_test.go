package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// step is one fenced block of a chapter: a file that the reader saves, or a
// terminal session.
type step struct {
	kind, name, text string
	page             string
	line             int
}

var openFence = regexp.MustCompile("^```(\\w+)(?: (\\S+))?$")

// stepsOf reads the blocks of a page that the reader acts on: those with a
// file name, and terminal sessions.
func stepsOf(t *testing.T, page string) []step {
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	var out []step
	var open *step
	for i, line := range strings.Split(string(text), "\n") {
		switch m := openFence.FindStringSubmatch(line); {
		case open != nil && line == "```":
			if open.name != "" || open.kind == "console" {
				out = append(out, *open)
			}
			open = nil
		case open != nil:
			open.text += line + "\n"
		case m != nil:
			open = &step{kind: m[1], name: m[2], page: page, line: i + 1}
		default:
			require.False(t, strings.HasPrefix(line, "```"), "%s:%d: a fence is ```kind or ```kind file", page, i+1)
		}
	}
	require.Nil(t, open, "a block of %s never closes", page)
	return out
}

// calls splits a terminal session into commands and what they print.
func calls(t *testing.T, s step) (commands, outputs []string) {
	for i, line := range strings.SplitAfter(s.text, "\n") {
		if command, is := strings.CutPrefix(line, "$ "); is {
			commands, outputs = append(commands, strings.TrimSpace(command)), append(outputs, "")
		} else if line != "" {
			require.NotEmpty(t, commands, "line %d: a session begins with a command", s.line+1+i)
			outputs[len(outputs)-1] += line
		}
	}
	return commands, outputs
}

// printed turns what a page prints into a pattern: a line `…` stands for any
// lines, and … inside a line for any text.
func printed(output string) *regexp.Regexp {
	var b strings.Builder
	b.WriteString("^")
	for _, line := range strings.SplitAfter(output, "\n") {
		if strings.TrimSpace(line) == "…" {
			b.WriteString("(?:.*\n)*")
			continue
		}
		b.WriteString(strings.ReplaceAll(regexp.QuoteMeta(line), "…", ".*"))
	}
	return regexp.MustCompile(b.String() + "$")
}

// TestTutorial does what the tutorial tells its reader to do: it saves the
// files and runs the commands of each chapter, in a folder that the first page
// sets up, and requires what they print. With CTGEN_RENEW_TUTORIAL set it
// writes into the pages what differs.
func TestTutorial(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("the tutorial's commands need a shell")
	}
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	env := os.Environ()
	for k, v := range goEnvironment(t) {
		env = append(env, k+"="+v)
	}
	pages, err := filepath.Glob(filepath.Join(root, "docs", "tutorial", "[0-9]*.md"))
	require.NoError(t, err)
	require.NotEmpty(t, pages)
	setUp := stepsOf(t, filepath.Join(root, "docs", "tutorial", "README.md"))
	for _, page := range pages {
		t.Run(strings.TrimSuffix(filepath.Base(page), ".md"), func(t *testing.T) {
			dir := t.TempDir()
			home := filepath.Join(dir, "home")
			r := &reader{t: t, root: root, dir: filepath.Join(dir, "ladder"), env: append(env, "HOME="+home, "XDG_CACHE_HOME="+sharedCache)}
			require.NoError(t, os.MkdirAll(r.dir, 0o755))
			if os.Getenv("CTGEN_RENEW_TUTORIAL") != "" {
				r.renew = &renewal{page: page}
			}
			for _, s := range append(setUp, stepsOf(t, page)...) {
				r.follow(s)
			}
		})
	}
}

var durations = regexp.MustCompile(`\b\d+\.\d+s\b`)

// renewal replaces what a page prints, from top to bottom.
type renewal struct {
	page string
	at   int // what stands before was followed
}

func (p *renewal) replace(t *testing.T, command, old, now string) {
	text, err := os.ReadFile(p.page)
	require.NoError(t, err)
	command = "$ " + command + "\n"
	at := strings.Index(string(text[p.at:]), command+old)
	require.GreaterOrEqual(t, at, 0, command)
	p.at += at + len(command)
	after := string(text[p.at+len(old):])
	require.NoError(t, os.WriteFile(p.page, []byte(string(text[:p.at])+now+after), 0o644))
	p.at += len(now)
}

// reader is who follows a chapter, in a folder beside the clone.
type reader struct {
	t         *testing.T
	root, dir string
	env       []string
	renew     *renewal // where the page is to be renewed
}

func (r *reader) follow(s step) {
	if s.name != "" {
		file := filepath.Join(r.dir, filepath.FromSlash(s.name))
		require.NoError(r.t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(r.t, os.WriteFile(file, []byte(s.text), 0o644))
		return
	}
	commands, outputs := calls(r.t, s)
	for i, command := range commands {
		c := exec.Command("sh", "-c", strings.ReplaceAll(command, "../ctgen", r.root))
		c.Dir, c.Env = r.dir, r.env
		out, err := c.CombinedOutput()
		got := strings.ReplaceAll(string(out), r.root, "../ctgen")
		if r.renew != nil && s.page == r.renew.page {
			now := durations.ReplaceAllString(got, "…s")
			if printed(outputs[i]).MatchString(got) {
				now = outputs[i]
			}
			r.renew.replace(r.t, command, outputs[i], now)
			continue
		}
		require.Regexp(r.t, printed(outputs[i]), got, fmt.Sprintf("line %d: $ %s (%v)", s.line, command, err))
	}
}
