package golang

import (
	"go/token"
	"go/types"
	"strconv"
)

// imported lists the package names that generated files refer to; no
// identifier of the generated package may hide one.
var imported = []string{
	"checkpoint", "context", "data", "embed", "io", "json", "kernel", "lawtest", "math",
	"rng", "runtime", "scalar", "testing", "train",
}

// names is the one table behind every emitted identifier. It knows Go's
// keywords and predeclared names, the imports, and what has been given out.
type names struct {
	taken map[string]bool
	fixed map[string]bool // refused in the package block; nil in a function
	later map[string]bool // what the package block will hold; locals avoid it
	block *names          // of the package, in a function
	lent  map[string]bool // by functions, as free in the package block
}

// fixedLocals are the variables that generated functions always call so; a
// function of the package block under such a name could not be called there.
var fixedLocals = []string{
	"at", "b", "batch", "capacity", "ctx", "din", "dout", "file", "grad", "i", "in", "k", "loss", "m", "n",
	"options", "out", "path", "prediction", "r", "raw", "result", "s", "seed", "state", "t", "target",
	"tensors", "text", "total", "trainer", "v", "work",
}

// newNames returns the table of a package whose block will hold later, as far
// as that is known.
func newNames(later map[string]bool) *names {
	n := &names{
		taken: map[string]bool{"init": true, "main": true, "_": true},
		fixed: map[string]bool{},
		later: later,
		lent:  map[string]bool{},
	}
	for _, s := range fixedLocals {
		n.fixed[s] = true
	}
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
	if n.taken[id] || n.fixed[id] || token.IsKeyword(id) {
		return false
	}
	if b := n.block; b != nil {
		if b.taken[id] || b.later[id] {
			return false
		}
		b.lent[id] = true
	}
	return true
}

// hidden reports whether the package block has come to hold a name that a
// function took for one of its own before.
func (n *names) hidden() bool {
	for id := range n.lent {
		if n.taken[id] {
			return true
		}
	}
	return false
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

// hold keeps ids from being claimed until they are released.
func (n *names) hold(ids []string) {
	for _, id := range ids {
		n.taken[id] = true
	}
}

func (n *names) release(ids []string) {
	for _, id := range ids {
		delete(n.taken, id)
	}
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
	s := &names{taken: map[string]bool{}, block: n}
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
