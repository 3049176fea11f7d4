package main

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// machine says where the figures come from.
type machine struct {
	Model    string   `json:"model"`
	Cores    int      `json:"cores"`
	Sets     []string `json:"sets"` // instruction sets that matter here
	System   string   `json:"system"`
	Pinned   string   `json:"pinned,omitempty"` // the core, "" where nothing holds the peers
	Day      string   `json:"day"`
	Revision string   `json:"revision,omitempty"`
	Versions []string `json:"versions"`
}

func describe(o options) *machine {
	m := &machine{
		Model:  "unknown processor",
		Cores:  runtime.NumCPU(),
		System: runtime.GOOS + "/" + runtime.GOARCH,
		Day:    time.Now().UTC().Format(time.DateOnly),
	}
	cpuinfo, _ := os.ReadFile("/proc/cpuinfo")
	family, model := "", ""
	for line := range strings.Lines(string(cpuinfo)) {
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(key) {
		case "model name":
			m.Model = value
		case "cpu family":
			family = value
		case "model":
			model = value
		case "flags":
			m.Sets = nil
			for _, f := range strings.Fields(value) {
				if f == "fma" || f == "avx2" || f == "avx512f" {
					m.Sets = append(m.Sets, f)
				}
			}
		}
	}
	if family != "" {
		m.Model += " (family " + family + ", model " + model + ")"
	}
	if _, err := exec.LookPath("taskset"); err == nil {
		m.Pinned = cores(o, 1)
	}
	m.Revision = says("git", "describe", "--always", "--dirty")
	m.Versions = []string{runtime.Version()}
	version := func(name string, command ...string) {
		if v := says(command[0], command[1:]...); v != "" {
			m.Versions = append(m.Versions, name+" "+v)
		}
	}
	if level, err := pinned(o, 1, nil, binary("peer"), "level"); err == nil {
		m.Versions = append(m.Versions, "ctgen kernels "+strings.TrimSpace(level))
	}
	version("gcc", compiler(), "-dumpfullversion")
	version("OpenBLAS", "dpkg-query", "-W", "-f", "${Version}", "libopenblas-dev")
	for _, library := range []string{"torch", "sklearn"} {
		if p := pythonWith(library); p != "" {
			version(library, p, "-c", "import "+library+"; print("+library+".__version__)")
		}
	}
	version("onnxruntime-node", "node", "-p", "require('./peers/node/node_modules/onnxruntime-node/package.json').version")
	return m
}

// says is what a command prints, or "".
func says(name string, args ...string) string {
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
