package syntax

import (
	"runtime"
	"strings"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// minChunk is how many bytes are worth a goroutine.
const minChunk = 16 << 10

// inChunks reads a large file in several parts at once. It returns false,
// and has done nothing, where the file is small or a part has a fault: what
// is said about a fault may depend on what stands around it.
func inChunks(src *diag.Source) ([]itemNode, []Comment, bool) {
	cuts := chunks(src.Text, min(runtime.GOMAXPROCS(0), len(src.Text)/minChunk))
	n := len(cuts) - 1
	if n < 2 {
		return nil, nil, false
	}
	trees := make([]*fileGrammar, n)
	scans := make([]*scanner, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			p := borrow(src, &diag.List{})
			defer p.giveBack()
			scans[i] = newScanner(src)
			scans[i].text = src.Text[:cuts[i+1]]
			if i > 0 {
				scans[i].at, scans[i].lineStart = cuts[i], cuts[i]
			}
			lex, err := lexer.Upgrade(scans[i])
			if err != nil {
				return
			}
			if tree, err := p.files.ParseFromLexer(lex, participle.AllowTrailing(true)); err == nil && p.faults == 0 {
				trees[i] = tree
			}
		})
	}
	all.Wait()
	var items []itemNode
	var comments []Comment
	for i, tree := range trees {
		if tree == nil {
			return nil, nil, false
		}
		items = append(items, tree.Items...)
		comments = append(comments, scans[i].comments...)
	}
	return items, comments, true
}

// chunks cuts text into at most n parts of about one size, in front of lines
// that begin with the keyword of a declaration. It returns the cuts with both
// ends.
func chunks(text string, n int) []int {
	cuts := []int{0}
	for i := 1; i < n; i++ {
		at := max(i*(len(text)/n), cuts[len(cuts)-1]+1)
		for at < len(text) {
			line := strings.IndexByte(text[at:], '\n')
			if line < 0 {
				at = len(text)
				break
			}
			at += line + 1
			if word, _, spaced := strings.Cut(text[at:min(at+16, len(text))], " "); spaced && declarations[word] {
				break
			}
		}
		if at >= len(text) {
			break
		}
		cuts = append(cuts, at)
	}
	return append(cuts, len(text))
}
