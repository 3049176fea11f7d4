package data

import (
	"slices"
	"strconv"
)

// Row is row r of a factor of tokens, a view.
func (v *Values) Row(r int) []int32 {
	if v.Starts != nil {
		return v.Fin[v.Starts[r]:v.Starts[r+1]]
	}
	return v.Fin[r*v.step():][:v.Width]
}

// Longest is the number of tokens of the longest row.
func (v *Values) Longest() int {
	if v.Starts == nil {
		return v.Width
	}
	most := 0
	for r := range len(v.Starts) - 1 {
		most = max(most, v.Starts[r+1]-v.Starts[r])
	}
	return most
}

// gather makes v the given rows of src, which are lists.
func (v *Values) gather(src *Values, rows []int) {
	v.Fin, v.Starts = v.Fin[:0], append(v.Starts[:0], 0)
	for _, r := range rows {
		v.Fin = append(v.Fin, src.Row(r)...)
		v.Starts = append(v.Starts, len(v.Fin))
	}
}

// CheckLists fails with a *Fault, or Faults, where a row of the first factor has
// fewer than least tokens. Arrow is what takes the rows.
func (t *Table) CheckLists(arrow string, least int) error {
	v := &t.Factors[0]
	var all Faults
	for r := range t.Rows {
		n := len(v.Row(r))
		if n >= least {
			continue
		}
		f := &Fault{File: t.File, Object: v.Object, Message: "a list of " + strconv.Itoa(n) + ", and " + arrow + " wants at least " + strconv.Itoa(least)}
		if r < len(t.lines) {
			f.Line = int(t.lines[r])
		}
		if all = append(all, f); len(all) == maxFaults {
			break
		}
	}
	return all.err()
}

// NewLists makes a table whose rows are the given lists, as those of a text
// whose rows are lines. Name stands for a file in messages.
func NewLists(spec *Spec, name string, lists ...[]int32) (*Table, error) {
	if err := spec.Validate(); err != nil {
		return nil, err
	}
	if spec.Rows != RowsLines {
		return nil, &Fault{File: name, Message: "rows of data " + spec.Name + " are no lines; NewText reads them"}
	}
	starts := make([]int, 1, len(lists)+1)
	for _, l := range lists {
		starts = append(starts, starts[len(starts)-1]+len(l))
	}
	tokens := slices.Concat(lists...)
	if err := spec.checkTokens(name, tokens); err != nil {
		return nil, err
	}
	return listTable(spec, name, tokens, starts)
}

// inLists makes the rows of a text in one piece: the whole of it, or its two
// parts.
func inLists(spec *Spec, name string, tokens []int32) (*Table, error) {
	n := len(tokens)
	if spec.Rows == RowsLines || spec.Split[1] == 0 {
		return listTable(spec, name, tokens, []int{0, n})
	}
	at := border(spec.Split, n, 1)
	if n > 0 && (at == 0 || at == n) {
		a, b := spec.Split[0], spec.Split[1]
		return nil, &Fault{File: name, Message: "the text is too short: of " + plural(n, "token") + ", split " +
			strconv.Itoa(a) + " / " + strconv.Itoa(b) + " leaves one part without any"}
	}
	return listTable(spec, name, tokens, []int{0, at, n})
}

// listTable is a table of lists, which begin in tokens where starts says.
func listTable(spec *Spec, name string, tokens []int32, starts []int) (*Table, error) {
	if len(tokens) == 0 {
		return nil, &Fault{File: name, Message: "the text is empty"}
	}
	t := emptyTable(spec, name)
	v := &t.Factors[0]
	v.Width, v.Fin, v.Starts = 0, tokens, starts
	t.Rows = len(starts) - 1
	unit := "byte"
	if spec.Alphabet != "" {
		unit = "character"
	}
	t.Header.Reason = plural(len(tokens), unit)
	if spec.Rows == RowsLines {
		t.Header.Reason += ", a row for each line"
	}
	return t, nil
}

// endRow ends the line at hand.
func (r *textReading) endRow() error {
	if len(r.starts) == maxRows {
		return &Fault{File: r.name, Message: "more than " + strconv.Itoa(maxRows) + " lines"}
	}
	r.starts = append(r.starts, r.start)
	r.start = len(r.tokens)
	return nil
}

// rows is the table of the lines that were read. The last one needs no end.
func (r *textReading) rows(spec *Spec) (*Table, error) {
	if len(r.tokens) > r.start {
		if err := r.endRow(); err != nil {
			return nil, err
		}
	}
	t, err := listTable(spec, r.name, r.tokens, append(r.starts, r.start))
	if err != nil {
		return nil, err
	}
	t.lines = make([]int32, t.Rows)
	for i := range t.lines {
		t.lines[i] = int32(i + 1)
	}
	return t, nil
}
