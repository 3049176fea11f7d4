package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen"
)

// modulePath is the import path of dir: below the module around it, or that
// of the module to be made there, named like the directory.
func modulePath(root string, inModule bool, dir string) (string, error) {
	if !inModule {
		return moduleName(filepath.Base(dir)), nil
	}
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return "", plainError(err)
	}
	path := moduleLine(string(data))
	if path == "" {
		return "", fmt.Errorf("%s has no module line", shown(filepath.Join(root, "go.mod")))
	}
	rel, err := filepath.Rel(root, dir)
	if err != nil {
		return "", err
	}
	if rel == "." {
		return path, nil
	}
	return path + "/" + filepath.ToSlash(rel), nil
}

// checkImportPath refuses a package path that Go does not import, which a
// directory below a module can have.
func checkImportPath(path string) error {
	for _, r := range path {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', strings.ContainsRune("-._~+/", r):
		default:
			return fmt.Errorf("package %s cannot be imported by Go, because of the character %q; name the directory otherwise, or take one outside the module", quote(path), r)
		}
	}
	return nil
}

func moduleLine(goMod string) string {
	for _, l := range strings.Split(goMod, "\n") {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(l), "module "); ok {
			path, _, _ := strings.Cut(rest, "//")
			return strings.Trim(strings.TrimSpace(path), `"`)
		}
	}
	return ""
}

// moduleName makes a module path of a directory's name: what Go does not take
// becomes a dash.
func moduleName(base string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '-', r == '_':
			return r
		}
		return '-'
	}, base)
	name = strings.Trim(name, "-_")
	if name == "" {
		return "model"
	}
	return name
}

// moduleFiles is what a module needs to have ctgen as a tool.
type moduleFiles struct {
	version string
	replace string // path of a clone; "": a published version
	deps    []*debug.Module
}

// unreleased is the version that a replaced module is required at.
const unreleased = "v0.0.0"

// newModuleFiles finds out where a new module gets ctgen from: the clone that
// --replace names, a published version, or the sources that this command was
// built from.
func newModuleFiles(dir, replace string) (*moduleFiles, error) {
	m := &moduleFiles{version: unreleased}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, d := range append([]*debug.Module{&info.Main}, info.Deps...) {
			if d.Path == ctgen.Path {
				if d.Replace == nil && isRelease(d.Version) {
					m.version = d.Version
				}
				continue
			}
			m.deps = append(m.deps, d)
		}
		m.deps = ownDeps(m.deps)
	}
	switch {
	case replace != "":
		if !isClone(replace) {
			return nil, fmt.Errorf("%s is no clone of ctgen: its go.mod does not say module %s", replace, ctgen.Path)
		}
	case m.version != unreleased:
		return m, nil
	default:
		replace = ownSources()
		if replace == "" {
			return nil, fmt.Errorf("%s is not published yet, and this command does not know where its sources lie; say --replace PATH, the path of a clone", ctgen.Path)
		}
	}
	abs, err := filepath.Abs(replace)
	if err != nil {
		return nil, err
	}
	m.version, m.replace = unreleased, filepath.ToSlash(abs)
	if rel, err := filepath.Rel(dir, abs); err == nil && strings.Count(filepath.ToSlash(rel), "../") <= 2 {
		m.replace = filepath.ToSlash(rel)
		if !strings.HasPrefix(m.replace, ".") {
			m.replace = "./" + m.replace
		}
	}
	return m, nil
}

// isRelease reports whether v is a version that a proxy can serve.
func isRelease(v string) bool {
	return strings.HasPrefix(v, "v") && !strings.HasPrefix(v, unreleased) && !strings.Contains(v, "+")
}

// ownDeps keeps the modules that our own go.mod requires: as a tool of
// another module, the build knows others as well.
func ownDeps(deps []*debug.Module) []*debug.Module {
	goMod, err := ctgen.Sources.ReadFile("go.mod")
	if err != nil {
		return nil
	}
	var own []*debug.Module
	for _, d := range deps {
		if strings.Contains(string(goMod), "\t"+d.Path+" ") {
			own = append(own, d)
		}
	}
	return own
}

// ownSources is the clone that this command was built from, "" where it is
// gone or the build has trimmed its paths.
func ownSources() string {
	_, file, _, ok := runtime.Caller(0)
	if !ok || !filepath.IsAbs(file) {
		return ""
	}
	root := filepath.Dir(filepath.Dir(filepath.Dir(file)))
	if !isClone(root) {
		return ""
	}
	return root
}

func isClone(dir string) bool {
	data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	return err == nil && moduleLine(string(data)) == ctgen.Path
}

func (m *moduleFiles) goMod(path string) []byte {
	own, _ := ctgen.Sources.ReadFile("go.mod")
	var b strings.Builder
	fmt.Fprintf(&b, "module %s\n\n%s\n\ntool %s/cmd/ctgen\n\nrequire %s %s\n", path, goLine(own), ctgen.Path, ctgen.Path, m.version)
	if len(m.deps) > 0 {
		b.WriteString("\nrequire (\n")
		for _, d := range m.deps {
			fmt.Fprintf(&b, "\t%s %s // indirect\n", d.Path, d.Version)
		}
		b.WriteString(")\n")
	}
	if m.replace != "" {
		fmt.Fprintf(&b, "\nreplace %s => %s\n", ctgen.Path, goModWord(m.replace))
	}
	return []byte(b.String())
}

// edit is the command that gives an existing module ctgen as a tool.
func (m *moduleFiles) edit() string {
	line := fmt.Sprintf("go mod edit -require %[1]s@%[2]s -tool %[1]s/cmd/ctgen", ctgen.Path, m.version)
	if m.replace != "" {
		line += fmt.Sprintf(" -replace %s=%s", ctgen.Path, goModWord(m.replace))
	}
	return line
}

// hasTool reports whether the module at root is this one, or has the command
// as a tool already.
func hasTool(root string) bool {
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	return err == nil && (moduleLine(string(data)) == ctgen.Path || strings.Contains(string(data), ctgen.Path+"/cmd/ctgen"))
}

// goSum holds the checksums of all modules that ctgen needs; of a published
// ctgen's own, go fills it in.
func (m *moduleFiles) goSum() []byte {
	sum, _ := ctgen.Sources.ReadFile("go.sum")
	return sum
}

// goModWord quotes a path that go.mod would not read as one word.
func goModWord(s string) string {
	if strings.ContainsAny(s, " \t\"'`()[]{},") {
		return strconv.Quote(s)
	}
	return s
}
