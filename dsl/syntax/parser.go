package syntax

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// MaxFile is how many bytes a specification may have; a token takes 64.
const MaxFile = 16 << 20

// parser is what one parse needs. The participle grammar calls back into it,
// which is why it holds the source; parsers are pooled because building the
// grammar costs more than parsing a small file.
type parser struct {
	decls *participle.Parser[declGrammar]

	src      *diag.Source
	diags    *diag.List
	broken   []Name
	nameless []Nameless
	faults   int

	lex  stream
	base int // in lex, of what participle reads

	// Of the declaration at hand.
	depth     int
	operators int
}

var pool = sync.Pool{New: func() any {
	p := &parser{}
	p.build()
	return p
}}

// Parse reads src and reports every syntax error to diags. It always returns
// a file: the declarations in it are those without a syntax error.
func Parse(src *diag.Source, diags *diag.List) *File {
	file := &File{Source: src}
	if readable(src, diags) {
		p := borrow(src, diags)
		defer p.giveBack()
		p.file(file)
	}
	return file
}

// ParseTerm reads src as one term, such as `grad measure`. It returns nil
// after reporting a syntax error to diags.
func ParseTerm(src *diag.Source, diags *diag.List) Term {
	return parseAlone(src, diags, cursor.term, "an operator such as `>>` or the end of the term")
}

// ParseType reads src as one object, such as `Input * Target`. It returns nil
// after reporting a syntax error to diags.
func ParseType(src *diag.Source, diags *diag.List) Type {
	return parseAlone(src, diags, cursor.typ, "an operator such as `*` or the end of the object")
}

// parseAlone reads all of src by one production; next is what may follow it.
func parseAlone[T any](src *diag.Source, diags *diag.List, parse func(cursor) (T, error), next string) T {
	var none T
	if !readable(src, diags) {
		return none
	}
	p := borrow(src, diags)
	defer p.giveBack()
	p.lex.fill(newScanner(src))
	c := cursor{p}
	node, err := parse(c)
	if err == nil && !c.isKind(kindEOF) {
		err = c.unexpected(next)
	}
	var f *fault
	if errors.As(err, &f) {
		diags.Add(f.Diagnostic)
		return none
	}
	return node
}

func borrow(src *diag.Source, diags *diag.List) *parser {
	p := pool.Get().(*parser)
	p.src, p.diags, p.broken, p.nameless, p.faults, p.depth, p.operators = src, diags, nil, nil, 0, 0, 0
	return p
}

// keptTokens is how many tokens' memory a parser may keep for its next file.
const keptTokens = 1 << 12

func (p *parser) giveBack() {
	p.src, p.diags, p.broken, p.nameless = nil, nil, nil, nil
	if cap(p.lex.list) > keptTokens {
		p.lex.list = nil
	}
	pool.Put(p)
}

// readable refuses what is not text at all, which would otherwise be blamed
// byte by byte.
func readable(src *diag.Source, diags *diag.List) bool {
	text := src.Text
	at := func(offset, size int) diag.Span { return diag.Span{Src: src, Start: offset, End: offset + size} }
	switch nul := strings.IndexByte(text, 0); {
	case len(text) > MaxFile:
		diags.Report(diag.Diagnostic{Code: diag.CT1002, Span: at(0, 0),
			Message: fmt.Sprintf("this file is larger than the %d MiB that a specification may have", MaxFile>>20)})
	case strings.HasPrefix(text, "\xff\xfe"), strings.HasPrefix(text, "\xfe\xff"):
		diags.Report(diag.Diagnostic{Code: diag.CT0102, Span: at(0, 2), Message: "this file is UTF-16"}).
			Hint("save it as UTF-8")
	case nul >= 0:
		diags.Report(diag.Diagnostic{Code: diag.CT0102, Span: at(nul, 1), Message: "a NUL byte: this file is not text"})
	case !utf8.ValidString(text):
		offset := invalid(text)
		diags.Report(diag.Diagnostic{Code: diag.CT0102, Span: at(offset, 1),
			Message: fmt.Sprintf("the byte 0x%02x is not UTF-8", text[offset])}).Hint("save the file as UTF-8")
	default:
		return true
	}
	return false
}

// invalid returns the offset of the first byte that is not UTF-8.
func invalid(text string) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return 0
}

func (p *parser) file(file *File) {
	if items, comments, ok := inChunks(p.src); ok {
		p.collect(file, items, comments)
		return
	}
	scan := newScanner(p.src)
	p.lex.fill(scan)
	p.collect(file, p.items(), scan.comments)
}

// collect moves the sound declarations into file and attaches their doc
// comments.
func (p *parser) collect(file *File, items []item, comments []Comment) {
	file.Comments, file.Broken, file.Nameless = comments, p.broken, p.nameless
	file.Decls = make([]Decl, 0, len(items))
	docs := newDocs(p.src, comments)
	for i, it := range items {
		switch {
		case it.category != nil && file.Category != nil:
			d := p.diags.Report(diag.Diagnostic{Code: diag.CT0109, Span: it.span, Message: "`category` stands here a second time"})
			d.Label(file.Category.Span, "the first")
		case it.category != nil:
			file.Category, file.Doc = it.category, docs.of(it.span, it.category.Span)
			if i > 0 {
				p.diags.Report(diag.Diagnostic{Code: diag.CT0109, Span: it.span, Message: "`category` stands before all declarations"})
			}
		case it.imported != nil:
			file.Imports = append(file.Imports, *it.imported)
		case it.decl != nil:
			it.head.Doc = docs.of(it.span, it.head.Name.Span)
			file.Decls = append(file.Decls, it.decl)
		}
	}
}
