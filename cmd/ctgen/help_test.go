package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/format"
)

// pages are all pages of the manual.
func pages() []*page {
	all := []*page{overviewPage()}
	for _, v := range verbs() {
		all = append(all, v.page())
	}
	for _, t := range topics() {
		all = append(all, t.page())
	}
	return all
}

// TestPagesFit requires that help fits the width of a terminal.
func TestPagesFit(t *testing.T) {
	for _, p := range pages() {
		var out strings.Builder
		p.writeText(&out)
		for _, line := range strings.Split(out.String(), "\n") {
			assert.LessOrEqual(t, utf8.RuneCountInString(line), pageWidth+2, "%s: %s", p.name, line)
			assert.Equal(t, strings.TrimRight(line, " "), line, p.name)
		}
	}
}

// TestVerbsAreDescribed requires of every verb what help and the manual print,
// and that its examples are calls that it takes.
func TestVerbsAreDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range verbs() {
		assert.False(t, seen[v.name], v.name)
		seen[v.name] = true
		assert.NotEmpty(t, v.short, v.name)
		assert.NotEmpty(t, v.long, v.name)
		assert.NotEmpty(t, v.examples, v.name)
		for i := range v.flags {
			assert.NotEmpty(t, v.flags[i].help, "%s %s", v.name, v.flags[i].spelling())
		}
		for _, name := range v.topics {
			assert.NotNil(t, findTopic(name), name)
		}
		for _, e := range v.examples {
			calls := 0
			for _, words := range commands(e) {
				if len(words) > 1 && words[0] == "ctgen" {
					calls++
					called := findVerb(words[1])
					require.NotNil(t, called, e)
					_, err := parseArgs(called, words[2:])
					assert.NoError(t, err, e)
				}
			}
			assert.Positive(t, calls, e)
		}
	}
}

// commands splits a line of shell into simple commands and those into words,
// as far as examples go.
func commands(line string) (all [][]string) {
	var words []string
	word, quote, inWord := "", rune(0), false
	end := func() {
		if inWord {
			words = append(words, word)
		}
		word, inWord = "", false
	}
	for _, r := range line + " |" {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			} else {
				word += string(r)
			}
		case r == '\'' || r == '"':
			quote, inWord = r, true
		case r == ' ':
			end()
		case strings.ContainsRune("|&;<>", r):
			end()
			if words != nil {
				all = append(all, words)
			}
			words = nil
		default:
			word, inWord = word+string(r), true
		}
	}
	return all
}

// TestLanguageCard requires that the specification on the card is sound and
// that the card is one screen.
func TestLanguageCard(t *testing.T) {
	var spec string
	for _, b := range blocks(languageCard) {
		spec += b.code
	}
	_, diags := check.Check(diag.NewSource("xor.cat", spec), check.Options{})
	var said strings.Builder
	require.NoError(t, diag.Text(&said, diags.All(), diag.TextOptions{}))
	require.Empty(t, said.String())
	laidOut, ok := format.Source(diag.NewSource("xor.cat", spec+"\n"), &diag.List{})
	require.True(t, ok)
	require.Equal(t, laidOut, spec+"\n", "the card is laid out as ctgen fmt does")
	var out strings.Builder
	findTopic("language").page().writeText(&out)
	require.LessOrEqual(t, strings.Count(out.String(), "\n"), 60)
}

// TestManual holds docs/command.md to the table of verbs.
func TestManual(t *testing.T) {
	var out bytes.Buffer
	writeMarkdown(&out)
	const path = "../../docs/command.md"
	if *update {
		require.NoError(t, os.WriteFile(path, out.Bytes(), 0o644))
	}
	was, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(was), out.String(), "go test ./cmd/ctgen -run TestManual -update brings it in line")
}

// TestManPage requires that the programs that show man pages take ours without
// a word.
func TestManPage(t *testing.T) {
	var out bytes.Buffer
	writeRoff(&out)
	for _, v := range verbs() {
		require.Contains(t, out.String(), "\n.SS ctgen "+v.name+" ")
	}
	tried := false
	for _, program := range [][]string{
		{"groff", "-man", "-Tutf8", "-wall", "-z"},
		{"mandoc", "-Tlint", "-Wwarning"},
		{"man", "--warnings", "-l", "-"},
	} {
		path, err := exec.LookPath(program[0])
		if err != nil {
			continue
		}
		tried = true
		cmd := exec.Command(path, program[1:]...)
		cmd.Stdin = bytes.NewReader(out.Bytes())
		cmd.Env = append(os.Environ(), "MANPAGER=cat", "LC_ALL=C.UTF-8")
		var said bytes.Buffer
		cmd.Stderr = &said
		require.NoError(t, cmd.Run(), "%s: %s", program[0], said.String())
		require.Empty(t, said.String(), program[0])
	}
	if !tried {
		t.Skip("no groff, mandoc or man here")
	}
}

// TestEnvironmentTopic requires that the manual names every environment
// variable that the command or the runtime reads.
func TestEnvironmentTopic(t *testing.T) {
	named := map[string]bool{}
	for _, b := range environmentTopic().sections[0].blocks {
		for _, i := range b.list {
			for _, name := range strings.Split(i.term, ", ") {
				named[name] = true
			}
		}
	}
	read := map[string]string{}
	for _, root := range []string{".", "../../runtime", "../../gen", "../../dsl"} {
		require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if name := variableRead(n); name != "" {
					read[name] = path
				}
				return true
			})
			return nil
		}))
	}
	require.Contains(t, read, "NO_COLOR")
	for name, path := range read {
		assert.True(t, named[name], "%s reads %s", path, name)
	}
}

// variableRead is the name of the environment variable that a call reads.
func variableRead(n ast.Node) string {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return ""
	}
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		if f.Sel.Name != "Getenv" && f.Sel.Name != "LookupEnv" {
			return ""
		}
	case *ast.Ident:
		if f.Name != "env" {
			return ""
		}
	default:
		return ""
	}
	switch arg := call.Args[0].(type) {
	case *ast.BasicLit:
		name, _ := strconv.Unquote(arg.Value)
		return name
	case *ast.Ident:
		return map[string]string{"Variable": "CTGEN_KERNELS"}[arg.Name]
	}
	return ""
}

// TestJSONTopic requires that every field that the command prints stands in
// the manual.
func TestJSONTopic(t *testing.T) {
	var page strings.Builder
	findTopic("json").page().writeText(&page)
	dir := t.TempDir()
	faulty := filepath.Join(dir, "faulty.cat")
	require.NoError(t, os.WriteFile(faulty, []byte("object A = R\nobject B = R\narrow f: A -> B = std.relabel\narrow g = f >> f\n"), 0o644))
	const neuron = "../../specs/neuron.cat"
	for _, args := range [][]string{
		{"check", "--format", "json", faulty},
		{"find", "--json", neuron, "Input", "Prediction"},
		{"laws", "--json", "-o", dir, neuron},
	} {
		var out, errors bytes.Buffer
		require.NotEqual(t, exitUsage, run(strings.NewReader(""), &out, &errors, args), errors.String())
		fields := 0
		for dec := json.NewDecoder(&out); dec.More(); {
			var v any
			require.NoError(t, dec.Decode(&v))
			eachField(v, func(name string) {
				fields++
				assert.Contains(t, page.String(), fmt.Sprintf("%q", name), args)
			})
		}
		require.Positive(t, fields, args)
	}
}

func eachField(v any, f func(string)) {
	switch v := v.(type) {
	case map[string]any:
		for name, x := range v {
			f(name)
			eachField(x, f)
		}
	case []any:
		for _, x := range v {
			eachField(x, f)
		}
	}
}

// TestDocsIndex requires that docs/README.md leads to every page of docs/, and
// nowhere else.
func TestDocsIndex(t *testing.T) {
	index, err := os.ReadFile("../../docs/README.md")
	require.NoError(t, err)
	pages, err := filepath.Glob("../../docs/*.md")
	require.NoError(t, err)
	for _, p := range pages {
		if name := filepath.Base(p); name != "README.md" {
			assert.Contains(t, string(index), "]("+name+")", "docs/README.md does not lead to it")
		}
	}
	for _, link := range regexp.MustCompile(`\]\(([^)#]+)`).FindAllStringSubmatch(string(index), -1) {
		assert.FileExists(t, filepath.Join("../../docs", link[1]))
	}
}
