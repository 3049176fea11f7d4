package diag

import (
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"sync"
)

//go:embed codes_*.go
var tableFiles embed.FS

// Description is what the table of codes says about one code. Texts are plain
// paragraphs without a final newline.
type Description struct {
	Code         Code
	Group        string // what its group is about
	Title        string // what is wrong, in a few words
	When         string // when it is given
	Remedy       string // what to do about it
	Construction string // how it comes about where no text shows it
	Examples     []Example
}

// Example is a faulty specification and the same without the fault. Texts end
// in a newline.
type Example struct {
	Faulty string
	Mended string // may be empty
}

// Descriptions returns the table of codes in order. It is read from the
// comments of the constants, so that code and documentation are one text.
var Descriptions = sync.OnceValue(func() []Description {
	all, err := readTable()
	if err != nil {
		panic(err) // the table is part of the program
	}
	return all
})

// Describe returns what the table says about code.
func Describe(code Code) Description {
	all := Descriptions()
	if i, found := slices.BinarySearchFunc(all, code, func(d Description, c Code) int { return strings.Compare(string(d.Code), string(c)) }); found {
		return all[i]
	}
	return Description{Code: code, Title: string(code)}
}

func readTable() ([]Description, error) {
	names, err := tableFiles.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var all []Description
	for _, f := range names {
		if strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		text, err := tableFiles.ReadFile(f.Name())
		if err != nil {
			return nil, err
		}
		some, err := readGroups(f.Name(), string(text))
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	slices.SortFunc(all, func(a, b Description) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return all, nil
}

// readGroups reads the constant declarations of one file.
func readGroups(name, text string) ([]Description, error) {
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var all []Description
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		title := strings.TrimSuffix(strings.TrimSpace(group.Doc.Text()), ".")
		for _, spec := range group.Specs {
			constant := spec.(*ast.ValueSpec)
			d, err := readPage(Code(constant.Names[0].Name), constant.Doc.Text())
			if err != nil {
				return nil, err
			}
			d.Group = title
			all = append(all, d)
		}
	}
	return all, nil
}

// heading opens a part of a page.
var heading = regexp.MustCompile(`(?m)^(Remedy|Example|Instead|Construction):[ \n]`)

// readPage takes the comment of a constant apart.
func readPage(code Code, comment string) (Description, error) {
	d := Description{Code: code}
	fault := func(format string, args ...any) (Description, error) {
		return d, fmt.Errorf("the page of %s: "+format, append([]any{code}, args...)...)
	}
	first, rest, _ := strings.Cut(comment, "\n")
	title, ok := strings.CutPrefix(first, string(code)+": ")
	if !ok {
		return fault("its first line is no title: %q", first)
	}
	d.Title = title
	parts := heading.FindAllStringSubmatchIndex(rest, -1)
	end := len(rest)
	if len(parts) > 0 {
		end = parts[0][0]
	}
	d.When = strings.TrimSpace(rest[:end])
	for i, p := range parts {
		end := len(rest)
		if i+1 < len(parts) {
			end = parts[i+1][0]
		}
		name, text := rest[p[2]:p[3]], rest[p[1]:end]
		switch name {
		case "Remedy":
			d.Remedy = strings.TrimSpace(text)
		case "Construction":
			d.Construction = strings.TrimSpace(text)
		case "Example":
			d.Examples = append(d.Examples, Example{Faulty: unindent(text)})
		case "Instead":
			if len(d.Examples) == 0 || d.Examples[len(d.Examples)-1].Mended != "" {
				return fault("`Instead:` follows no example")
			}
			d.Examples[len(d.Examples)-1].Mended = unindent(text)
		}
	}
	return d, nil
}

// unindent returns the lines of a block without their tab.
func unindent(block string) string {
	var b strings.Builder
	for _, line := range strings.Split(strings.Trim(block, "\n"), "\n") {
		b.WriteString(strings.TrimPrefix(line, "\t") + "\n")
	}
	return b.String()
}
