package vet

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
	"github.com/ctgen-lang/ctgen/internal/spelling"
)

// allowance is one code that a comment allows.
type allowance struct {
	code    diag.Code
	span    diag.Span // of the code
	comment syntax.Comment
	only    bool // in its comment
	line    int  // whose warnings it allows, 0: none
	used    bool
}

// readAllowances collects what the comments allow.
func (v *vetter) readAllowances() {
	v.byLine = map[int][]*allowance{}
	for _, c := range v.File.Comments {
		if syntax.IsDirective(c) {
			v.allowed = append(v.allowed, v.allowances(c)...)
		}
	}
	for _, a := range v.allowed {
		v.byLine[a.line] = append(v.byLine[a.line], a)
	}
}

// allows reports whether a comment allows code where span begins, and notes
// that it did.
func (v *vetter) allows(code diag.Code, span diag.Span) bool {
	if len(v.allowed) == 0 {
		return false
	}
	allowed := false
	for _, a := range v.byLine[span.Src.Line(span.Start)] {
		if a.code == code {
			a.used, allowed = true, true
		}
	}
	return allowed
}

// needless warns of codes that allowed nothing.
func (v *vetter) needless(opts Options) {
	for _, a := range v.allowed {
		if a.used || a.code == diag.CT1107 && !opts.Docs {
			continue
		}
		v.warn(diag.CT1108, a.span, fmt.Sprintf("there is no %s to allow on this comment's line", a.code)).
			Hint("a comment at the end of a line allows what is found on it, one on a line of its own what is found on the next").
			Propose("remove the code", a.removed()...)
	}
}

var (
	codeWord = regexp.MustCompile(`^[\s,]*([A-Za-z]+[0-9]+)\b`)
	reason   = regexp.MustCompile(`^\s*($|:|because\b)`)
)

// allowances reads one directive: codes, and then a reason for the reader,
// behind a colon or `because`.
func (v *vetter) allowances(c syntax.Comment) []*allowance {
	const directive = "ctgen:allow"
	at := strings.Index(c.Text, "ctgen:")
	word := strings.Fields(c.Text[at:])[0]
	start := c.Span.Start + len("//") + at
	span := func(from, to int) diag.Span { return diag.Span{Src: c.Span.Src, Start: from, End: to} }
	if word != directive {
		v.warn(diag.CT1109, span(start, start+len(word)), fmt.Sprintf("there is no directive `%s`", word)).
			Hint("warnings are allowed by // "+directive+" CT1101 because …").
			Propose("write `"+directive+"`", span(start, start+len(word)).Replace(directive))
		return nil
	}
	rest, start := c.Text[at+len(word):], start+len(word)
	line := v.lineOf(c)
	var all []*allowance
	words := 0
	for {
		m := codeWord.FindStringSubmatchIndex(rest)
		if m == nil {
			break
		}
		words++
		a := &allowance{code: diag.Code(rest[m[2]:m[3]]), span: span(start+m[2], start+m[3]), comment: c, line: line}
		if v.mayAllow(a) {
			all = append(all, a)
		}
		rest, start = rest[m[1]:], start+m[1]
	}
	for _, a := range all {
		a.only = words == 1
	}
	if words == 0 {
		v.warn(diag.CT1109, c.Span, "this comment names no warning to allow").
			Hint("name its code: // " + directive + " CT1101 because …")
	} else if !reason.MatchString(rest) {
		v.warn(diag.CT1109, span(start, c.Span.End), "a reason stands behind a colon or `because`").
			Hint("// " + directive + " CT1101 because …")
	}
	return all
}

// mayAllow warns where what a names is no warning about the specification.
func (v *vetter) mayAllow(a *allowance) bool {
	known := allowable()
	if slices.Contains(known, string(a.code)) {
		return true
	}
	if slices.ContainsFunc(diag.Descriptions(), func(d diag.Description) bool { return d.Code == a.code }) {
		v.warn(diag.CT1109, a.span, fmt.Sprintf("%s cannot be allowed: only warnings about what is declared can", a.code))
		return false
	}
	d := v.warn(diag.CT1109, a.span, fmt.Sprintf("there is no warning %s", a.code))
	budget := len(known)
	if near := spelling.Nearest(string(a.code), known, &budget); near != "" {
		d.Hint("did you mean " + near + "?")
		if strings.EqualFold(near, string(a.code)) {
			d.Propose("write `"+near+"`", a.span.Replace(near))
		}
	}
	return false
}

// allowable lists the warnings that comments may allow: all but those about
// such comments.
var allowable = sync.OnceValue(func() []string {
	var codes []string
	for _, d := range diag.Descriptions() {
		if d.Code.IsWarning() && d.Code != diag.CT1108 && d.Code != diag.CT1109 {
			codes = append(codes, string(d.Code))
		}
	}
	return codes
})

// lineOf is the line about which c speaks: its own where something stands
// before it, else the first one below that is no comment.
func (v *vetter) lineOf(c syntax.Comment) int {
	src := c.Span.Src
	line := src.Line(c.Span.Start)
	if !alone(c) {
		return line
	}
	lines := src.Line(len(src.Text))
	for line++; line <= lines; line++ {
		switch text := strings.TrimSpace(src.LineText(line)); {
		case strings.HasPrefix(text, "//"):
		case text == "":
			return 0
		default:
			return line
		}
	}
	return 0
}

// alone reports whether nothing stands before c on its line.
func alone(c syntax.Comment) bool {
	return strings.HasPrefix(strings.TrimSpace(c.Span.Src.LineText(c.Span.Src.Line(c.Span.Start))), "//")
}

// removed takes a out of its comment, and the comment away where a is its only
// code.
func (a *allowance) removed() []diag.Edit {
	src, span := a.span.Src, a.comment.Span
	cut := func(start, end int) []diag.Edit {
		return []diag.Edit{diag.Span{Src: src, Start: start, End: end}.Replace("")}
	}
	if !a.only {
		before := strings.TrimRight(src.Text[span.Start:a.span.Start], " \t,")
		if strings.HasSuffix(before, ":allow") { // the first: the comma behind it goes, the space before it stays
			behind := src.Text[a.span.End:span.End]
			return cut(a.span.Start, span.End-len(strings.TrimLeft(behind, " \t,")))
		}
		return cut(span.Start+len(before), a.span.End)
	}
	start := len(strings.TrimRight(src.Text[:span.Start], " \t"))
	if !alone(a.comment) {
		return cut(start, span.End)
	}
	end := span.End
	if line := strings.IndexByte(src.Text[end:], '\n'); line >= 0 {
		end += line + 1
	}
	return cut(start, end)
}
