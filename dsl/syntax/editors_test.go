package syntax

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/participle/v2/lexer"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// tmRule is a rule of a TextMate grammar, as far as ours uses them.
type tmRule struct {
	Name          string            `json:"name"`
	ContentName   string            `json:"contentName"`
	Include       string            `json:"include"`
	Match         string            `json:"match"`
	Begin         string            `json:"begin"`
	End           string            `json:"end"`
	Captures      map[string]tmRule `json:"captures"`
	BeginCaptures map[string]tmRule `json:"beginCaptures"`
	EndCaptures   map[string]tmRule `json:"endCaptures"`
	Patterns      []tmRule          `json:"patterns"`
}

type tmGrammar struct {
	Name       string            `json:"name"`
	ScopeName  string            `json:"scopeName"`
	FileTypes  []string          `json:"fileTypes"`
	Patterns   []tmRule          `json:"patterns"`
	Repository map[string]tmRule `json:"repository"`
	compiled   map[string]*regexp.Regexp
}

func readGrammar(t *testing.T) *tmGrammar {
	text, err := os.ReadFile("../../editors/ctgen.tmLanguage.json")
	require.NoError(t, err)
	g := &tmGrammar{compiled: map[string]*regexp.Regexp{}}
	dec := json.NewDecoder(strings.NewReader(string(text)))
	dec.DisallowUnknownFields()
	require.NoError(t, dec.Decode(g))
	return g
}

func (g *tmGrammar) regexp(pattern string) *regexp.Regexp {
	if g.compiled[pattern] == nil {
		g.compiled[pattern] = regexp.MustCompile(pattern)
	}
	return g.compiled[pattern]
}

// flat are the rules that match something themselves.
func (g *tmGrammar) flat(rules []tmRule) []tmRule {
	var all []tmRule
	for _, r := range rules {
		switch {
		case r.Include != "":
			all = append(all, g.flat([]tmRule{g.Repository[strings.TrimPrefix(r.Include, "#")]})...)
		case r.Match == "" && r.Begin == "":
			all = append(all, g.flat(r.Patterns)...)
		default:
			all = append(all, r)
		}
	}
	return all
}

// find is where pattern matches in text[at:], which begins no word's middle.
func (g *tmGrammar) find(pattern, text string, at int) []int {
	if at > 0 && strings.HasPrefix(pattern, "^") {
		return nil
	}
	m := g.regexp(pattern).FindStringSubmatchIndex(text[at:])
	for i := range m {
		if m[i] >= 0 {
			m[i] += at
		}
	}
	return m
}

// line gives each byte of a line the innermost scope that rules put it in.
// Nothing that our rules begin goes on in the next line.
func (g *tmGrammar) line(text string, rules []tmRule) []string {
	scopes := make([]string, len(text))
	all := g.flat(rules)
	for at := 0; at < len(text); {
		var best tmRule
		var m []int
		for _, r := range all {
			pattern := r.Match
			if pattern == "" {
				pattern = r.Begin
			}
			if n := g.find(pattern, text, at); n != nil && n[1] > n[0] && (m == nil || n[0] < m[0]) {
				best, m = r, n
			}
		}
		if m == nil {
			break
		}
		at = m[1]
		if best.Match != "" {
			g.paint(scopes, text, m, best.Name, best.Captures)
			continue
		}
		g.paint(scopes, text, m, best.Name, best.BeginCaptures)
		end := g.find(best.End, text, at)
		inner := at
		for _, r := range g.flat(best.Patterns) { // escapes hide ends
			for n := g.find(r.Match, text, inner); n != nil && n[0] < end[0]; n = g.find(r.Match, text, inner) {
				inner = n[1]
				end = g.find(best.End, text, inner)
			}
		}
		content := best.ContentName
		if content == "" {
			content = best.Name
		}
		g.paint(scopes, text, []int{at, end[0]}, content, nil)
		g.paint(scopes, text, end, best.Name, best.EndCaptures)
		at = end[1]
	}
	return scopes
}

// paint puts the match m in the scope name, and its groups in theirs.
func (g *tmGrammar) paint(scopes []string, text string, m []int, name string, captures map[string]tmRule) {
	for i := m[0]; i < m[1] && name != ""; i++ {
		scopes[i] = name
	}
	for group, r := range captures {
		n := int(group[0] - '0')
		from, to := m[2*n], m[2*n+1]
		if from < 0 {
			continue
		}
		for i := from; i < to && r.Name != ""; i++ {
			scopes[i] = r.Name
		}
		if r.Patterns != nil {
			copy(scopes[from:to], g.line(text[from:to], r.Patterns))
		}
	}
}

// scopeOf says in which scopes a token of each kind may stand.
var scopeOf = map[lexer.TokenType][]string{
	kindKeyword:   {"keyword.declaration.", "keyword.other."},
	kindName:      {"variable.", "entity.", "support.", "constant.language.", "keyword.contextual."},
	kindNumber:    {"constant.numeric."},
	kindString:    {"string.quoted."},
	kindPunct:     {"keyword.operator.", "punctuation.", "support.function.std."}, // the dot of std.affine
	kindOpen:      {"punctuation."},
	kindBadNumber: {"invalid.illegal.number."},
	kindBadString: {"string.quoted."},
	kindOdd:       {"invalid.illegal.character."},
}

// hold requires that the grammar sees the tokens of text as the lexer does.
func (g *tmGrammar) hold(t *testing.T, name, text string) {
	t.Helper()
	var scopes []string
	for _, line := range strings.SplitAfter(text, "\n") {
		bare := strings.TrimRight(line, "\r\n")
		scopes = append(scopes, g.line(bare, g.Patterns)...)
		scopes = append(scopes, make([]string, len(line)-len(bare))...)
	}
	scan := newScanner(diag.NewSource(name, text))
	for {
		token, err := scan.Next()
		require.NoError(t, err)
		if token.EOF() {
			break
		}
		for i := range token.Value {
			scope := scopes[token.Pos.Offset+i]
			fits := false
			for _, prefix := range scopeOf[token.Type] {
				fits = fits || strings.HasPrefix(scope, prefix)
			}
			if !fits {
				t.Errorf("%s: %s %q is %q to the grammar", token.Pos, lexerKind(token.Type), token.Value, scope)
				break
			}
			scopes[token.Pos.Offset+i] = "" // what is left lies between tokens
		}
	}
	for _, c := range scan.comments {
		for i := c.Span.Start; i < c.Span.End; i++ {
			require.Equal(t, "comment.line.double-slash.ctgen", scopes[i], "%s", c.Span)
			scopes[i] = ""
		}
	}
}

func lexerKind(kind lexer.TokenType) string {
	for name, k := range kinds {
		if k == kind {
			return name
		}
	}
	return "?"
}

// TestGrammarSeesWhatTheLexerSees compares the two on every specification of
// the repository, std among them, and on what specifications should not hold.
func TestGrammarSeesWhatTheLexerSees(t *testing.T) {
	g := readGrammar(t)
	require.Equal(t, []string{"cat"}, g.FileTypes)
	files := 0
	for _, pattern := range []string{"../std/*.cat", "../../specs/*.cat", "../../bench/specs/*.cat", "testdata/*.cat", "testdata/specs/*.cat", "../../gen/golang/testdata/*.cat", "../../gen/golang/testdata/straight/*.cat"} {
		paths, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, p := range paths {
			text, err := os.ReadFile(p)
			require.NoError(t, err)
			g.hold(t, p, string(text))
			files++
		}
	}
	require.Greater(t, files, 25)
	for _, text := range []string{
		"object Straße = R[3]\narrow größe_2 = éin >> inx >> R2 >> Rä",
		"object A = 12ab + 1.5e3x - 1.5e-3 + 1..64 + 3.x + 1e + 12e-x + 1E5 + 1e35x",
		`import "a.cat" as b` + "\n" + `data d: A from csv "x \" y" { import: "z" }`,
		"data d: A from csv \"never closed // no comment\nobject B",
		"object C = R ; $ § € ! @ #",
		"arrow f: A->B=g>>h*(i,j)+k'  // c // d\n(x)",
		"object in = R\nobject dimension = category1 { grad: R, map: R }",
		"importance import2 import",
		"\r\nobject A\r\n// c\r\n",
	} {
		g.hold(t, "text", text)
	}
}

// TestEditorsKnowEveryKeyword requires that no keyword is forgotten, in the
// grammar or in Vim's.
func TestEditorsKnowEveryKeyword(t *testing.T) {
	grammar, err := os.ReadFile("../../editors/ctgen.tmLanguage.json")
	require.NoError(t, err)
	vim, err := os.ReadFile("../../editors/vim/syntax/ctgen.vim")
	require.NoError(t, err)
	words := append([]string{importWord, "with", "within", "exactly", "hand", "implements", "init", "nodecay", "running"}, sectionWords...)
	for w := range keywords {
		words = append(words, w)
	}
	for _, w := range words {
		whole := regexp.MustCompile(`\b` + w + `\b`)
		assert.True(t, whole.Match(grammar), "the grammar lacks %s", w)
		assert.True(t, whole.Match(vim), "Vim's syntax lacks %s", w)
	}
	for _, name := range []string{"package.json", "language-configuration.json"} {
		text, err := os.ReadFile("../../editors/" + name)
		require.NoError(t, err)
		require.True(t, json.Valid(text), name)
		for _, m := range regexp.MustCompile(`"\./([^"]+)"`).FindAllStringSubmatch(string(text), -1) {
			assert.FileExists(t, "../../editors/"+m[1])
		}
	}
}
