package syntax

import (
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Below minParallel bytes a second goroutine gains nothing. Chunks are small,
// so that a worker's tokens fit memory that it uses again and the work spreads
// evenly.
const (
	minParallel = 32 << 10
	chunkSize   = 2 << 10
)

// inChunks reads a large file in many parts, several at once. It returns
// false, and has done nothing, where the file is small or a part has a fault:
// what is said about a fault may depend on what stands around it.
func inChunks(src *diag.Source) ([]item, []Comment, bool) {
	workers := runtime.GOMAXPROCS(0)
	if workers < 2 || len(src.Text) < minParallel {
		return nil, nil, false
	}
	cuts := chunks(src.Text, len(src.Text)/chunkSize)
	parts := make([]chunk, len(cuts)-1)
	if len(parts) < 2 {
		return nil, nil, false
	}
	var next atomic.Int64
	var faulty atomic.Bool
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			p := borrow(src, &diag.List{})
			defer p.giveBack()
			for !faulty.Load() {
				i := int(next.Add(1)) - 1
				if i >= len(parts) {
					return
				}
				parts[i] = p.chunk(cuts[i], cuts[i+1])
				if p.faults > 0 {
					faulty.Store(true)
				}
			}
		})
	}
	all.Wait()
	if faulty.Load() {
		return nil, nil, false
	}
	var n, m int
	for _, part := range parts {
		n, m = n+len(part.items), m+len(part.comments)
	}
	items, comments := make([]item, 0, n), make([]Comment, 0, m)
	for _, part := range parts {
		items = append(items, part.items...)
		comments = append(comments, part.comments...)
	}
	return items, comments, true
}

// chunk is what one part of a file holds.
type chunk struct {
	items    []item
	comments []Comment
}

// chunk reads the part of the source from one offset to another.
func (p *parser) chunk(from, to int) chunk {
	scan := newScanner(p.src)
	scan.text = p.src.Text[:to]
	if from > 0 {
		scan.at, scan.lineStart = from, from
	}
	p.lex.fill(scan)
	return chunk{p.items(), scan.comments}
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
