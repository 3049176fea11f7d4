package golang

import (
	"go/token"
	"go/types"
	"strconv"
)

// imported lists the package names that generated files refer to; no
// identifier of the generated package may hide one.
var imported = []string{
	"checkpoint", "context", "data", "embed", "io", "kernel", "lawtest", "math",
	"rng", "runtime", "testing", "train",
}

// names is the one table behind every emitted identifier. It knows Go's
// keywords and predeclared names, the imports, and what has been given out.
type names struct {
	taken map[string]bool
}

func newNames() *names {
	n := &names{taken: map[string]bool{"init": true, "main": true, "_": true}}
	for _, s := range imported {
		n.taken[s] = true
	}
	for _, s := range types.Universe.Names() {
		n.taken[s] = true
	}
	return n
}

// free reports whether id can still be declared in the package block.
func (n *names) free(id string) bool {
	return !n.taken[id] && !token.IsKeyword(id)
}

// claim declares id in the package block, or the first of id + suffix,
// id + suffix + "2", … that is free.
func (n *names) claim(id, suffix string) string {
	if !n.free(id) {
		id = n.next(id + suffix)
	}
	n.taken[id] = true
	return id
}

func (n *names) next(id string) string {
	if n.free(id) {
		return id
	}
	for i := 2; ; i++ {
		if s := id + strconv.Itoa(i); n.free(s) {
			return s
		}
	}
}

// scope returns a table for the locals of one function: package-level names
// stay visible in it, so no local hides one.
func (n *names) scope(used ...string) *names {
	s := &names{taken: make(map[string]bool, len(n.taken)+8)}
	for id := range n.taken {
		s.taken[id] = true
	}
	for _, id := range used {
		s.taken[id] = true
	}
	return s
}

// local declares a variable called after the spec's name.
func (n *names) local(name string) string {
	id := unexported(name)
	if token.IsKeyword(id) || types.Universe.Lookup(id) != nil {
		id += "Value"
	}
	return n.claim(id, "")
}

// locals declares one variable for each name; a name that occurs more than
// once is numbered from 1 in all its places.
func (n *names) locals(list []string) []string {
	count := map[string]int{}
	for _, s := range list {
		count[unexported(s)]++
	}
	seen := map[string]int{}
	out := make([]string, len(list))
	for i, s := range list {
		id := unexported(s)
		if count[id] > 1 {
			seen[id]++
			s = id + strconv.Itoa(seen[id])
		}
		out[i] = n.local(s)
	}
	return out
}
