package train

import (
	"fmt"
	"strings"
)

// Mapping says how the slots of one specification become those of another. Its
// text has a line for each name that changes, `#` begins a comment:
//
//	layer1 -> hidden       what is under layer1 goes to the same names under hidden
//	drop layer3            is not taken over
//	init output.bias       starts as a new training would have it
//
// Names that no line speaks of stay. The longest name that fits decides.
type Mapping struct {
	file string
	from map[string]string // old path by new path
	to   map[string]string // new path by old path
	drop map[string]bool
	init map[string]bool
}

// ParseMapping reads the text of a mapping; errors name file and line.
func ParseMapping(file, text string) (*Mapping, error) {
	m := &Mapping{file, map[string]string{}, map[string]string{}, map[string]bool{}, map[string]bool{}}
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		var err error
		switch {
		case len(words) == 0:
		case len(words) == 3 && words[1] == "->":
			err = m.rename(words[0], words[2])
		case len(words) == 2 && words[0] == "drop":
			if m.drop[words[1]] || m.to[words[1]] != "" {
				err = fmt.Errorf("a line before speaks of %s already", words[1])
			}
			m.drop[words[1]] = true
		case len(words) == 2 && words[0] == "init":
			if m.init[words[1]] || m.from[words[1]] != "" {
				err = fmt.Errorf("a line before speaks of %s already", words[1])
			}
			m.init[words[1]] = true
		default:
			err = fmt.Errorf("want `OLD -> NEW`, `drop OLD` or `init NEW`, not %q", strings.TrimSpace(line))
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, i+1, err)
		}
	}
	return m, nil
}

func (m *Mapping) rename(from, to string) error {
	switch {
	case m.to[from] != "" || m.drop[from]:
		return fmt.Errorf("a line before says where %s goes", from)
	case m.from[to] != "" || m.init[to]:
		return fmt.Errorf("a line before says where %s comes from", to)
	}
	m.to[from], m.from[to] = to, from
	return nil
}

// source is the old name of what stands under a new one; ok is false where the
// mapping lets it start anew.
func (m *Mapping) source(name string) (old string, ok bool) {
	for p := name; ; {
		if m.init[p] {
			return "", false
		}
		if from := m.from[p]; from != "" {
			return from + name[len(p):], true
		}
		if p, ok = above(p); !ok {
			return name, true
		}
	}
}

// dropped reports whether the mapping gives the old name up.
func (m *Mapping) dropped(name string) bool {
	at, ok := m.decided(name)
	return ok && m.drop[at]
}

// moved reports whether the mapping sends the old name elsewhere.
func (m *Mapping) moved(name string) bool {
	at, ok := m.decided(name)
	return ok && !m.drop[at]
}

// decided is the longest old path that name is or lies in and that a line of
// the mapping speaks of. No line drops a path that another moves.
func (m *Mapping) decided(name string) (path string, ok bool) {
	for p, more := name, true; more; p, more = above(p) {
		if m.drop[p] || m.to[p] != "" {
			return p, true
		}
	}
	return "", false
}

// above is the path that path lies in.
func above(path string) (string, bool) {
	i := strings.LastIndexByte(path, '.')
	return path[:max(i, 0)], i > 0
}
