package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite golden files")

// sharedCache is the user's cache of all tests that do not ask for one of their
// own: what they train takes the runtime from there, which is thus compiled
// once, not once a test.
var sharedCache string

// withCache are tests that have it.
type withCache struct{ *testing.M }

func (m withCache) Run() int {
	dir, err := os.MkdirTemp("", "ctgen-cache-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	sharedCache = dir
	return m.M.Run()
}

func TestMain(m *testing.M) {
	testscript.Main(withCache{m}, map[string]func(){
		"ctgen": func() { os.Exit(run(os.Stdin, os.Stdout, os.Stderr, os.Args[1:])) },
	})
}

// TestScripts runs the command's specification.
func TestScripts(t *testing.T) {
	runScripts(t, "testdata/script", nil)
}

// runScripts runs the scripts of dir, each in a directory that also holds the
// given files.
func runScripts(t *testing.T, dir string, files map[string]string) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	goEnv := goEnvironment(t)
	testscript.Run(t, testscript.Params{
		Dir:                dir,
		UpdateScripts:      *update,
		RequireUniqueNames: true,
		Setup: func(e *testscript.Env) error {
			home := filepath.Join(e.WorkDir, ".home")
			e.Setenv("HOME", home)
			e.Setenv("XDG_CACHE_HOME", sharedCache)
			e.Setenv("CTGEN", root)
			e.Setenv("CTGENBIN", filepath.SplitList(e.Getenv("PATH"))[0])
			for k, v := range goEnv {
				e.Setenv(k, v)
			}
			for name, text := range files {
				if err := os.WriteFile(filepath.Join(e.WorkDir, name), []byte(text), 0o644); err != nil {
					return err
				}
			}
			return os.MkdirAll(home, 0o755)
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "root":
				return os.Getuid() == 0, nil
			case "full":
				return os.Getenv("CTGEN_FULL") != "", nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code":       cmdCode,
			"replace":    cmdReplace,
			"atmost":     cmdAtMost,
			"idx":        cmdIDX,
			"eventually": cmdEventually,
		},
	})
}

// goEnvironment is what the go command needs to work inside a script as it
// does outside: the same caches, and no setting of the user's.
func goEnvironment(t *testing.T) map[string]string {
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE", "GOPATH", "GOPROXY", "GOSUMDB").Output()
	if err != nil {
		t.Fatalf("go env: %v", err)
	}
	v := strings.Split(strings.TrimRight(string(out), "\n"), "\n")
	env := map[string]string{
		"GOCACHE": v[0], "GOMODCACHE": v[1], "GOPATH": v[2], "GOPROXY": v[3], "GOSUMDB": v[4],
		"GOFLAGS": "", "GOWORK": "off", "GOENV": "off", "GOTOOLCHAIN": "local", "CGO_ENABLED": "0",
	}
	// What it takes to download modules from where this machine may.
	for _, k := range []string{
		"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR",
		"GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE", "GOAUTH", "NETRC",
	} {
		if v, ok := os.LookupEnv(k); ok {
			env[k] = v
		}
	}
	return env
}

// cmdCode is `code N command args…`: it runs the command and requires exit
// code N.
func cmdCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N command args...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := err.(*exec.ExitError); ok {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// cmdReplace is `replace FILE OLD NEW`: it requires OLD in FILE and puts NEW
// in its place, once.
func cmdReplace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace file old new")
	}
	text := ts.ReadFile(args[0])
	old, new := unescape(args[1]), unescape(args[2])
	if !strings.Contains(text, old) {
		ts.Fatalf("%s does not hold %q", args[0], old)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, old, new, 1)), 0o644))
}

func unescape(s string) string {
	return strings.NewReplacer(`\n`, "\n", `\t`, "\t").Replace(s)
}

// cmdAtMost is `atmost FILE LINES`.
func cmdAtMost(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	if got := strings.Count(ts.ReadFile(args[0]), "\n"); got > n {
		ts.Fatalf("%s has %d lines, at most %d wanted", args[0], got, n)
	}
}

// cmdEventually is `eventually FILE REGEXP`: it waits until FILE matches.
func cmdEventually(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: eventually file regexp")
	}
	want := regexp.MustCompile(args[1])
	for range 600 {
		if text, err := os.ReadFile(ts.MkAbs(args[0])); err == nil && want.Match(text) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("%s never matched %s", args[0], args[1])
}

// cmdIDX is `idx FILE DIMS BYTE…`: it writes an IDX file of unsigned bytes
// with axes as long as DIMS says, such as 3x2x2; gzipped where FILE ends in .gz.
func cmdIDX(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: idx file dims bytes...")
	}
	dims := strings.Split(args[1], "x")
	text := []byte{0, 0, 0x08, byte(len(dims))}
	for _, d := range dims {
		n, err := strconv.ParseUint(d, 10, 32)
		ts.Check(err)
		text = binary.BigEndian.AppendUint32(text, uint32(n))
	}
	for _, a := range args[2:] {
		b, err := strconv.ParseUint(a, 10, 8)
		ts.Check(err)
		text = append(text, byte(b))
	}
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o755))
	if strings.HasSuffix(path, ".gz") {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, err := w.Write(text)
		ts.Check(err)
		ts.Check(w.Close())
		text = b.Bytes()
	}
	ts.Check(os.WriteFile(path, text, 0o644))
}
